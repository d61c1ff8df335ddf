package dev.plumbline.deploy.campus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The answer of a stratum 1 time server to an SNTP client (RFC 5905 7.3). */
final class NtpAnswer {
    private static final int LENGTH = 48;
    private static final int CLIENT = 3;
    private static final int VERSION_4_SERVER = 0x24;
    private static final int TRANSMIT = 40;
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private NtpAnswer() {}

    static Optional<byte[]> of(byte[] question, Instant now) {
        if (question.length < LENGTH || (question[0] & 7) != CLIENT) {
            return Optional.empty();
        }
        ByteBuffer out = ByteBuffer.allocate(LENGTH);
        out.put((byte) VERSION_4_SERVER).put((byte) 1).put((byte) 6).put((byte) -20);
        out.putInt(0).putInt(0).put("GPSs".getBytes(StandardCharsets.US_ASCII));
        stamp(out, now);
        out.put(Arrays.copyOfRange(question, TRANSMIT, LENGTH));
        stamp(out, now);
        stamp(out, now);
        return Optional.of(out.array());
    }

    private static void stamp(ByteBuffer out, Instant time) {
        out.putInt((int) (time.getEpochSecond() + SECONDS_1900_TO_1970));
        out.putInt((int) (((long) time.getNano() << 32) / 1_000_000_000L));
    }
}
