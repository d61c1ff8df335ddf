package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.journalled;
import static dev.plumbline.collector.Samples.observation;
import static dev.plumbline.collector.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.metrics.ProgramMetrics;
import dev.plumbline.words.Batch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How old verdicts are that wait for the judge. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class JudgeMetricsTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofHours(1), Duration.ofSeconds(20), Duration.ofSeconds(4), 1);
    private final Instant now = Instant.now();

    @TempDir
    Path folder;

    private SqliteJournal journal;
    private SqliteStore store;
    private Pipeline pipeline;
    private long sequence;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        store = SqliteStore.open(folder.resolve("store.db"));
        UnfitJudge judge = new UnfitJudge();
        pipeline = new Pipeline(
                journal, evidence -> judge, store, Samples.BASIS, new ConnectedAgents(), TIMING, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
        journal.close();
    }

    @Test
    void whatAJudgeThatHasReadNothingYetLeavesUnreadIsAsOldAsItsOldest() {
        received(now.minusSeconds(90));
        received(now.minusSeconds(10));
        assertThat(told()).contains(lag(90)).contains("plumbline_judge_behind_records 2.0\n");
    }

    /** Two quiet hours are no lag: what came last was read at once. */
    @Test
    void afterQuietHoursARecordIsAsOldAsItselfAndNoOlder() throws Exception {
        pipeline.start();
        try {
            received(now.minus(Duration.ofHours(2)));
            while (pipeline.standing().position() < journal.end()) { // bounded by the test's time
                Thread.sleep(20);
            }
            assertThat(told()).contains(lag(0)).contains("plumbline_judge_behind_records 0.0\n");
        } finally {
            pipeline.close();
        }
        received(now.minusSeconds(5));
        assertThat(told()).contains(lag(5)).contains("plumbline_judge_behind_records 1.0\n");
    }

    private void received(Instant at) {
        sequence++;
        long round = TIMING.demandAt(now) + sequence;
        Batch batch = new Batch(
                new UUID(0, 7),
                sequence,
                "",
                List.of(observation(COURIER, round, 1)),
                List.of(summary(round, "")),
                List.of());
        journal.append(journalled(WIFI_A, at, batch), List.of()).join();
    }

    private String told() {
        JudgeMetrics source = new JudgeMetrics(pipeline, journal, Clock.fixed(now, ZoneOffset.UTC));
        try (ProgramMetrics metrics = new ProgramMetrics("test", "1", List.of(source))) {
            return new String(metrics.page("").body(), StandardCharsets.UTF_8);
        }
    }

    private static String lag(int seconds) {
        return "plumbline_judge_lag_seconds " + (double) seconds + "\n";
    }
}
