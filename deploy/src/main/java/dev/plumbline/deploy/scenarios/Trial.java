package dev.plumbline.deploy.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Plays one line: a clean lab, the faults, the product's verdict, and only then a look at what was expected.
 *
 * @param host of the lab and the product
 * @param pause waits
 */
record Trial(
        Deployment deployment,
        RequiredTargets required,
        Swap swap,
        LongSupplier nanoTime,
        Host host,
        Consumer<Duration> pause) {
    /** Who tells what it kept from the lab since it was last asked. */
    interface Host {
        Strain lap();
    }

    private static final int MOST_PLAYS = 5;
    private static final Duration CALM = Duration.ofSeconds(4);
    private static final int MOST_WAITS = 15;

    /**
     * Plays a line, and again, five times at most, where it does not agree and the host of the lab stood still meanwhile: then the
     * lab did something that is not in the line. Where only an agent says that its host was too busy, it is played once more. Any
     * other line that disagrees is never played again.
     *
     * @param progress hears why a line is played again
     */
    Outcome playFit(TableLine line, Consumer<String> progress) {
        Strain worst = Strain.NONE;
        for (int plays = 1; ; plays++) {
            host.lap();
            Outcome outcome = play(line);
            Strain strain = host.lap();
            worst = worst.and(strain);
            boolean excused = strain.isTooMuch() || (plays == 1 && outcome.hostWasUnfit());
            if (outcome.agrees() || !excused || plays == MOST_PLAYS) {
                return outcome.played(plays, worst);
            }
            progress.accept(line.id() + " is played again: " + strain.words() + "; " + outcome.summary());
            awaitCalm();
            forget();
        }
    }

    /** A clean round between the plays: what is told in a second round only must not be told because of the first play. */
    private void forget() {
        try {
            deployment.clearFaults();
            deployment.product().verifyNow();
        } catch (Trouble e) {
            // The next play meets the same, and says so.
        }
    }

    /** For a minute at most: then the line is played all the same. */
    private void awaitCalm() {
        int waits = 0;
        do {
            host.lap();
            pause.accept(CALM);
            waits++;
        } while (host.lap().isTooMuch() && waits < MOST_WAITS);
    }

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
            List<Answers.Found> found = deployment.product().findings(round);
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
        Comparison comparison = Comparison.of(expected, claims, required);
        List<String> why =
                comparison.missed().stream().flatMap(c -> explained(c).stream()).toList();
        return new Outcome(
                        line.id(),
                        seconds,
                        Optional.of(comparison),
                        expected,
                        claims,
                        found.stream().flatMap(f -> f.lines().stream()).toList(),
                        Optional.empty())
                .explained(why);
    }

    /** What the product says of a target that a finding should have covered: why there is none is seen only now. */
    private List<String> explained(Claim missed) {
        Optional<RequiredTargets.Owed> one = required.first(missed.place(), missed.scope());
        if (one.isEmpty()) {
            return List.of();
        }
        String segment = one.get().segment();
        String target = one.get().target();
        List<String> lines = new ArrayList<>(List.of(missed + " was not told; of " + target + " in " + segment + ":"));
        try {
            lines.addAll(deployment.product().explain(segment, target));
        } catch (Trouble e) {
            lines.add(e.sentence());
        }
        return lines;
    }

    private double secondsSince(long begin) {
        return (nanoTime.getAsLong() - begin) / 1e9;
    }
}
