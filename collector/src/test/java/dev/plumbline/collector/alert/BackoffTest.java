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
            # tries | chance | demanded | longest | seconds
            1       | 1.0    | 0        | 900     | 5
            2       | 1.0    | 0        | 900     | 10
            3       | 1.0    | 0        | 900     | 20
            8       | 1.0    | 0        | 900     | 640
            9       | 1.0    | 0        | 900     | 900
            1000    | 1.0    | 0        | 900     | 900
            1000    | 1.0    | 0        | 86400   | 900
            # Full jitter: from nothing on.
            9       | 0.5    | 0        | 900     | 450
            9       | 0.0    | 0        | 900     | 0
            # What the receiver asks for is the least, and one hour the most that it gets.
            1       | 0.0    | 30       | 900     | 30
            9       | 1.0    | 30       | 900     | 900
            1       | 1.0    | 86400    | 900     | 3600
            # A receiver that forgets is not left alone for longer than it remembers, unless it asks for that.
            9       | 1.0    | 0        | 60      | 60
            9       | 0.5    | 0        | 60      | 30
            9       | 1.0    | 120      | 60      | 120
            """)
    void pausesDoubleUpToABoundAndAreDrawnBelowIt(int tries, double chance, int demanded, int longest, int seconds) {
        assertThat(Backoff.pause(tries, chance, Duration.ofSeconds(demanded), Duration.ofSeconds(longest)))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void nothingIsTriedAgainBeforeItWasTried() {
        assertThatThrownBy(() -> Backoff.ceiling(0, Backoff.LONGEST)).isInstanceOf(IllegalArgumentException.class);
    }
}
