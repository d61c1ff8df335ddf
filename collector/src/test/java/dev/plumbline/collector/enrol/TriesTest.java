package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TriesTest {
    private static final long SECOND = 1_000_000_000;

    private final Tries<String> tries = new Tries<>(3, 6 * SECOND, 100);

    @Test
    void aFewAreFreeAndThenOneComesBackWithTime() {
        assertThat(begun("a", 0, 10)).isEqualTo(3);
        assertThat(begun("a", 5 * SECOND, 10)).isZero();
        assertThat(begun("a", 6 * SECOND, 10)).isEqualTo(1);
        assertThat(begun("a", 600 * SECOND, 10)).as("no more than at first").isEqualTo(3);
        tries.succeeded("a");
        assertThat(begun("a", 600 * SECOND, 10)).isEqualTo(1);
    }

    @Test
    void noFloodOfOthersTakesAnybodysTries() {
        begun("noisy", 0, 1000);
        for (int i = 0; i < 100_000; i++) {
            begun("flood " + i, 0, 1);
        }
        assertThat(begun("honest", 0, 10)).isEqualTo(3);
    }

    private int begun(String who, long now, int times) {
        int begun = 0;
        for (int i = 0; i < times; i++) {
            begun += tries.begin(who, now) ? 1 : 0;
        }
        return begun;
    }
}
