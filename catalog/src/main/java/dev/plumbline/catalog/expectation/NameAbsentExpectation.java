package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import java.util.List;
import java.util.Optional;

/** A name that must not resolve: an answer betrays a wildcard or a sinkhole. */
final class NameAbsentExpectation {
    private NameAbsentExpectation() {}

    static Assessment assess(Target target, List<Lookup> lookups) {
        Optional<Lookup> answered = lookups.stream()
                .filter(l -> l.failure().isNone() && !l.answers().isEmpty())
                .findFirst();
        if (answered.isPresent()) {
            return new Assessment(
                    Outcome.UNEXPECTED_ANSWER,
                    target.host() + " no longer exists, but the resolver "
                            + answered.get().resolver().address() + " answers "
                            + answered.get().answers().get(0).data());
        }
        if (lookups.stream().anyMatch(NameAbsentExpectation::denies)) {
            return Answers.met(target.host() + " does not resolve, as it should not");
        }
        return lookups.stream()
                .findFirst()
                .map(l -> Answers.notReached("no answer about " + target.host(), l.failure()))
                .orElseGet(() -> new Assessment(Outcome.NOT_REACHED, "nobody was asked about " + target.host()));
    }

    private static boolean denies(Lookup lookup) {
        return lookup.failure().kind() == FailureKind.NXDOMAIN
                || lookup.failure().kind() == FailureKind.NO_DATA
                || lookup.failure().isNone();
    }
}
