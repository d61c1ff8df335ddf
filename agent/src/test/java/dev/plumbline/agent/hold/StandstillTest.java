package dev.plumbline.agent.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StandstillTest {
    private static final Duration MOST = Duration.ofSeconds(10);

    /** What passed by the clock that never jumps and by the one that people read, in seconds. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            all is well           |  2 |    2 |
            a little late         |  9 |    9 |
            stood still           | 60 |   60 | stood still for 60 s
            slept                 |  2 | 3602 | slept, or its clock was set, by 3600 s
            clock was set back    |  2 | -600 | slept, or its clock was set, by 602 s
            clock was trimmed     |  2 |    3 |
            """)
    void whatPassedUnseenIsNamed(String why, long seen, long passed, String sentence) {
        Hands hands = new Hands();
        Standstill standstill = new Standstill(hands, MOST);
        hands.nanos += Duration.ofSeconds(seen).toNanos();
        hands.instant = hands.instant.plusSeconds(passed);
        if (sentence == null) {
            assertThat(standstill.check()).as(why).isEmpty();
        } else {
            assertThat(standstill.check().orElse("")).as(why).contains(sentence);
            assertThat(standstill.check()).as("only once").isEmpty();
        }
    }

    private static final class Hands implements Ticker {
        private long nanos = 1;
        private Instant instant = Instant.EPOCH;

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
