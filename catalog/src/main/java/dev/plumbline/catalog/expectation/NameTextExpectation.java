package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import java.util.List;
import java.util.Optional;

/** A TXT record that devices read when they get nothing better. Its absence is said and is no failure. */
final class NameTextExpectation {
    private NameTextExpectation() {}

    static Assessment assess(Target target, List<Lookup> lookups) {
        Optional<Lookup> answered = lookups.stream()
                .filter(l -> l.failure().isNone() && !l.answers().isEmpty())
                .findFirst();
        if (answered.isPresent()) {
            return Answers.met("TXT of " + target.host() + " says '"
                    + answered.get().answers().get(0).data() + "'");
        }
        Optional<Lookup> denied =
                lookups.stream().filter(NameTextExpectation::denies).findFirst();
        if (denied.isPresent()) {
            return Answers.met(
                    target.host() + " has no TXT record here: devices that get no configuration bag must guess");
        }
        return lookups.stream()
                .findFirst()
                .map(l -> Answers.notReached("no answer about TXT of " + target.host(), l.failure()))
                .orElseGet(() -> new Assessment(Outcome.NOT_REACHED, "nobody was asked for TXT of " + target.host()));
    }

    private static boolean denies(Lookup lookup) {
        return lookup.failure().kind() == FailureKind.NXDOMAIN
                || lookup.failure().kind() == FailureKind.NO_DATA
                || lookup.failure().isNone();
    }
}
