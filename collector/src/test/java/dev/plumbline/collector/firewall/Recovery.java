package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares findings with the truth as the design does: for each mechanism the same required targets. What an earlier box or
 * rule ended says nothing of a later one, so to cover it besides is no error; to cover what passed is.
 *
 * @param complaints what does not agree, a sentence each
 */
record Recovery(Outcome outcome, List<String> complaints) {
    static Recovery of(Truth truth, RoundVerdict verdict, boolean requiredOnly) {
        List<Finding> said = verdict.findings().stream()
                .filter(f -> f.severity() != Severity.NOTE)
                .toList();
        List<Finding> here = said.stream()
                .filter(f -> f.place().word().equals(World.BROKEN.value()))
                .toList();
        Map<Target, List<Mechanism>> owed = truth.owed(requiredOnly);
        List<String> complaints = new ArrayList<>();
        Outcome outcome = owed.isEmpty() ? Outcome.NOTHING_TO_SEE : Outcome.RECOVERED;
        for (Finding elsewhere : said) {
            if (!here.contains(elsewhere)) {
                outcome = outcome.worse(Outcome.CLEAN_BLAMED);
                complaints.add("accuses " + text(elsewhere));
            }
        }
        for (Map.Entry<Target, List<Mechanism>> entry : owed.entrySet()) {
            for (Mechanism mechanism : entry.getValue()) {
                Outcome one = explained(truth, entry.getKey(), mechanism, here);
                outcome = outcome.worse(one);
                if (one.compareTo(Outcome.EQUIVALENT) > 0) {
                    complaints.add(one.words() + ": " + mechanism.id() + " of "
                            + entry.getKey().id());
                }
            }
        }
        for (Finding finding : here) {
            Outcome one = contradicted(truth, finding, complaints);
            outcome = outcome.worse(one);
        }
        if (outcome == Outcome.RECOVERED && !sameEverywhere(truth, here)) {
            outcome = Outcome.EQUIVALENT;
        }
        return new Recovery(outcome, complaints);
    }

    private static Outcome explained(Truth truth, Target target, Mechanism mechanism, List<Finding> here) {
        boolean anyWord = false;
        for (Finding finding : here) {
            for (Truth.Fate fate : truth.of(target)) {
                if (fate.is(mechanism) && finding.scope().matches(fate.point())) {
                    if (means(finding.mechanism(), target, fate)) {
                        return Outcome.RECOVERED;
                    }
                    anyWord = true;
                }
            }
        }
        if (truth.isTooLittle(mechanism)) {
            return Outcome.TOO_LITTLE;
        }
        return anyWord ? Outcome.WRONG_MECHANISM : Outcome.MISSED;
    }

    /** A finding must meet something, and must not cover a target of which it says what every covered address denies. */
    private static Outcome contradicted(Truth truth, Finding finding, List<String> complaints) {
        boolean meets = false;
        Outcome outcome = Outcome.NOTHING_TO_SEE;
        for (Map.Entry<Target, List<Truth.Fate>> entry : truth.fates().entrySet()) {
            Target target = entry.getKey();
            if (isBlind(finding.mechanism(), target)) {
                continue;
            }
            boolean compatible = false;
            boolean denied = false;
            for (Truth.Fate fate : entry.getValue()) {
                if (finding.scope().matches(fate.point())) {
                    compatible |= means(finding.mechanism(), target, fate);
                    denied |= fate.passes() || fate.box().orElseThrow().compareTo(box(finding.mechanism())) > 0;
                }
            }
            meets |= compatible;
            if (denied && !compatible) {
                outcome = Outcome.OVER_BLAMED;
                complaints.add("over-blamed: " + target.id() + " by " + text(finding));
            }
        }
        if (!meets) {
            complaints.add("never happened: " + text(finding));
            return outcome.worse(Outcome.WRONG_MECHANISM);
        }
        return outcome;
    }

    /** A box that acts on TLS, or on requests in the clear, does nothing to the rest of what a name or a port has. */
    private static boolean isBlind(Mechanism mechanism, Target target) {
        return switch (mechanism) {
            case TLS_INTERCEPTED, TLS_RESET_ON_NAME, TLS_CLOSED_ON_NAME, TLS_STALLED ->
                !target.probe().seesCertificate() || target.transport().equals(Transport.UDP);
            case HTTP_BLOCK_PAGE -> !target.probe().isPlainHttp();
            default -> false;
        };
    }

    private static boolean sameEverywhere(Truth truth, List<Finding> here) {
        return truth.fates().entrySet().stream()
                .filter(e -> !e.getKey().services().contains(dev.plumbline.catalog.Service.CONTROL))
                .allMatch(e -> e.getValue().stream().allMatch(fate -> same(e.getKey(), fate, here)));
    }

    private static boolean same(Target target, Truth.Fate fate, List<Finding> here) {
        return fate.passes()
                ? here.stream()
                        .noneMatch(f ->
                                !isBlind(f.mechanism(), target) && f.scope().matches(fate.point()))
                : here.stream().anyMatch(f -> f.scope().matches(fate.point()) && means(f.mechanism(), target, fate));
    }

    /**
     * True when the word says what happened at the point. Over UDP a rule for every protocol shows in UDP's own way; a family
     * that is refused as a whole, and addresses that are not on a list, have words of their own.
     */
    private static boolean means(Mechanism word, Target target, Truth.Fate fate) {
        if (fate.passes()) {
            return false;
        }
        Mechanism happened = fate.mechanism().orElseThrow();
        boolean packets = fate.box().orElseThrow() == Box.PACKETS;
        boolean six = fate.point().address().filter(a -> a.indexOf(':') >= 0).isPresent();
        return word == happened
                || (packets && word == Mechanism.IPV6_BROKEN && six)
                || (packets && word == Mechanism.TCP_PARTIAL)
                || (packets
                        && target.transport().equals(Transport.UDP)
                        && ((happened == Mechanism.UDP_SILENT && word == Mechanism.TCP_DROP)
                                || (happened == Mechanism.TCP_PROHIBITED && word == Mechanism.TCP_RESET)));
    }

    private static Box box(Mechanism mechanism) {
        return switch (mechanism) {
            case DNS_NXDOMAIN, DNS_REFUSED, DNS_SERVFAIL, DNS_SILENT, DNS_TRUNCATED, DNS_SINKHOLE, DNS_HIJACK ->
                Box.RESOLVER;
            case TLS_INTERCEPTED, TLS_RESET_ON_NAME, TLS_CLOSED_ON_NAME, TLS_STALLED, HTTP_BLOCK_PAGE -> Box.SESSIONS;
            default -> Box.PACKETS;
        };
    }

    static String text(Finding finding) {
        Scope scope = finding.scope();
        return finding.place() + " " + finding.mechanism().id() + " " + scope;
    }
}
