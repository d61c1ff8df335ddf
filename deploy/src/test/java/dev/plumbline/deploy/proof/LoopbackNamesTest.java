package dev.plumbline.deploy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoopbackNamesTest {
    /** Id 1234, one question: a.b, then type and class. */
    @ParameterizedTest
    @CsvSource({
        "A,    0001, 123481800001000100000000016101620000010001c00c000100010000003c00047f000001",
        "AAAA, 001c, 1234818000010000000000000161016200001c0001",
        "TXT,  0010, 123481800001000000000000016101620000100001"
    })
    void everyNameIsThisHostAndHasNothingElse(String type, String number, String answer) {
        byte[] question = HexFormat.of().parseHex("123401000001000000000000" + "0161016200" + number + "0001");
        assertThat(HexFormat.of().formatHex(LoopbackNames.answer(question)))
                .as(type)
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"''", "1234", "123401000001000000000000", "1234010000010000000000003f61", "12340100000100000000000000"})
    void whatIsNoQuestionIsNotAnswered(String bytes) {
        assertThat(LoopbackNames.answer(HexFormat.of().parseHex(bytes))).isEmpty();
    }
}
