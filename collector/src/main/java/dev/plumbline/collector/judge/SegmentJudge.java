package dev.plumbline.collector.judge;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.collector.rule.Mask;
import dev.plumbline.collector.rule.Rule;
import dev.plumbline.collector.rule.RuleBook;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the rules about one segment: masks first, then, of what fails here and passes elsewhere, each rule in its order. */
final class SegmentJudge {
    private static final Set<Mechanism> PROVE_THEMSELVES =
            Set.of(Mechanism.TLS_INTERCEPTED, Mechanism.HTTP_BLOCK_PAGE, Mechanism.DNS_HIJACK, Mechanism.DNS_SINKHOLE);

    /** The claims of the first mask that holds; empty when none does. */
    List<Claim> mask(SegmentReading reading) {
        return RuleBook.MASKS.stream()
                .map((Mask m) -> m.claims(reading))
                .filter(claims -> !claims.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** @param claims of a mask, at least one; the first is the cause that hides every other */
    SegmentCase masked(SegmentReading reading, List<Claim> claims) {
        Claim cause = claims.get(0);
        Map<TargetId, List<RuleTrace>> traces = new HashMap<>();
        for (TargetReading target : reading.readings()) {
            traces.put(target.target().id(), List.of(new RuleTrace(cause.rule(), true, cause.because())));
        }
        return new SegmentCase(reading, true, claims, List.of(), List.of(), List.of(), traces);
    }

    SegmentCase judge(SegmentReading reading, Elsewhere elsewhere) {
        List<TargetReading> local = new ArrayList<>();
        List<TargetReading> everywhere = new ArrayList<>();
        List<TargetReading> uncontrolled = new ArrayList<>();
        for (TargetReading target : reading.readings()) {
            if (fails(target)) {
                switch (elsewhere.control(target)) {
                    case PASSES_THERE -> local.add(target);
                    case FAILS_ALIKE -> everywhere.add(target);
                    case NONE -> (provesPlace(target) ? local : uncontrolled).add(target);
                }
            }
        }
        Map<TargetId, List<RuleTrace>> traces = new HashMap<>();
        List<Claim> claims = ask(reading, local, elsewhere, traces);
        // Shared issuers and pages prove themselves even where nobody else looked.
        List<TargetReading> open = new ArrayList<>(local);
        open.addAll(uncontrolled);
        List<Claim> suspected = new ArrayList<>();
        if (!uncontrolled.isEmpty()) {
            for (Claim claim : ask(reading, open, elsewhere, new HashMap<>())) {
                if (PROVE_THEMSELVES.contains(claim.mechanism())) {
                    claims = replace(claims, claim);
                } else if (!claims.contains(claim)
                        && claim.failing().stream().anyMatch(f -> uncontrolled.contains(f.target()))) {
                    suspected.add(claim);
                }
            }
        }
        return new SegmentCase(reading, false, claims, suspected, List.of(), everywhere, traces);
    }

    private static boolean fails(TargetReading target) {
        return target.target().probe() != ProbeKind.NAME_ABSENT
                && switch (target.result()) {
                    case FAIL, PARTIAL -> true;
                    case PASS, SOFT, NOTHING -> false;
                };
    }

    /** A reset that came from another distance than the same address's other ports was sent by a box on the way. */
    private static boolean provesPlace(TargetReading target) {
        return target.failures().stream().anyMatch(p -> p.symptom() == Symptom.TCP_RESET && fromTheWay(p));
    }

    static boolean fromTheWay(PointReading point) {
        return point.whoAnswered().fromAnotherDistance();
    }

    private static List<Claim> replace(List<Claim> claims, Claim better) {
        List<Claim> all = new ArrayList<>();
        claims.stream().filter(c -> c.mechanism() != better.mechanism()).forEach(all::add);
        all.add(better);
        return all;
    }

    /** Each rule sees what the ones before it left over. */
    private static List<Claim> ask(
            SegmentReading reading,
            List<TargetReading> failing,
            Elsewhere elsewhere,
            Map<TargetId, List<RuleTrace>> traces) {
        List<Claim> claims = new ArrayList<>();
        List<TargetReading> open = new ArrayList<>(failing);
        for (Rule rule : RuleBook.RULES) {
            List<Claim> said = open.isEmpty() && !rule.asksWhatPasses()
                    ? List.of()
                    : rule.claims(reading, List.copyOf(open), elsewhere);
            Set<TargetId> explained = new HashSet<>();
            for (Claim claim : said) {
                claims.add(claim);
                claim.failing().forEach(f -> explained.add(f.target().target().id()));
            }
            for (TargetReading target : open) {
                TargetId id = target.target().id();
                traces.computeIfAbsent(id, x -> new ArrayList<>()).add(trace(rule, said, id));
            }
            open.removeIf(t -> explained.contains(t.target().id()));
        }
        return claims;
    }

    private static RuleTrace trace(Rule rule, List<Claim> said, TargetId id) {
        return said.stream()
                .filter(c -> c.failing().stream()
                        .anyMatch(f -> f.target().target().id().equals(id)))
                .findFirst()
                .map(c -> new RuleTrace(rule.id(), true, c.mechanism().id() + ": " + c.because()))
                .orElseGet(() -> new RuleTrace(rule.id(), false, "what it looks for was not seen on this target"));
    }
}
