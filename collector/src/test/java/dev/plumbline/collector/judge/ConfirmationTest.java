package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Target;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private static final int JAMS = Integer.getInteger("segment.jams", 300);

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

    /** The port is two targets, the names of iCloud's a dozen. */
    @ParameterizedTest
    @CsvSource({"0.00, 1", "0.05, 2", "0.10, 3", "0.20, 5"})
    void twoCausesAreToldTogetherAndNoThird(double loss, int most) {
        Predicate<Target> dropped = t -> t.port() == 5223 || t.serverName().endsWith("icloud.com");
        int[] rounds = new int[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            LossySegment segment = new LossySegment(i, loss);
            Set<TargetId> told = Set.of();
            while (told.size() < segment.count(dropped)) {
                told = told(segment.round(dropped), dropped);
                assertThat(rounds[i]++).as("rounds without a word").isLessThan(MOST_ROUNDS);
            }
        }
        Arrays.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "loss %2.0f %% a way, a port and a block dropped: both told in round %d (median), %d (the slowest of %d)%n",
                100 * loss,
                rounds[BLOCKS / 2],
                rounds[BLOCKS - 1],
                BLOCKS);
        assertThat(rounds[BLOCKS / 2]).isLessThanOrEqualTo(most);
    }

    private static Set<TargetId> told(List<Claim> claims, Predicate<Target> dropped) {
        List<Target> told = claims.stream()
                .flatMap(c -> c.failing().stream())
                .map(f -> f.target().target())
                .toList();
        assertThat(told).as("only what is dropped").allMatch(dropped);
        return told.stream().map(Target::id).collect(Collectors.toSet());
    }

    /** On a line that loses nothing others are late in each round, another each time. */
    @ParameterizedTest(name = "{0} in a thousand late, {1} dropped")
    @CsvSource({
        "10, host, 4",
        "30, host, 4",
        "60, host, 5",
        "10, port, 3",
        "30, port, 3",
        "60, port, 4",
        "10, both, 4",
        "30, both, 5",
        "60, both, 5"
    })
    void whatIsDroppedWhileOthersAreLateIsToldInTheEnd(int late, String what, int most) {
        Predicate<Target> host = t -> t.id().value().equals("gdmf.apple.com:443");
        Predicate<Target> port = t -> t.port() == 5223;
        Predicate<Target> dropped = what.equals("host") ? host : what.equals("port") ? port : host.or(port);
        for (int i = 0; i < 20; i++) {
            LossySegment segment = new LossySegment(i, 0);
            Set<TargetId> told = Set.of();
            for (int round = 0; round < most && told.size() < segment.count(dropped); round++) {
                int salt = 100 * i + round;
                told = told(segment.round(dropped, t -> !dropped.test(t) && isDrawn(t, salt, late)), dropped);
            }
            assertThat(told).as("segment " + i).hasSize(segment.count(dropped));
        }
    }

    /** Whatever a jam meets, for longer than both tries take or shorter, is another in each round. */
    @ParameterizedTest(name = "{0} in a thousand silent, {1} late")
    @CsvSource({"5, 10", "10, 30", "30, 10", "30, 100", "100, 30", "400, 30", "400, 300"})
    void aJamInWhichSomeAnswerLaterAccusesNobody(int silent, int late) {
        LossySegment segment = new LossySegment(7, 0);
        int alarms = 0;
        for (int round = 0; round < JAMS; round++) {
            int salt = round;
            Predicate<Target> met = t -> isDrawn(t, 2 * salt, silent);
            boolean unsteady = segment.count(t -> !met.test(t) && isDrawn(t, 2 * salt + 1, late)) > 1;
            // Without a target that answers later, silence is a rule's.
            alarms += unsteady
                            && !segment.round(met, t -> isDrawn(t, 2 * salt + 1, late))
                                    .isEmpty()
                    ? 1
                    : 0;
        }
        System.out.printf(
                "%d in a thousand silent, %d late: %d false alarms in %,d jams%n", silent, late, alarms, JAMS);
        assertThat(alarms).isZero();
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

    /** As when a server is overwhelmed for longer than both tries take: what is silent follows no rule, and is another each time. */
    @Test
    void aJamAccusesNobodyHoweverLongItLasts() {
        LossySegment segment = new LossySegment(4, 0);
        for (int round = 0; round < 20; round++) {
            int salt = round;
            assertThat(segment.round(t -> isDrawn(t, salt)))
                    .as("round " + round)
                    .isEmpty();
        }
    }

    @Test
    void whatTakesLongToSayIsToldOnceItIsSeenAgain() {
        LossySegment segment = new LossySegment(5, 0);
        assertThat(segment.round(t -> isDrawn(t, 0))).isEmpty();
        assertThat(segment.round(t -> isDrawn(t, 0))).anyMatch(c -> c.mechanism() == Mechanism.TCP_DROP);
    }

    @Test
    void whatIsNewBesideItWaitsAlone() {
        LossySegment segment = new LossySegment(6, 0);
        segment.round(t -> isDrawn(t, 0));
        assertThat(segment.round(t -> isDrawn(t, 0) || t.id().value().equals("gdmf.apple.com:443")))
                .anyMatch(c -> c.mechanism() == Mechanism.TCP_DROP);
    }

    /** Two targets in five. */
    private static boolean isDrawn(Target target, int salt) {
        return isDrawn(target, salt, 400);
    }

    private static boolean isDrawn(Target target, int salt, int inAThousand) {
        return new Random(1_000_003L * salt + target.id().hashCode()).nextInt(1000) < inAThousand;
    }
}
