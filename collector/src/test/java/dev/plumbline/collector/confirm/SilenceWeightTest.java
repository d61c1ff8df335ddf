package dev.plumbline.collector.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.evidence.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many silent tries suffice, by what the connections of the round tell. */
final class SilenceWeightTest {
    @ParameterizedTest(name = "{1} of {0} late: {2} tries")
    @CsvSource({
        "400,   0, 2",
        " 40,   0, 2",
        " 10,   0, 4",
        "  0,   0, 8",
        "170,   3, 2",
        "170,  17, 3",
        "170,  33, 4",
        "170,  57, 6",
        "170, 170, 8"
    })
    void soManyTriesSuffice(int connects, int late, int tries) {
        Loss loss = new Loss(connects, late);
        assertThat(SilenceWeight.stands(SilenceWeight.weight(tries, loss))).isTrue();
        assertThat(SilenceWeight.stands(SilenceWeight.weight(tries - 1, loss))).isFalse();
    }

    @Test
    void whatWasChosenAmongManyNeedsMore() {
        Loss loss = new Loss(170, 33);
        double enough = SilenceWeight.weight(4, loss);
        assertThat(SilenceWeight.stands(enough)).isTrue();
        assertThat(SilenceWeight.standsTogether(enough)).isFalse();
        assertThat(SilenceWeight.standsTogether(enough + SilenceWeight.CHOICE)).isTrue();
    }
}
