package dev.plumbline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PastReadingsTest {
    private final PastReadings past = new PastReadings(Duration.ZERO);

    @Test
    void twoAtOnceAreReadAndAThirdIsPutOff() throws Exception {
        String read = past.read(() -> past.read(() -> {
            assertThatThrownBy(() -> past.read(() -> "three"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("2 questions of earlier times are being answered already");
            return "two";
        }));
        assertThat(read).isEqualTo("two");
        assertThat(past.read(() -> "another")).isEqualTo("another");
    }

    @Test
    void whatFailsGivesItsPlaceBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> past.read(() -> {
                        throw Refusal.denied("no");
                    }))
                    .hasMessage("no");
        }
        assertThat(past.read(() -> "one")).isEqualTo("one");
    }
}
