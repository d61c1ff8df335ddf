package dev.plumbline.words;

import java.util.HexFormat;
import java.util.Optional;

/**
 * What only a handshake in QUIC tells (RFC 9000, RFC 9001).
 *
 * @param version that was offered, 1 for RFC 9000, as the 32 bits of the long header; the same that was agreed on where the
 *     handshake has no failure
 * @param close the CONNECTION_CLOSE with which the peer refused; empty when none came
 */
public record QuicHandshake(int version, Optional<Close> close) {
    public static final int VERSION_1 = 1;

    /**
     * A CONNECTION_CLOSE frame (RFC 9000 §19.19).
     *
     * @param code of the transport (§20.1), where 0x0100 and above is a TLS alert, or of the application
     * @param byApplication whose code it is
     * @param reason what the peer said, for people; may be empty
     */
    public record Close(long code, boolean byApplication, String reason) {
        /** Longest reason that is kept. */
        public static final int MAX_REASON = 200;

        private static final int FIRST_TLS_ALERT = 0x100;
        private static final int LAST_TLS_ALERT = 0x1ff;

        public Close {
            if (code < 0) {
                throw new IllegalArgumentException(
                        "a code of CONNECTION_CLOSE has at most 62 bits, not " + Long.toUnsignedString(code));
            }
            if (reason.length() > MAX_REASON) {
                reason = reason.substring(0, MAX_REASON);
            }
        }

        /** The number of the TLS alert that it stands for (RFC 9001 §4.8). */
        public Optional<Integer> alert() {
            boolean alert = !byApplication && code >= FIRST_TLS_ALERT && code <= LAST_TLS_ALERT;
            return alert ? Optional.of((int) code - FIRST_TLS_ALERT) : Optional.empty();
        }

        /** Such as {@code CONNECTION_CLOSE 0x178}. */
        public String text() {
            return "CONNECTION_CLOSE 0x" + Long.toHexString(code) + (byApplication ? " of the application" : "")
                    + (reason.isEmpty() ? "" : " '" + reason + "'");
        }
    }

    /** Such as {@code 00000001}. */
    public String versionText() {
        return HexFormat.of().toHexDigits(version);
    }
}
