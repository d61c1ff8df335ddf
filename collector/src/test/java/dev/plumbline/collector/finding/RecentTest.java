package dev.plumbline.collector.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecentTest {
    /** A plus is a round that met, a minus one that was broken, the newest last. */
    private static Recent of(String rounds) {
        Recent recent = Recent.NONE;
        for (int i = 0; i < rounds.length(); i++) {
            recent = recent.plus(new Recent.Look(i, rounds.charAt(i) == '-'));
        }
        return recent;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    never looked at                          |                                      | 0.000 | false
                    always met                               | +++++++++++++++++++++++++            | 0.000 | false
                    always broken                            | -------------------------            | 0.000 | false
                    broken once, just now                    | +++++++++++-                         | 0.060 | false
                    five changes in a row                    | +++++++++-+-+-                       | 0.289 | false
                    six changes in a row                     | +++++++++-+-+-+                      | 0.344 | true
                    six changes, first thing known           | -+-+-+-                              | 0.344 | true
                    every round another answer               | +-+-+-+-+-+-+-+-+-+-+-+-             | 1.000 | true
                    every third round                        | +++-+++-+++-+++-+++-+++-             | 0.500 | true
                    every fifth round                        | +++++-+++++-+++++-+++++-+++++-       | 0.347 | true
                    every tenth round                        | +++++++++-+++++++++-+++++++++-       | 0.200 | false
                    five changes, then quiet                 | +-+-+------                          | 0.263 | false
                    six changes, then quiet for five         | +-+-+-++++++                         | 0.313 | true
                    twelve changes, quiet: stays flapping    | +-+-+-+-+-+-+++++++++                | 0.549 | true
                    quiet so long that few are left          | +-+-+-+-+-+-+++++++++++++++          | 0.256 | true
                    just enough changes are left             | +-+-+-+-+-+-++++++++++++++++         | 0.211 | true
                    and then no more: it ends                | +-+-+-+-+-+-+++++++++++++++++        | 0.166 | false
                    all forgotten                            | +-+-+-+-+-+-+++++++++++++++++++++++++ | 0.000 | false
                    """)
    void weighsTheChangesOfTheLatestRounds(String what, String rounds, double share, boolean flapping) {
        Recent recent = of(rounds == null ? "" : rounds);
        assertThat(recent.share()).isCloseTo(share, within(0.0006));
        assertThat(recent.isFlapping()).isEqualTo(flapping);
        assertThat(recent.looks().size()).isLessThanOrEqualTo(Recent.CHANGES + 1);
    }

    @Test
    void whatNeverChangesTakesNoRoom() {
        assertThat(of("+++++++++++++").looks()).containsExactly(new Recent.Look(12, false));
        assertThat(of("-+++++++++++++++++++++++").looks()).hasSize(1);
    }

    @Test
    void aRoundThatIsJudgedAgainReplacesWhatItSaid() {
        Recent flapping = of("++++-+-+-+");
        assertThat(flapping.isFlapping()).isTrue();
        Recent corrected = flapping.plus(new Recent.Look(9, true));
        assertThat(corrected).isEqualTo(of("++++-+-+--"));
        assertThat(corrected.isFlapping()).as("it never began").isFalse();
        assertThat(corrected.plus(new Recent.Look(9, false))).isEqualTo(flapping);
    }

    @Test
    void anOlderRoundGoesToItsPlaceAndOneThatIsTooOldNowhere() {
        Recent some = Recent.NONE
                .plus(new Recent.Look(10, true))
                .plus(new Recent.Look(30, false))
                .plus(new Recent.Look(20, true));
        assertThat(some.looks()).extracting(Recent.Look::round).containsExactly(10L, 20L, 30L);
        Recent full = of("+-+-+-+-+-+-+-+-+-+-+-+-+-");
        assertThat(full.plus(new Recent.Look(-5, true))).isEqualTo(full);
    }

    @Test
    void roundsAreInOrder() {
        assertThatThrownBy(() -> new Recent(
                        List.of(new Recent.Look(2, true), new Recent.Look(1, true)), false, OptionalLong.empty()))
                .hasMessageContaining("in order");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            never looked at                    |                                 |
            met                                | --+                             |
            broken in the latest round         | ++-                             | 2
            broken from the first round on     | ---                             | 0
            for longer than looks are kept     | +------------------------------ | 1
            it came and went                   | --+---+--                       | 7
            """)
    void knowsSinceWhenItIsBroken(String what, String rounds, Long since) {
        assertThat(of(rounds == null ? "" : rounds).brokenSince())
                .isEqualTo(since == null ? OptionalLong.empty() : OptionalLong.of(since));
    }

    @Test
    void aRoundThatIsJudgedAgainMayBreakWhatIsBrokenSinceLong() {
        Recent broken = of("+-----");
        assertThat(broken.plus(new Recent.Look(3, false)).brokenSince()).hasValue(4);
        assertThat(of("+-+--").plus(new Recent.Look(2, true)).brokenSince()).hasValue(1);
        assertThat(broken.plus(new Recent.Look(5, false)).brokenSince()).isEmpty();
    }

    @Test
    void isBrokenSinceNoRoundThatIsStillToCome() {
        assertThatThrownBy(() -> new Recent(List.of(new Recent.Look(2, true)), false, OptionalLong.of(3)))
                .hasMessageContaining("not since a later one");
        assertThatThrownBy(() -> new Recent(List.of(new Recent.Look(2, false)), false, OptionalLong.of(1)))
                .hasMessageContaining("only when it is");
    }
}
