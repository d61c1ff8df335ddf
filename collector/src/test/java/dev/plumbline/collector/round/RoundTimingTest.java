package dev.plumbline.collector.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slots of five minutes, aligned to the clock, and demands between them. */
final class RoundTimingTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(4), 1);

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # now,                  slot,                    a demand then,           which is over at the latest
                    2026-11-21T12:00:00Z,    2026-11-21T12:00:00Z,    2026-11-21T12:00:00.001Z, 2026-11-21T12:00:34.001Z
                    2026-11-21T12:04:59.999Z, 2026-11-21T12:00:00Z,   2026-11-21T12:04:59.999Z, 2026-11-21T12:05:33.999Z
                    2026-11-21T12:07:30Z,    2026-11-21T12:05:00Z,    2026-11-21T12:07:30Z,     2026-11-21T12:08:04Z
                    1969-12-31T23:59:00Z,    1969-12-31T23:55:00Z,    1969-12-31T23:59:00Z,     1969-12-31T23:59:34Z
                    """)
    void aDemandIsNeverASlotAndEndsByItsOwnTime(Instant now, Instant slot, Instant demand, Instant over) {
        assertThat(Instant.ofEpochMilli(TIMING.slot(now))).isEqualTo(slot);
        assertThat(TIMING.isDemanded(TIMING.slot(now))).isFalse();
        assertThat(Instant.ofEpochMilli(TIMING.demandAt(now))).isEqualTo(demand);
        assertThat(TIMING.isDemanded(TIMING.demandAt(now))).isTrue();
        assertThat(TIMING.deadline(TIMING.demandAt(now))).isEqualTo(over);
        assertThat(TIMING.deadline(TIMING.slot(now))).isEqualTo(slot.plus(Duration.ofSeconds(310)));
    }

    @Test
    void roundsTakeTimeAndNothingIsNegative() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RoundTiming(Duration.ofNanos(999_999), second, second, 0))
                .hasMessageContaining("rounds take time");
        assertThatThrownBy(() -> new RoundTiming(second, second.negated(), second, 0))
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> new RoundTiming(second, second, second, -1)).hasMessageContaining("negative");
        assertThat(new RoundTiming(Duration.ofMillis(1), Duration.ZERO, second, 0).slot(Instant.EPOCH))
                .isZero();
    }
}
