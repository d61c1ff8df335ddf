package dev.plumbline.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.HopAnswer;
import dev.plumbline.agent.net.PortPath;
import dev.plumbline.words.WhoAnswered;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathMeaningTest {
    /** Hops: a accepted, r reset, i ICMP, . silence; then the arriving TTL; the port asked for, then 443. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iiia 61 | iiia 61 | port 443 at hop 4: one machine answers both
            iia 62  | iiia 61 | Port 5223 is answered at hop 3, port 443 at hop 4: a box 3 hops from here answers port 5223
            a 64    | iiia 61 | a box one hop from here answers port 5223 for courier.example
            iiia 61 | a 64    | a box one hop from here answers port 443 for courier.example
            iiia 61 | iiia 60 | arrive with TTL 61 and 60: they come from different machines
            a 64    | a 64    | courier.example is the next machine, or a box there answers for everybody
            ir 64   | iiia 61 | Port 5223 is reset (TTL 64), port 443 is answered at hop 4 (TTL 61): a filter one hop from here
            iir -1  | iiia -1 | a filter 2 hops from here resets it, not courier.example
            iiir 61 | iiia 61 | from as far as port 443 is answered: by courier.example itself
            ir 64   | .. -1   | nobody answers on port 443, so nothing tells whether courier.example did it
            i... -1 | iiia 61 | routers speak up to hop 1, so it is lost there or behind; port 443 is answered at hop 4: it is dropped
            .... -1 | .... -1 | no router speaks; nobody answers on port 443, either
            iiii -1 | iiia 61 | (ICMP), and port 443 is answered at hop 4: it is forbidden on the way
            iiia 61 | i... -1 | Port 5223 is answered at hop 4; nobody answers on port 443, so there is nothing to compare
            iii? -1 | iiia 61 | This host could not ask
            """)
    void whatTheAnswersMeanTogether(String asked, String other, String sentence) {
        assertThat(PathMeaning.of("courier.example", List.of(path(5223, asked), path(443, other))))
                .contains(sentence);
    }

    @Test
    void theTableHasALineForEachTtlAndFitsAHundredColumns() {
        StringWriter text = new StringWriter();
        PathTable.write(
                "1-courier.push.apple.com",
                "2620:149:a44:1234:5678:9abc:def0:1234",
                List.of(path(5223, "iia 62"), path(443, "iiiiiiiiiia 54"), path(80, "iiii...... -1")),
                new PrintWriter(text, true));
        List<String> lines = text.toString().lines().toList();
        assertThat(lines).allMatch(line -> line.length() <= 100);
        assertThat(lines).filteredOn(line -> line.matches("\\d+ .*")).hasSize(11);
        assertThat(lines).anyMatch(line -> line.matches("3 +accepted +router +router"));
        assertThat(lines).anyMatch(line -> line.matches("11 +accepted"));
        assertThat(lines).anyMatch(line -> line.matches("answered at hop +3 +11 +-"));
        assertThat(lines).anyMatch(line -> line.matches("arriving TTL +62 +54 +-"));
    }

    private static PortPath path(int port, String drawn) {
        String[] parts = drawn.strip().split(" ", -1);
        List<HopAnswer> hops = parts[0].chars().mapToObj(PathMeaningTest::hop).toList();
        int ttl = Integer.parseInt(parts[1]);
        assertThat(ttl).isNotZero().isGreaterThanOrEqualTo(WhoAnswered.NOT_MEASURED);
        return new PortPath(port, hops.get(hops.size() - 1), Duration.ofMillis(12), hops, ttl);
    }

    private static HopAnswer hop(int letter) {
        return switch (letter) {
            case 'a' -> HopAnswer.ACCEPTED;
            case 'r' -> HopAnswer.RESET;
            case 'i' -> HopAnswer.ROUTER;
            case '.' -> HopAnswer.SILENCE;
            default -> HopAnswer.NOT_ASKED;
        };
    }
}
