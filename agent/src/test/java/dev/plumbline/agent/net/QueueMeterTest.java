package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connects as "asked at+answered after", in milliseconds, against what a probe from 1000 to 5000 is told. */
final class QueueMeterTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing was answered              | 0+0                                | 0
            a healthy line                    | 0+20 1100+22 1200+25 1300+21       | 1
            one slow host                     | 0+20 1100+3000 1200+25 1300+21     | 1
            a queue                           | 0+20 1100+2020 1200+2520 1300+3020 | 2000
            a queue that was there before     | 0+20 100+800 100+800 100+800       | 0
            asked before, answered meanwhile  | 0+20 100+1520 100+1520 100+1520    | 1500
            a queue that came afterwards      | 0+20 5001+900 5001+900 5001+900    | 0
            one that was not measured         | 0+20 1100+1520 1100+1520 1100+0    | 0
            a far network                     | 0+300 1100+310 1200+320 1300+330   | 10
            """)
    void tellsHowMuchLaterThanTheBestSeveralConnectsWere(String what, String connects, long expected) {
        QueueMeter meter = new QueueMeter();
        Arrays.stream(connects.split(" "))
                .map(c -> c.split("\\+"))
                .forEach(c -> meter.answered(
                        Duration.ofMillis(Long.parseLong(c[0])).toNanos(), Duration.ofMillis(Long.parseLong(c[1]))));
        assertThat(meter.worst(
                        Duration.ofMillis(1000).toNanos(),
                        Duration.ofMillis(5000).toNanos()))
                .isEqualTo(Duration.ofMillis(expected));
    }
}
