package dev.plumbline.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.Finding;
import dev.plumbline.v1.ListFindingsResponse;
import dev.plumbline.v1.Witness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent wrote, or whoever it met, and what a person's terminal is shown of it. */
final class PrintableAnswersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reset by peer         | reset by peer
            Zürich, 東京          | Zürich, 東京
            a\\u001b[2Jb          | a?[2Jb
            a\\u009b31mb          | a?31mb
            a\\u0007\\u0000\\u007fb | a???b
            a\\r\\nMET            | a??MET
            a\\u0085\\u2028MET    | a??MET
            a\\u202eb             | a?b
            a\\tb                 | a\\tb
            """)
    void aTextIsShownAndNotObeyed(String said, String shown) {
        ListFindingsResponse answer = ListFindingsResponse.newBuilder()
                .addFindings(Finding.newBuilder()
                        .setFlapping(true)
                        .addWitnesses(Witness.newBuilder().setSaw(unescaped(said))))
                .build();
        ListFindingsResponse printable = (ListFindingsResponse) PrintableAnswers.printable(answer);
        assertThat(printable.getFindings(0).getWitnesses(0).getSaw()).isEqualTo(unescaped(shown));
        assertThat(printable.getFindings(0).getFlapping()).isTrue();
    }

    private static String unescaped(String text) {
        return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(m.group(1), 16))))
                .translateEscapes();
    }
}
