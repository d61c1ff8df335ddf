package dev.plumbline.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolFillTest {
    @TempDir
    Path folder;

    @Test
    void whatWaitsAndForHowLongIsToldUntilItIsAcknowledged() throws Exception {
        SetClock clock = SetClock.at(Instant.parse("2026-11-21T10:00:00Z"));
        Semaphore written = new Semaphore(0);
        try (SqliteSpool spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Duration.ofDays(1), clock)) {
            spool.listen(written::release);
            assertThat(spool.fill()).isEqualTo(new SpoolFill(0, Duration.ZERO, SpoolBounds.STANDARD, 0, 8192));
            spool.append("p", Facts.observation(1), List.of());
            spool.append(Facts.summary("p", ""));
            assertThat(written.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            clock.advance(Duration.ofHours(2));
            assertThat(spool.fill().bytes()).isPositive();
            assertThat(spool.fill().oldest()).isEqualTo(Duration.ofHours(2));
            spool.ack(spool.incarnation(), spool.newestPending());
            assertThat(spool.fill().bytes()).isZero();
            assertThat(spool.fill().oldest()).isZero();
        }
    }
}
