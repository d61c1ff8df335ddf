package dev.plumbline.agent.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The header of a time server's answer (RFC 5905 §7.3), as far as it is told. Pure.
 *
 * @param originate the transmit timestamp of the question that is answered
 * @param reference four letters where they are meant (stratum 0 and 1), hexadecimal otherwise
 */
record NtpPacket(int mode, int leap, int stratum, long rootDispersionMillis, String reference, long originate) {
    static final int BYTES = 48;

    private static final int DISPERSION = 8;
    private static final int REFERENCE = 12;
    private static final int ORIGINATE = 24;

    /** Empty for what is too short; what follows the header is not looked at. */
    static Optional<NtpPacket> read(byte[] packet) {
        if (packet.length < BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(packet);
        int stratum = packet[1] & 0xff;
        // Seconds in 16.16 fixed point.
        long dispersion = in.getInt(DISPERSION) & 0xffff_ffffL;
        return Optional.of(new NtpPacket(
                packet[0] & 7,
                (packet[0] >> 6) & 3,
                stratum,
                (dispersion * 1000) >> 16,
                reference(Arrays.copyOfRange(packet, REFERENCE, REFERENCE + Integer.BYTES), stratum),
                in.getLong(ORIGINATE)));
    }

    /** A kiss-o'-death packet: the server is reached and asks to be left alone (RFC 5905 §7.4). */
    boolean isKiss() {
        return stratum == 0;
    }

    private static String reference(byte[] bytes, int stratum) {
        String letters = new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "");
        return stratum <= 1 && letters.matches("[!-~]{1,4}")
                ? letters
                : HexFormat.of().formatHex(bytes);
    }
}
