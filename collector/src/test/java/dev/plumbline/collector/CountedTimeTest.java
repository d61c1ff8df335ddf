package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.round.RoundTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CountedTimeTest {
    private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # minutes of closings after the first, at most 10 count between two | counted | left out
            '0',                        0,   0
            '0 5 10 15',                15,  0
            '0 10 20',                  20,  0
            '0 5 1000 1005',            20,  985
            # a leap there and back, by a clock that does go back
            '0 5 5000 10 15',           20,  4985
            '0 5 5 5',                  5,   0
            # two years
            '0 5 1051200 1051205',      20,  1051185
            """)
    void betweenTwoClosingsCountsWhatRoundsTake(String minutes, long counted, long leftOut) {
        CountedTime time = new CountedTime(Duration.ofMinutes(10));
        long[] closings = Pattern.compile(" ")
                .splitAsStream(minutes)
                .mapToLong(Long::parseLong)
                .toArray();
        Duration last = Duration.ZERO;
        for (int i = closings.length - 1; i >= 0; i--) {
            last = time.back(T0.plus(Duration.ofMinutes(closings[i])));
        }
        assertThat(last).isEqualTo(Duration.ofMinutes(counted));
        assertThat(time.leftOut()).isEqualTo(Duration.ofMinutes(leftOut));
    }

    @ParameterizedTest
    @CsvSource({
        "PT5M, PT20S, PT3H",
        "PT1H, PT20S, PT3H",
        "PT1H, PT2H,  PT4H",
        "PT3H, PT20S, PT6H20S",
    })
    void aRoundThatIsMissingCountsAndSoDoThreeHoursWhereRoundsFollowQuickly(
            Duration every, Duration grace, Duration longest) {
        assertThat(Retention.longestGap(new RoundTiming(every, grace, Duration.ofSeconds(4), 1)))
                .isEqualTo(longest);
    }
}
