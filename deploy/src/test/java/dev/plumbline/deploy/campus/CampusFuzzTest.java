package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the simulated hosts and boxes read from whoever speaks to them. */
final class CampusFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int LONGEST_UDP = 65_535;

    @Test
    void hellos() {
        ByteBuffer hello = ByteBuffer.allocate(2 + 32 + 1 + 2 + 2 + 2 + 2 + 14 + 12);
        hello.putShort((short) 0x0303).position(2 + 32);
        hello.put((byte) 0)
                .putShort((short) 2)
                .putShort((short) 0x1301)
                .put((byte) 1)
                .put((byte) 0);
        hello.putShort((short) 26);
        hello.putShort((short) 0)
                .putShort((short) 10)
                .putShort((short) 8)
                .put((byte) 0)
                .putShort((short) 5);
        hello.put("a.com".getBytes(StandardCharsets.US_ASCII));
        hello.putShort((short) 16)
                .putShort((short) 8)
                .putShort((short) 6)
                .put((byte) 2)
                .put((byte) 'h')
                .put((byte) '2');
        hello.put((byte) 2).put((byte) 'h').put((byte) '3');
        assertThat(ClientHello.parse(Unpooled.wrappedBuffer(hello.array())))
                .isEqualTo(new ClientHello("a.com", List.of("h2", "h3")));
        Fuzz.refusing(
                "hellos of clients",
                List.of(hello.array()),
                bytes -> ClientHello.parse(Unpooled.wrappedBuffer(bytes)),
                IndexOutOfBoundsException.class);
    }

    @Test
    void questions() {
        byte[] question = HexFormat.of().parseHex("12340100000100000000000001610562636465660378797a0000010001");
        Fuzz.total(
                "questions to the simulated resolver",
                List.of(question),
                bytes -> DnsQuestion.parse(bytes).ifPresent(read -> {
                    byte[] answer = new DnsReply(read)
                            .alias(read.name(), "b.test")
                            .address("b.test", InetAddress.getLoopbackAddress())
                            .negative()
                            .bytes(DnsReply.Code.NOERROR);
                    assertThat(answer.length).isLessThan(bytes.length + LONGEST_UDP);
                }));
    }

    @Test
    void datagrams() {
        byte[] time = new byte[48];
        time[0] = 0x23;
        byte[] quic = new byte[1200];
        System.arraycopy(HexFormat.of().parseHex("c01a2a3a4a08080706050403020108010203040506070800"), 0, quic, 0, 24);
        Fuzz.total("datagrams to the simulated servers", List.of(time, quic), bytes -> {
            NtpAnswer.of(bytes, NOW).ifPresent(answer -> assertThat(answer).hasSize(48));
            // Never more than what came: nothing is to be gained by a forged sender.
            QuicAnswer.of(bytes).ifPresent(answer -> assertThat(answer.length).isLessThan(bytes.length));
        });
    }
}
