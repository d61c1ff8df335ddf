package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TtlSearchTest {
    @Test
    void everyArrivingTtlIsFoundInFourTurns() {
        for (int ttl = 1; ttl <= 255; ttl++) {
            TtlSearch search = TtlSearch.arriving();
            int turns = turns(search, ttl);
            assertThat(search.highest()).as("TTL %d", ttl).hasValue(ttl);
            assertThat(turns).as("turns for TTL %d", ttl).isLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {57, 61, 62, 63, 64})
    void aFewHopsBelowTheUsualSixtyFourTakeTwoTurns(int ttl) {
        assertThat(turns(TtlSearch.arriving(), ttl)).isEqualTo(2);
    }

    @Test
    void aLostAnswerBelowAHeardOneIsLossAndNotSilence() {
        TtlSearch search = TtlSearch.arriving();
        search.heard(List.of(33, 49, 57, 65), List.of(33, 57));
        assertThat(search.thresholds()).allMatch(threshold -> threshold > 57 && threshold < 65);
    }

    @Test
    void everyAnsweringHopIsFoundInThreeTurns() {
        for (int hop = 1; hop <= TtlSearch.MOST_HOPS; hop++) {
            TtlSearch search = TtlSearch.hops();
            int turns = turns(search, TtlSearch.hops(hop));
            assertThat(TtlSearch.hops(search.highest().orElseThrow())).isEqualTo(hop);
            assertThat(turns).as("turns for hop %d", hop).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void whoAnswersAtNoHopIsNotFound() {
        TtlSearch search = TtlSearch.hops();
        turns(search, 0);
        assertThat(search.highest()).isEmpty();
    }

    @Test
    void nothingIsKnownBeforeTheFirstTurn() {
        assertThat(TtlSearch.arriving().highest()).isEmpty();
    }

    private static int turns(TtlSearch search, int ttl) {
        int turns = 0;
        List<Integer> thresholds = search.thresholds();
        while (!thresholds.isEmpty()) {
            turns++;
            search.heard(
                    thresholds,
                    thresholds.stream().filter(threshold -> threshold <= ttl).toList());
            thresholds = search.thresholds();
        }
        return turns;
    }
}
