package dev.plumbline.deploy.scenarios;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Plays one line: a clean lab, the faults, the product's verdict, and only then a look at what was expected. */
record Trial(Deployment deployment, RequiredTargets required, Swap swap, LongSupplier nanoTime) {
    Outcome play(TableLine line) {
        long begin = nanoTime.getAsLong();
        try {
            deployment.clearFaults();
            begin = nanoTime.getAsLong();
            deployment.setFaults(swap.settings(line.settings()));
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
