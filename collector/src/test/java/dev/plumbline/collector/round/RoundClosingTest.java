package dev.plumbline.collector.round;

import static dev.plumbline.collector.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundClosingTest {
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(4), 1);

    @ParameterizedTest(name = "awaited {0}, finished {1}, {2} s after the beginning: {3}")
    @CsvSource(textBlock = """
            # awaited      , finished    , seconds , decision
            wifi           , ''          , 1       , WAIT
            wifi           , wifi        , 1       , COMPLETE
            wifi srv       , wifi        , 309     , WAIT
            wifi srv       , wifi        , 310     , OVERDUE
            wifi srv       , wifi srv    , 2       , COMPLETE
            wifi           , wifi srv    , 2       , COMPLETE
            ''             , ''          , 2       , WAIT
            ''             , ''          , 310     , OVERDUE
            """)
    void aScheduledRoundClosesWhenAllAreInOrTheGraceHasEnded(
            String awaited, String finished, long seconds, RoundClosing.Decision decision) {
        Instant deadline = TIMING.deadline(T0.toEpochMilli());
        assertThat(RoundClosing.decide(agents(awaited), agents(finished), deadline, T0.plusSeconds(seconds)))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "a round that begins {0} ms after the slot is overdue after {1} s")
    @CsvSource(textBlock = """
            # offset , seconds
            0        , 310
            300000   , 310
            1        , 34
            61234    , 34
            """)
    void aDemandIsGivenThreeStagesForEachTryAndTheGrace(long offsetMillis, long seconds) {
        long round = T0.toEpochMilli() + offsetMillis;
        assertThat(TIMING.deadline(round)).isEqualTo(Instant.ofEpochMilli(round).plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T10:00:00Z,2026-11-21T10:00:00.001Z", "2026-11-21T10:00:00.5Z,2026-11-21T10:00:00.5Z"})
    void aDemandNeverBearsTheNumberOfASlot(Instant now, Instant round) {
        assertThat(TIMING.demandAt(now)).isEqualTo(round.toEpochMilli());
    }

    private static Set<AgentId> agents(String segments) {
        return Arrays.stream(segments.split(" "))
                .filter(s -> !s.isEmpty())
                .map(s -> new AgentId(new SegmentId(s), "a"))
                .collect(Collectors.toSet());
    }
}
