package dev.plumbline.deploy.scenarios;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Plays one line: a clean lab, the faults, the product's verdict, and only then a look at what was expected.
 *
 * @param pause waits
 */
record Trial(
        Deployment deployment, RequiredTargets required, Swap swap, LongSupplier nanoTime, Consumer<Duration> pause) {
    Outcome play(TableLine line) {
        long begin = nanoTime.getAsLong();
        try {
            deployment.clearFaults();
            settle();
            begin = nanoTime.getAsLong();
            List<Setting> faults = swap.settings(line.settings());
            deployment.setFaults(faults);
            keepQuiet(faults);
            long round = deployment.product().verifyNow();
            double seconds = secondsSince(begin);
            List<Answers.Found> found = deployment.product().findings();
            deployment.product().requireJudged(round);
            return judge(line, seconds, found);
        } catch (Trouble e) {
            String because = deployment.casualty().map(c -> "; " + c).orElse("");
            return Outcome.troubled(line.id(), secondsSince(begin), e.sentence() + because);
        }
    }

    /** After a fault of quiet connections some must be seen to stand again: what ended them is over only then. */
    private void settle() throws Trouble {
        Optional<QuietTime> held = deployment.held();
        if (held.isPresent()) {
            deployment.hold(held);
            pause.accept(held.get().untilStood());
            deployment.hold(Optional.empty());
        }
    }

    /** Agents that begin anew under the faults hold nothing that crossed the switch. */
    private void keepQuiet(List<Setting> faults) throws Trouble {
        Optional<QuietTime> quiet = QuietTime.of(faults);
        if (quiet.isPresent()) {
            deployment.hold(quiet);
            pause.accept(quiet.get().untilEndedTwice());
        }
    }

    private Outcome judge(TableLine line, double seconds, List<Answers.Found> found) {
        List<Claim> expected = swap.claims(line.expected());
        List<Claim> claims = found.stream().map(Answers.Found::claim).toList();
        return new Outcome(
                line.id(),
                seconds,
                Optional.of(Comparison.of(expected, claims, required)),
                expected,
                claims,
                found.stream().map(f -> f.claim().place() + ": " + f.sentence()).toList(),
                Optional.empty());
    }

    private double secondsSince(long begin) {
        return (nanoTime.getAsLong() - begin) / 1e9;
    }
}
