package dev.plumbline.collector.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told from a lot, at lengths as descriptions of the catalog have them. */
final class LotTest {
    @ParameterizedTest(name = "{0}: {1} bits, {2} of {3} targets: {4}, of an outage {5}")
    @CsvSource({
        "one port, 4, 4, 178, false, false",
        "everything, 2, 178, 178, false, false",
        "one host, 9, 1, 178, false, false",
        "one host of few, 9, 1, 6, false, false",
        "three hosts, 27, 3, 178, false, false",
        "seven hosts, 63, 7, 20, false, false",
        "eight hosts, 72, 8, 20, true, true",
        "a port but three names, 32, 130, 178, false, false",
        "an address in two, 900, 89, 178, true, true",
        "ten hosts, 75, 10, 178, false, true",
        "a service of ten hosts, 11, 10, 178, false, false",
        "sixty-eight hosts, 540, 68, 178, true, true",
    })
    void aRuleIsShorterThanAList(String what, double bits, int silent, int asked, boolean lot, boolean ofOutage) {
        assertThat(Lot.isLikelier(bits, silent, asked)).as(what).isEqualTo(lot);
        assertThat(Lot.isLikelierThanOutage(bits, silent, asked)).as(what).isEqualTo(ofOutage);
    }

    @ParameterizedTest(name = "{0} targets: {1}")
    @CsvSource({"0, false", "7, false", "8, true", "178, true"})
    void fewTargetsShowNoRule(int silent, boolean can) {
        assertThat(Lot.canTell(silent)).isEqualTo(can);
        assertThat(Lot.isLikelier(Double.MAX_VALUE, silent, 178)).isEqualTo(can);
        assertThat(Lot.isLikelierThanOutage(Double.MAX_VALUE, silent, 178)).isEqualTo(can);
    }

    @ParameterizedTest(name = "{0} before, {1} of them again: {2}")
    @CsvSource({"68, 68, true", "70, 66, true", "68, 26, false", "1, 1, true", "0, 0, false"})
    void theSameTwiceIsNoLot(int before, int again, boolean same) {
        assertThat(Lot.isSame(before, again)).isEqualTo(same);
    }
}
