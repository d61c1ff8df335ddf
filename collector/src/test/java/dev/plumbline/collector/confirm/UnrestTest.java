package dev.plumbline.collector.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In how many rounds of two tries each a target's silence is no chance, by what comes and goes besides. */
final class UnrestTest {
    @ParameterizedTest(name = "{0} unsteady, {1} silent of {2}: {3} rounds")
    @CsvSource({
        "  2,   0, 178,  4",
        "  8,   0, 178,  4",
        " 20,   0, 178,  5",
        "100,   0, 178, 19",
        "  2,  10, 178,  7",
        "  2,  60, 178, 18",
        "  1,   0,  10, 11"
    })
    void soManyRoundsSuffice(int unsteady, int silent, int asked, int rounds) {
        double weight = new Unrest(unsteady, silent, asked).weight(2);
        assertThat(SilenceWeight.stands(rounds * weight)).isTrue();
        assertThat(SilenceWeight.stands((rounds - 1) * weight)).isFalse();
    }

    @Test
    void whatMeetsEverythingWeighsNothing() {
        assertThat(new Unrest(3, 178, 178).weight(2)).isZero();
        assertThat(new Unrest(178, 0, 178).weight(2)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 4", "0, -1, 4", "5, 0, 4", "0, 5, 4"})
    void isOfTargetsThatWereAsked(int unsteady, int silent, int asked) {
        assertThatThrownBy(() -> new Unrest(unsteady, silent, asked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be among " + asked);
    }
}
