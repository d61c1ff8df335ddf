package dev.plumbline.collector.projection;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.collector.finding.Sight;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.judge.RoundJudge;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge begins whose site asks one of two segments for a target no more. */
final class UnaskedCellsTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofSeconds(4), 1);

    @TempDir
    Path folder;

    private static final class OnlyOfServers implements Judges, Sight {
        @Override
        public RoundJudge begin(Certificates evidence) {
            // Nothing is judged here.
            return mock(RoundJudge.class);
        }

        @Override
        public Sight sight() {
            return this;
        }

        @Override
        public boolean isDeclared(SegmentId segment) {
            return true;
        }

        @Override
        public boolean isAsked(SegmentId segment, TargetId target) {
            return segment.equals(SRV);
        }
    }

    @Test
    void whatIsAskedNoMoreEndsWhenTheJudgeBegins() throws Exception {
        long round = T0.toEpochMilli();
        Instant begun = T0.plusSeconds(600);
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
                SqliteStore store = SqliteStore.open(folder.resolve("store.db"))) {
            store.apply(new RoundChange(
                    verdict(
                            round,
                            Set.of(WIFI, SRV),
                            List.of(
                                    cell(WIFI, COURIER, State.BLOCKED, round),
                                    cell(SRV, COURIER, State.BLOCKED, round)),
                            List.of(),
                            List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    new ClosedRound(round, T0, 1, 1),
                    0,
                    0,
                    0));
            new Projection(journal, new OnlyOfServers(), store, TIMING).begin(begun);
            assertThat(state(store, WIFI, begun.minusSeconds(1))).isEqualTo(State.BLOCKED);
            assertThat(state(store, WIFI, begun)).isEqualTo(State.NOT_YET_RUN);
            assertThat(state(store, SRV, begun)).isEqualTo(State.BLOCKED);
        }
    }

    private static State state(SqliteStore store, SegmentId segment, Instant at) {
        return store.cell(segment, COURIER, at).orElseThrow().cell().state();
    }
}
