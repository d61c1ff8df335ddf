package dev.plumbline.collector.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.finding.Change.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds are numbers here: what was told of the first is of round 1. */
final class HistoryTest {
    private static Change line(Kind kind, long round) {
        return new Change(kind, round, Instant.EPOCH, kind + " " + round);
    }

    private static History of(String kinds) {
        History history = History.NONE;
        long round = 0;
        for (String kind : kinds.split(" ", -1)) {
            history = history.plus(line(Kind.valueOf(kind), ++round));
        }
        return history;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # told, of the rounds 1, 2, ...,            after round, it was open
                    OPENED SCOPE_CHANGED,                       0,           false
                    OPENED SCOPE_CHANGED,                       2,           true
                    OPENED FLAPPING ANNOTATED CLOSED,           3,           true
                    OPENED FLAPPING STEADY CLOSED,              4,           false
                    OPENED CLOSED ANNOTATED,                    3,           false
                    OPENED CLOSED REOPENED,                     2,           false
                    OPENED CLOSED REOPENED ANNOTATED,           9,           true
                    """)
    void tellsWhetherItWasOpen(String told, long round, boolean open) {
        assertThat(of(told).wasOpen(round)).isEqualTo(open);
    }

    @Test
    void theLatestClosingCounts() {
        assertThat(of("OPENED SCOPE_CHANGED").closing()).isEmpty();
        History back = of("OPENED CLOSED REOPENED CLOSED");
        assertThat(back.closing()).contains(line(Kind.CLOSED, 4));
        assertThat(back.cameBack()).isTrue();
        assertThat(of("OPENED CLOSED").cameBack()).isFalse();
    }

    /** The first line says since when; of the rest the latest are worth more. */
    @Test
    void theFirstLineAndTheLatestAreKept() {
        History history = of("OPENED" + " SCOPE_CHANGED".repeat(History.MOST - 1));
        assertThat(history.dropped()).isZero();
        assertThat(history.knows(1)).isTrue();
        assertThat(history.knows(0))
                .as("nothing was let go: before it there was nothing")
                .isTrue();
        History longer = history.plus(line(Kind.CLOSED, 40));
        assertThat(longer.changes()).hasSize(History.MOST).startsWith(line(Kind.OPENED, 1));
        assertThat(longer.changes().get(1)).isEqualTo(line(Kind.SCOPE_CHANGED, 3));
        assertThat(longer.changes()).endsWith(line(Kind.CLOSED, 40));
        assertThat(longer.dropped()).isEqualTo(1);
        assertThat(longer.knows(2)).as("what was told of round 2 was let go").isFalse();
        assertThat(longer.knows(3)).isTrue();
        assertThat(History.NONE.knows(1)).isFalse();
    }

    @Test
    void ofARoundThereIsOneNote() {
        History history = of("OPENED SCOPE_CHANGED ANNOTATED");
        Change again = new Change(Kind.ANNOTATED, 3, Instant.EPOCH, "it was there already");
        assertThat(history.noted(again).changes())
                .containsExactly(line(Kind.OPENED, 1), line(Kind.SCOPE_CHANGED, 2), again);
        assertThat(history.withoutNotes(2)).isEqualTo(history);
        assertThat(history.withoutNotes(3)).isEqualTo(of("OPENED SCOPE_CHANGED"));
    }

    @Test
    void isBounded() {
        List<Change> tooMany = Collections.nCopies(History.MOST + 1, line(Kind.STEADY, 1));
        assertThatThrownBy(() -> new History(tooMany, 0)).hasMessageContaining("at most " + History.MOST + " lines");
        assertThatThrownBy(() -> new History(List.of(), -1)).hasMessageContaining("no less than none");
    }
}
