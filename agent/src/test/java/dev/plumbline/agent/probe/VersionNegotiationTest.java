package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datagrams that may come back to a question under the ids d1d2 and 5a, asked for version 1a2a3a4a. */
final class VersionNegotiationTest {
    private static final QuicQuestion QUESTION = new QuicQuestion(0x1a2a3a4a, id("d1d2"), id("5a"), 0);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ids swapped, one version     | 80 00000000 01 5a 02 d1d2 00000001                     | 00000001
            two versions, bits of any    | ff 00000000 01 5a 02 d1d2 00000001 6b3343cf            | 00000001 6b3343cf
            a reserved version among     | 80 00000000 01 5a 02 d1d2 00000001 0a0a0a0a            | 00000001 0a0a0a0a
            ids not swapped              | 80 00000000 02 d1d2 01 5a 00000001                     | other connection ids
            one id wrong                 | 80 00000000 01 5b 02 d1d2 00000001                     | other connection ids
            no ids                       | 80 00000000 00 00 00000001                             | other connection ids
            id longer than the datagram  | 80 00000000 ff 5a 02 d1d2 00000001                     | other connection ids
            second id longer             | 80 00000000 01 5a ff d1d2                              | other connection ids
            no version                   | 80 00000000 01 5a 02 d1d2                              | 0 bytes of versions
            half a version               | 80 00000000 01 5a 02 d1d2 0000                         | 2 bytes of versions
            the version asked for        | 80 00000000 01 5a 02 d1d2 00000001 1a2a3a4a            | very version
            a handshake packet           | c0 00000001 01 5a 02 d1d2 00000001                     | version 00000001
            a stateless reset            | 40 00000000 01 5a 02 d1d2 00000001                     | no QUIC long header
            nothing                      | ''                                                     | 0 bytes
            text                         | 485454502f312e31                                       | no QUIC long header
            short                        | 800000000001                                           | 6 bytes
            """)
    void readsOnlyWhatAnswersUs(String what, String hex, String expected) {
        VersionNegotiation.Reading reading =
                VersionNegotiation.read(HexFormat.of().parseHex(hex.replace(" ", "")), QUESTION);
        boolean good = expected.matches("[0-9a-f]{8}( [0-9a-f]{8})*");
        assertThat(reading.answersUs()).isEqualTo(good);
        assertThat(good ? reading.versionText() : reading.objection()).contains(expected);
    }

    @Test
    void anyBytesAreReadWithoutAnError() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            byte[] datagram = new byte[random.nextInt(60)];
            random.nextBytes(datagram);
            if (datagram.length > 4 && random.nextBoolean()) {
                Arrays.fill(datagram, 1, 5, (byte) 0);
            }
            assertThat(VersionNegotiation.read(datagram, QUESTION).answersUs()).isFalse();
        }
    }

    @Test
    void aListOfVersionsIsKeptInPart() {
        ByteBuffer packet = ByteBuffer.allocate(1500 - 1500 % 4 + 2);
        packet.put(HexFormat.of().parseHex("8000000000015a02d1d2"));
        VersionNegotiation.Reading reading = VersionNegotiation.read(packet.array(), QUESTION);
        assertThat(reading.versions()).hasSize(32);
    }

    @Test
    void theQuestionIsALongHeaderOfAReservedVersionInAFullDatagram() {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            ByteBuffer packet = ByteBuffer.wrap(QuicQuestion.random(random).packet());
            assertThat(packet.remaining()).isEqualTo(1200);
            assertThat(packet.get() & 0xc0).isEqualTo(0xc0);
            assertThat(packet.getInt() & 0x0f0f0f0f).isEqualTo(0x0a0a0a0a);
            assertThat(packet.get()).isEqualTo((byte) 8);
            packet.getLong();
            assertThat(packet.get()).isEqualTo((byte) 8);
        }
    }

    private static Bytes id(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex));
    }
}
