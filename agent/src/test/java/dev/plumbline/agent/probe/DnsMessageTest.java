package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DNS messages that may come back to the question of id 1234 for the addresses of a.b. */
final class DnsMessageTest {
    private static final DnsQuestion QUESTION = new DnsQuestion(0x1234, "a.b");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an address            | 1234 8180 0001 0001 0000 0000 | 01610162 00 0001 0001 | c00c 0001 0001 0000003c 0004 11010203 | 1 answers, rcode 0
            alias and address     | 1234 8180 0001 0002 0000 0000 | 01610162 00 0001 0001 | c00c 0005 0001 0000003c 0002 c00e c00e 0001 0001 0000003c 0004 11010203 | 1 answers, rcode 0
            capitals              | 1234 8180 0001 0000 0000 0000 | 01410142 00 0001 0001 | '' | 0 answers, rcode 0
            no such name          | 1234 8183 0001 0000 0000 0000 | 01610162 00 0001 0001 | '' | 0 answers, rcode 3
            refused               | 1234 8185 0001 0000 0000 0000 | 01610162 00 0001 0001 | '' | 0 answers, rcode 5
            truncated says so     | 1234 8380 0001 0000 0000 0000 | 01610162 00 0001 0001 | '' | 0 answers, rcode 0
            another id            | 1235 8180 0001 0000 0000 0000 | 01610162 00 0001 0001 | '' | another id
            another name          | 1234 8180 0001 0000 0000 0000 | 01610163 00 0001 0001 | '' | another question
            another type          | 1234 8180 0001 0000 0000 0000 | 01610162 00 001c 0001 | '' | another question
            the question back     | 1234 0100 0001 0000 0000 0000 | 01610162 00 0001 0001 | '' | in place of an answer
            no question           | 1234 8180 0000 0000 0000 0000 | '' | '' | 0 questions
            two questions         | 1234 8180 0002 0000 0000 0000 | 01610162 00 0001 0001 | 01610162 00 0001 0001 | 2 questions
            cut in the header     | 1234 8180 | '' | '' | 4 bytes
            cut in the question   | 1234 8180 0001 0000 0000 0000 | 0161 | '' | ends before
            cut in a record       | 1234 8180 0001 0001 0000 0000 | 01610162 00 0001 0001 | c00c 0001 0001 0000003c 0004 1101 | ends before
            a record too few      | 1234 8180 0001 ffff 0000 0000 | 01610162 00 0001 0001 | c00c 0001 0001 0000003c 0004 11010203 | ends before
            points at itself      | 1234 8180 0001 0001 0000 0000 | 01610162 00 0001 0001 | c015 0001 0001 0000003c 0004 11010203 | points at itself
            points ahead          | 1234 8180 0001 0001 0000 0000 | 01610162 00 0001 0001 | c020 0001 0001 0000003c 0004 11010203 | points at itself or ahead
            question in a loop    | 1234 8180 0001 0000 0000 0000 | c00c 0001 0001 | '' | points at itself
            a label of no kind    | 1234 8180 0001 0000 0000 0000 | 81610162 00 0001 0001 | '' | no kind
            """)
    void onlyAnAnswerToTheQuestionIsOne(String what, String head, String question, String records, String expected) {
        byte[] message = HexFormat.of().parseHex((head + question + records).replace(" ", ""));
        DnsMessage read = DnsMessage.read(message, false);
        assertThat(read.objectionTo(QUESTION).orElse(read.answers() + " answers, rcode " + read.rcode()))
                .contains(expected);
    }

    @Test
    void whatWasKeptOfALongAnswerIsReadAsFarAsItGoes() {
        byte[] start = HexFormat.of()
                .parseHex("1234818000010002000000000161016200000100" + "01c00c000100010000003c000411010203c00c00");
        assertThat(DnsMessage.read(start, true).objectionTo(QUESTION)).isEmpty();
        assertThat(DnsMessage.read(start, true).answers()).isEqualTo(1);
        assertThat(DnsMessage.read(start, false).objectionTo(QUESTION)).isPresent();
    }

    @Test
    void aNameOfLabelsWithoutEndIsGivenUp() {
        byte[] message = new byte[12 + 64 * 20];
        System.arraycopy(HexFormat.of().parseHex("123481800001000000000000"), 0, message, 0, 12);
        for (int at = 12; at < message.length; at += 64) {
            message[at] = 63;
        }
        assertThat(DnsMessage.read(message, false).defect()).contains("too long");
    }

    @Test
    void anyBytesAreReadWithoutAnError() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = new byte[random.nextInt(80)];
            random.nextBytes(message);
            if (message.length > 5) {
                message[4] = 0;
                message[5] = 1;
            }
            assertThat(DnsMessage.read(message, random.nextBoolean()).objectionTo(QUESTION))
                    .isPresent();
        }
    }

    @Test
    void theQuestionTravelsAsTheRfcSays() {
        // The example of RFC 8484 §4.1.1, but for the id.
        assertThat(new DnsQuestion(0, "www.example.com").base64())
                .isEqualTo("AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB");
    }
}
