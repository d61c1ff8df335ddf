package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.enrol.AuditEntry.What;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepeatsTest {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    private final Repeats repeats = new Repeats(2);

    @Test
    void theFirstIsToldAtOnceAndTheRestAsANumberWhenTheHourIsOver() {
        assertThat(said(note(1, "1", "t"))).containsExactly("1 t wrong");
        assertThat(said(note(2, "1", "t"))).isEmpty();
        assertThat(said(note(3, "1", "t"))).isEmpty();
        assertThat(said(note(4, "1", "u"))).as("another token").containsExactly("1 u wrong");
        assertThat(said(repeats.over(TEN.plusSeconds(3599)))).isEmpty();
        assertThat(said(note(3600, "1", "t")))
                .containsExactly("1 t the same 2 more times in the hour from 2026-11-23T10:00:00Z", "1 t wrong");
        assertThat(said(repeats.over(TEN.plus(Duration.ofHours(5)))))
                .as("nothing came again")
                .isEmpty();
    }

    @Test
    void anHourAddsABoundedNumberOfLinesWhoeverTries() {
        int lines = 0;
        for (int i = 0; i < 100_000; i++) {
            lines += note(i % 3600, "address " + i, "").size();
        }
        assertThat(lines).isEqualTo(2);
        assertThat(said(repeats.rest()))
                .containsExactly("others  the same 99998 more times in the hour from 2026-11-23T10:00:00Z");
        assertThat(repeats.rest()).isEmpty();
    }

    @Test
    void aClockThatJumpsBackLosesNothing() {
        note(3600, "1", "t");
        note(3601, "1", "t");
        assertThat(said(note(5, "1", "t")))
                .containsExactly("1 t the same 1 more time in the hour from 2026-11-23T11:00:00Z", "1 t wrong");
    }

    @Test
    void eachLineSaysWhenItHappenedHoweverLateItIsWritten() {
        List<Repeats.Line> unwritten = note(1, "1", "t");
        repeats.keep(unwritten);
        assertThat(note(70, "1", "u"))
                .extracting(Repeats.Line::at)
                .containsExactly(TEN.plusSeconds(1), TEN.plusSeconds(70));
        note(80, "1", "u");
        assertThat(repeats.over(TEN.plusSeconds(7200)))
                .extracting(Repeats.Line::at)
                .containsExactly(TEN.plusSeconds(80));
    }

    private List<Repeats.Line> note(int second, String who, String about) {
        Instant at = TEN.plusSeconds(second);
        return repeats.note(at, who, new Repeats.Line(at, who, What.JOIN_REFUSED, about, "wrong"));
    }

    private static List<String> said(List<Repeats.Line> lines) {
        return lines.stream()
                .map(l -> l.who() + " " + l.about() + " " + l.detail())
                .toList();
    }
}
