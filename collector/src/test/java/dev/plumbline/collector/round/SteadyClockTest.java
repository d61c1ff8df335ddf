package dev.plumbline.collector.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SteadyClockTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

    private final SetClock host = SetClock.at(NOW);
    private long nanos = 1;

    private void pass(long seconds, long wall) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        host.advance(Duration.ofSeconds(wall));
    }

    /** Seconds that passed, what the host's clock made of them, and where the site's time is then. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing happened    |   60 |    60 |   60
            slept an hour       |    1 |  3600 | 3600
            set back a minute   |    0 |   -60 |    0
            set back and behind |    2 |   -58 |    2
            """)
    void timeNeverGoesBack(String what, long passed, long wall, long told) {
        Clock clock = SteadyClock.over(host, () -> nanos, Instant.EPOCH);
        Instant before = clock.instant();
        pass(passed, wall);
        assertThat(clock.instant()).isEqualTo(before.plusSeconds(told));
    }

    @Test
    void whatWasSetBackIsCaughtUpWithAtHalfSpeed() {
        Clock clock = SteadyClock.over(host, () -> nanos, Instant.EPOCH);
        pass(0, -60);
        assertThat(clock.instant()).isEqualTo(NOW);
        Instant last = NOW;
        for (int i = 0; i < 120; i++) {
            pass(1, 1);
            Instant told = clock.instant();
            assertThat(Duration.between(last, told)).isEqualTo(Duration.ofMillis(500));
            last = told;
        }
        assertThat(last).isEqualTo(host.instant());
        pass(1, 1);
        assertThat(clock.instant()).isEqualTo(last.plusSeconds(1));
    }

    @Test
    void aClockThatIsSetForthAgainIsFollowedAtOnce() {
        Clock clock = SteadyClock.over(host, () -> nanos, Instant.EPOCH);
        pass(0, -3600);
        assertThat(clock.instant()).isEqualTo(NOW);
        pass(10, 3610);
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(10));
        pass(10, 10);
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(20));
    }

    @Test
    void aRestartIsNoWayBack() {
        Clock clock = SteadyClock.over(host, () -> nanos, NOW.plusSeconds(600));
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(600));
        pass(600, 600);
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(900));
        pass(600, 600);
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(1200)).isEqualTo(host.instant());
    }
}
