package dev.plumbline.agent.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Surroundings.ClockOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SiteTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

    private final Hands hands = new Hands();
    private final SiteTime time = new SiteTime(hands);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void theHostsClockCountsUntilTheCollectorsWasRead() {
        hands.pass(3600, 3600);
        assertThat(time.instant()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(time.correction()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            right                          |    0.000 | 0.001 |     0
            within what nobody minds       |    0.900 | 0.001 |     0
            a slow round trip says nothing |    3.000 | 2.500 |     0
            an hour behind                 | 3600.000 | 0.010 |  3600
            an hour ahead                  | -3600.00 | 0.010 | -3600
            """)
    void aClockThatDiffersIsCorrected(String what, double offset, double bound, long correction) {
        time.learn(offset(offset, bound));
        hands.pass(10, 10);
        assertThat(time.instant()).isEqualTo(NOW.plusSeconds(10 + correction));
        assertThat(time.clock().instant()).isEqualTo(NOW.plusSeconds(10 + correction));
        assertThat(time.correction()).isEqualTo(Duration.ofSeconds(correction));
    }

    /**
     * After the collector's clock was read, seconds that passed by the clock that never jumps and by the host's; what the site's
     * time is then, in seconds after it was read.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing happened               |     0 | 60 |    60 |    60 | 0
            trimmed by NTP                 |     0 | 60 |    61 |    61 | 0
            slept an hour                  |     0 |  1 |  3601 |  3601 | 1
            set back an hour               |     0 | 60 | -3540 |    60 | 1
            was ahead, was set right       | -3600 | 60 | -3540 |    60 | 1
            was behind, was set right      |  3600 | 60 |  3660 |    60 | 1
            was behind, slept ten minutes  |  3600 |  1 |   601 |   601 | 1
            """)
    void aClockThatWasSetIsAskedAboutAndTimeGoesOn(
            String what, double offset, long passed, long wall, long after, int questions) {
        time.learn(offset(offset, 0.001));
        Instant read = time.instant();
        time.asks(asked::incrementAndGet);
        hands.pass(passed, wall);
        assertThat(Duration.between(read, time.instant())).isEqualTo(Duration.ofSeconds(after));
        time.instant();
        assertThat(asked).as("once, whoever reads it").hasValue(questions);
    }

    @Test
    void whatTheCollectorSaysEndsTheDoubt() {
        time.asks(asked::incrementAndGet);
        hands.pass(60, -3540);
        time.instant();
        time.learn(offset(3600, 0.001));
        assertThat(time.instant()).isEqualTo(NOW.plusSeconds(60));
        hands.pass(1, -3600);
        time.instant();
        assertThat(asked).hasValue(2);
    }

    private static ClockOffset offset(double seconds, double bound) {
        return new ClockOffset(
                Duration.ofMillis((long) (seconds * 1000)), Duration.ofMillis((long) (bound * 1000)), NOW);
    }

    private static final class Hands implements Ticker {
        private long nanos = 1;
        private Instant instant = NOW;

        void pass(long seconds, long wall) {
            nanos += Duration.ofSeconds(seconds).toNanos();
            instant = instant.plusSeconds(wall);
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return instant;
        }
    }
}
