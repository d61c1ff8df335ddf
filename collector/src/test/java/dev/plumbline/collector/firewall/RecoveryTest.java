package dev.plumbline.collector.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.judge.TestPki;
import org.junit.jupiter.api.Test;

/**
 * Random firewalls, recovered. {@code -Dfirewalls=10000} tries as many as the bar is set for, {@code -Dfirewalls.first=N} begins
 * at another seed, {@code -Dfirewalls.show=N} prints the first N that were not recovered.
 */
final class RecoveryTest {
    private static final int MANY = Integer.getInteger("firewalls", 200);
    private static final int FIRST = Integer.getInteger("firewalls.first", 0);
    private static final int SHOW = Integer.getInteger("firewalls.show", 0);

    @Test
    void aFirewallIsRecoveredAndNobodyElseIsBlamed() {
        TestPki pki = new TestPki();
        RecoveryTable table = new RecoveryTable();
        int shown = 0;
        for (int seed = FIRST; seed < FIRST + MANY; seed++) {
            Trial trial = new Trial(seed, pki);
            Truth truth = trial.truth();
            RoundVerdict verdict = trial.verdict();
            Recovery recovery = Recovery.of(truth, verdict, true);
            Recovery strict = Recovery.of(truth, verdict, false);
            table.add(trial.firewall(), recovery, strict);
            if (recovery.outcome().compareTo(Outcome.TOO_LITTLE) > 0 && shown++ < SHOW) {
                System.out.println("seed " + seed + " " + trial.firewall().kinds() + "\n" + trial.firewall());
                verdict.findings().forEach(f -> System.out.println("    -> " + Recovery.text(f)));
                recovery.complaints().stream().limit(6).forEach(c -> System.out.println("    !! " + c));
            }
        }
        System.out.println(table);
        assertThat(table.count(Outcome.CLEAN_BLAMED))
                .as("clean segments blamed")
                .isZero();
        assertThat(table.share()).as("share recovered").isGreaterThanOrEqualTo(0.98);
    }
}
