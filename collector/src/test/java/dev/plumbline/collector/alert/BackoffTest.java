package dev.plumbline.collector.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # tries | chance | demanded | seconds
            1       | 1.0    | 0        | 5
            2       | 1.0    | 0        | 10
            3       | 1.0    | 0        | 20
            8       | 1.0    | 0        | 640
            9       | 1.0    | 0        | 900
            1000    | 1.0    | 0        | 900
            # Full jitter: from nothing on.
            9       | 0.5    | 0        | 450
            9       | 0.0    | 0        | 0
            # What the receiver asks for is the least, and one hour the most that it gets.
            1       | 0.0    | 30       | 30
            9       | 1.0    | 30       | 900
            1       | 1.0    | 86400    | 3600
            """)
    void pausesDoubleUpToABoundAndAreDrawnBelowIt(int tries, double chance, int demanded, int seconds) {
        assertThat(Backoff.pause(tries, chance, Duration.ofSeconds(demanded))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void nothingIsTriedAgainBeforeItWasTried() {
        assertThatThrownBy(() -> Backoff.ceiling(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
