package dev.plumbline.deploy.scenarios;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** What was expected beside what was found: each claim on one side paired with the one that answers it on the other. */
record Comparison(List<Pair> pairs) {
    /**
     * At least one side is present, except for the single pair of a scenario in which nothing was expected nor found.
     *
     * @param scopesAgree true also where there is no pair of scopes to compare
     */
    record Pair(Optional<Claim> expected, Optional<Claim> found, boolean scopesAgree) {
        boolean agrees() {
            return expected.map(Claim::mechanism).equals(found.map(Claim::mechanism)) && scopesAgree;
        }
    }

    Comparison {
        pairs = List.copyOf(pairs);
    }

    boolean agrees() {
        return pairs.stream().allMatch(Pair::agrees);
    }

    /** What was expected at a place, and not found there under that name. */
    List<Claim> missed() {
        return pairs.stream()
                .filter(p -> !p.agrees())
                .flatMap(p -> p.expected().stream())
                .toList();
    }

    /**
     * Findings are united first; two scopes agree when they cover the same required targets of the place, for the age of
     * connections those that are held.
     */
    static Comparison of(List<Claim> expected, List<Claim> found, RequiredTargets required) {
        List<Claim> wanted = Claim.united(expected);
        List<Claim> given = Claim.united(found);
        List<Pair> pairs = new ArrayList<>();
        pair(wanted, given, Comparison::sameCause, required, pairs);
        // What is left at one place was taken for something else.
        pair(wanted, given, (a, b) -> a.place().equals(b.place()), required, pairs);
        wanted.forEach(c -> pairs.add(new Pair(Optional.of(c), Optional.empty(), true)));
        given.forEach(c -> pairs.add(new Pair(Optional.empty(), Optional.of(c), true)));
        if (pairs.isEmpty()) {
            pairs.add(new Pair(Optional.empty(), Optional.empty(), true));
        }
        return new Comparison(pairs);
    }

    private static boolean sameCause(Claim a, Claim b) {
        return a.place().equals(b.place()) && a.mechanism().equals(b.mechanism());
    }

    /** Moves the pairs that belong together out of both lists. */
    private static void pair(
            List<Claim> wanted,
            List<Claim> given,
            BiPredicate<Claim, Claim> together,
            RequiredTargets required,
            List<Pair> pairs) {
        for (Iterator<Claim> i = wanted.iterator(); i.hasNext(); ) {
            Claim claim = i.next();
            Optional<Claim> partner =
                    given.stream().filter(g -> together.test(claim, g)).findFirst();
            partner.ifPresent(p -> {
                given.remove(p);
                i.remove();
                pairs.add(new Pair(Optional.of(claim), partner, scopesAgree(claim, p, required)));
            });
        }
    }

    private static boolean scopesAgree(Claim one, Claim other, RequiredTargets required) {
        RequiredTargets compared = one.isOfAge() && other.isOfAge() ? required.ofCouriers(QuietTime.PORTS) : required;
        Set<String> covered = compared.covered(one.place(), one.scope());
        return covered.equals(compared.covered(other.place(), other.scope()));
    }
}
