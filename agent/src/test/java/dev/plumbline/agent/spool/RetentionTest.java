package dev.plumbline.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Batch;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Observation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes first when too much waits, or for too long. */
final class RetentionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what a target showed, round by round -> which rounds say nothing new
            ok ok ok,            2 3
            ok:a ok:a ok:a,      2 3
            ok:a ok:b ok:b ok:a, 3
            ok no no ok ok,      5
            no no,               ''
            off off,             ''
            """)
    void aSuccessSaysNothingNewWhenTheSameWasSeenBefore(String rounds, String repeated) {
        Successes successes = new Successes();
        List<String> repeats = new ArrayList<>();
        int round = 0;
        for (String seen : rounds.split(" ", -1)) {
            round++;
            if (successes.isRepeat(seen("t", round, seen))) {
                repeats.add("" + round);
            }
        }
        assertThat(String.join(" ", repeats)).isEqualTo(repeated);
    }

    private static Observation seen(String target, long round, String how) {
        String[] parts = how.split(":", -1);
        FailureKind kind = switch (parts[0]) {
            case "ok" -> FailureKind.NONE;
            case "no" -> FailureKind.CONNECT_SILENT;
            default -> FailureKind.NETWORK_UNREACHABLE;
        };
        return Facts.attempt(target, round, kind, parts.length > 1 ? parts[1] : "");
    }

    @Test
    void theOldestSuccessesGoFirstThenTheOldestBatchesAndEachIsCounted() throws Exception {
        int rounds = 60;
        try (SqliteSpool spool = open(new SpoolBounds(9_000, Duration.ofDays(1)), Clock.systemUTC())) {
            for (int round = 1; round <= rounds; round++) {
                for (int target = 0; target < 6; target++) {
                    spool.append("p", seen("ok" + target, round, "ok"), List.of());
                }
                spool.append("p", seen("blocked", round, "no"), List.of());
                spool.append(Facts.summary("p", round, "", List.of()));
            }
        }
        try (SqliteSpool spool = open(SpoolBounds.STANDARD, Clock.systemUTC())) {
            List<Batch> batches = batches(spool);
            List<Long> blocked = roundsOf(batches, "blocked");
            List<Long> fine = roundsOf(batches, "ok1");
            assertThat(batches)
                    .allSatisfy(batch -> assertThat(batch.summaries()).hasSize(1));
            // All failures that were kept reach further back than any success but the newest.
            assertThat(blocked).contains((long) rounds).hasSizeGreaterThan(4 * fine.size());
            assertThat(fine).contains((long) rounds);
            assertThat(blocked).isSorted();
            SpoolCounts counts = spool.counts();
            assertThat(counts.spooled()).isEqualTo(rounds * 7L);
            assertThat(counts.pending())
                    .isEqualTo(batches.stream()
                            .mapToLong(b -> b.observations().size())
                            .sum());
            assertThat(counts.dropped()).isEqualTo(counts.spooled() - counts.pending());
            // What a batch tells of losses is what had been lost when it was written.
            assertThat(batches.get(batches.size() - 1).losses().dropped()).isBetween(1L, counts.dropped());
        }
    }

    @Test
    void theFirstRoundOfASuccessIsKeptWhileItsRepeatsGo() throws Exception {
        append(SpoolBounds.STANDARD, 1, 9);
        long bytes = 0;
        try (SqliteSpool spool = open(SpoolBounds.STANDARD, Clock.systemUTC())) {
            for (StoredBatch stored : spool.after(0, 1_000)) {
                bytes += stored.message().size();
            }
        }
        append(new SpoolBounds(bytes, Duration.ofDays(1)), 10, 10);
        try (SqliteSpool spool = open(SpoolBounds.STANDARD, Clock.systemUTC())) {
            assertThat(roundsOf(batches(spool), "t"))
                    .startsWith(1L)
                    .endsWith(9L, 10L)
                    .hasSizeBetween(5, 9);
            assertThat(batches(spool)).hasSize(10);
        }
    }

    private void append(SpoolBounds bounds, int first, int last) throws Exception {
        try (SqliteSpool spool = open(bounds, Clock.systemUTC())) {
            for (int round = first; round <= last; round++) {
                spool.append("p", seen("t", round, "ok"), List.of());
                spool.append(Facts.summary("p", round, "", List.of()));
            }
        }
    }

    @Test
    void whatWaitedForTooLongGoesAndAClockThatLeapsAgesItByADayAtMost() throws Exception {
        SetClock clock = SetClock.at(Instant.parse("2026-11-22T00:00:00Z"));
        try (SqliteSpool spool = open(new SpoolBounds(1 << 20, Duration.ofDays(3)), clock)) {
            Semaphore written = new Semaphore(0);
            spool.listen(written::release);
            for (Duration step : Stream.of("P0D", "P1D", "P400D", "P-500D", "P1D", "PT23H", "PT2H", "P1D")
                    .map(Duration::parse)
                    .toList()) {
                clock.advance(step);
                spool.append(Facts.summary("p", 1, "", List.of()));
                spool.append("p", Facts.observation(1), List.of());
                spool.append(Facts.summary("p", 1, "", List.of()));
                assertThat(written.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
            }
            // Days that count: 0, 1, 2, 2, 3, 3:23, 4:1, 5:1; those before 2:1 are too old.
            assertThat(spool.counts().dropped()).isEqualTo(4);
            assertThat(spool.counts().pending()).isEqualTo(4);
        }
    }

    private SqliteSpool open(SpoolBounds bounds, Clock clock) throws Exception {
        return SqliteSpool.open(folder, bounds, Duration.ofDays(1), clock);
    }

    private static List<Batch> batches(SqliteSpool spool) throws Exception {
        List<Batch> batches = new ArrayList<>();
        for (StoredBatch stored : spool.after(0, 1_000)) {
            batches.add(BatchCodec.parse(stored.message().toArray()));
        }
        return batches;
    }

    private static List<Long> roundsOf(List<Batch> batches, String target) {
        return batches.stream()
                .flatMap(batch -> batch.observations().stream())
                .filter(observation -> observation.target().value().equals(target))
                .map(Observation::round)
                .toList();
    }
}
