package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.WIFI_A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge that stands over its round until the test lets it go on. */
final class JudgedTimeTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    private final class Standing extends GatheringJudge {
        private final UnfitJudge judge = new UnfitJudge();

        @Override
        RoundVerdict judge(long round, Instant closedAt, List<AgentId> heard, List<AgentId> unfit) {
            begun.countDown();
            try {
                assertThat(goesOn.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return judge.judge(round, closedAt, heard, unfit);
        }
    }

    @Test
    void aTimeIsJudgedOnceItsRoundsAreWrittenAndNotBefore() throws Exception {
        long hour = Duration.ofHours(1).toMillis();
        long round = System.currentTimeMillis() / hour * hour - 5 * hour;
        Instant before = Instant.now();
        try (JudgedFolder live = new JudgedFolder(folder, evidence -> new Standing(), Samples.BASIS)) {
            assertThat(live.isJudged(before, LONG)).as("nothing came by then").isTrue();
            live.append(WIFI_A, UUID.randomUUID(), 1, round, "").join();
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            Instant meanwhile = Instant.now();
            assertThat(live.isJudged(meanwhile, Duration.ZERO)).isFalse();
            assertThat(live.store.latestRounds(meanwhile)).isEmpty();
            goesOn.countDown();
            assertThat(live.isJudged(meanwhile, LONG)).isTrue();
            assertThat(live.store.latestRounds(meanwhile)).hasSize(1);
            assertThat(live.store.closing()).isEqualTo(live.journal.lastClosing());
        }
    }
}
