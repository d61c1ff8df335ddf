package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Target;
import dev.plumbline.collector.finding.Mechanism;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often loss alone accuses somebody, and how soon a block is told in spite of it. Prints a table; with
 * {@code -Dsegment.rounds=1000000} the one of the README.
 */
final class ConfirmationTest {
    private static final int ROUNDS = Integer.getInteger("segment.rounds", 2_000);
    private static final double ROUNDS_PER_YEAR = 365.25 * 24 * 12;
    private static final int BLOCKS = Math.max(20, ROUNDS / 5_000);
    private static final int MOST_ROUNDS = 12;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.1, 0.2})
    void lossAccusesNobody(double loss) {
        LossySegment segment = new LossySegment(1, loss);
        int alarms = 0;
        for (int round = 0; round < ROUNDS; round++) {
            alarms += segment.round(target -> false).isEmpty() ? 0 : 1;
        }
        System.out.printf(
                Locale.ROOT,
                "loss %2.0f %% a way: %d false alarms in %,d rounds of %d targets: %.2f a segment-year of rounds every 5 min%n",
                100 * loss,
                alarms,
                ROUNDS,
                segment.targets(),
                alarms * ROUNDS_PER_YEAR / ROUNDS);
        assertThat(alarms * ROUNDS_PER_YEAR / ROUNDS).isLessThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.00, host, 1", "0.01, host, 1", "0.05, host, 2", "0.10, host, 2", "0.20, host, 4",
        "0.00, port, 1", "0.01, port, 1", "0.05, port, 1", "0.10, port, 2", "0.20, port, 3"
    })
    void aBlockIsToldAllTheSame(double loss, String what, int most) {
        Predicate<Target> dropped =
                what.equals("host") ? t -> t.id().value().equals("gdmf.apple.com:443") : t -> t.port() == 5223;
        int[] rounds = new int[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            LossySegment segment = new LossySegment(i, loss);
            while (segment.round(dropped).stream().noneMatch(c -> c.mechanism() == Mechanism.TCP_DROP)) {
                rounds[i]++;
                assertThat(rounds[i]).as("rounds without a word").isLessThan(MOST_ROUNDS);
            }
            rounds[i]++;
        }
        Arrays.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "loss %2.0f %% a way, one %s dropped: told in round %d (median), %d (the slowest of %d)%n",
                100 * loss,
                what,
                rounds[BLOCKS / 2],
                rounds[BLOCKS - 1],
                BLOCKS);
        assertThat(rounds[BLOCKS / 2]).isLessThanOrEqualTo(most);
    }

    @Test
    void anAnswerEndsTheTest() {
        LossySegment segment = new LossySegment(3, 0.2);
        for (int round = 0; round < 40; round++) {
            boolean silent = round % 3 != 0;
            assertThat(segment.round(t -> silent && t.id().value().equals("gdmf.apple.com:443")))
                    .as("silent in two rounds of three")
                    .isEmpty();
        }
    }
}
