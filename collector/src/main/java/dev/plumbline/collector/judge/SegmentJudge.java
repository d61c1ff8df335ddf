package dev.plumbline.collector.judge;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.collector.evidence.Company;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.collector.rule.Elsewhere;
import dev.plumbline.collector.rule.Elsewhere.Control;
import dev.plumbline.collector.rule.FollowsAgent;
import dev.plumbline.collector.rule.Mask;
import dev.plumbline.collector.rule.Rule;
import dev.plumbline.collector.rule.RuleBook;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Asks the rules about one segment: masks first, then, of what fails here and passes elsewhere, each rule in its order. */
final class SegmentJudge {
    private final Function<TargetReading, Instant> begun;

    /** @param begun since when what fails has failed */
    SegmentJudge(Function<TargetReading, Instant> begun) {
        this.begun = begun;
    }

    private static final Set<Mechanism> PROVE_THEMSELVES =
            Set.of(Mechanism.TLS_INTERCEPTED, Mechanism.HTTP_BLOCK_PAGE, Mechanism.DNS_HIJACK, Mechanism.DNS_SINKHOLE);

    /** Masks that a colleague may show to be the agent's or its host's. */
    private static final Set<Mechanism> AGENTS_OWN =
            Set.of(Mechanism.SEGMENT_OFFLINE, Mechanism.AGENT_UNFIT, Mechanism.AGENT_DISPLACED);

    /** The claims of the first mask that holds; empty when none does. */
    List<Claim> mask(SegmentReading reading) {
        return RuleBook.MASKS.stream()
                .map((Mask m) -> m.claims(reading))
                .filter(claims -> !claims.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /**
     * Of several agents of a segment the one to be heard, in the company of the others that are in the segment: one that reaches
     * nothing, or is not itself, gives way to one that no mask hides. What a busy host proves is proved all the same.
     */
    SegmentReading heard(SegmentReading reading) {
        if (reading.company().colleagues().isEmpty()) {
            return reading;
        }
        List<SegmentReading> all = new ArrayList<>(List.of(reading));
        all.addAll(reading.company().colleagues());
        SegmentReading speaker = !hides(reading, AGENTS_OWN)
                ? reading
                : all.stream()
                        .filter(agent -> mask(agent).isEmpty())
                        .findFirst()
                        .orElse(reading);
        return speaker.in(new Company(
                all.stream()
                        .filter(agent -> !agent.agent().equals(speaker.agent())
                                && !hides(agent, Set.of(Mechanism.AGENT_DISPLACED)))
                        .toList(),
                Map.of()));
    }

    private boolean hides(SegmentReading reading, Set<Mechanism> mechanisms) {
        return mask(reading).stream().anyMatch(claim -> mechanisms.contains(claim.mechanism()));
    }

    /** @param claims of a mask, at least one; the first is the cause that hides every other */
    SegmentCase masked(SegmentReading reading, List<Claim> claims) {
        Claim cause = claims.get(0);
        Map<TargetId, List<RuleTrace>> traces = new HashMap<>();
        for (TargetReading target : reading.readings()) {
            traces.put(target.target().id(), List.of(new RuleTrace(cause.rule(), true, cause.because())));
        }
        return new SegmentCase(
                reading,
                true,
                claims,
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                traces,
                new Descriptions(List.of(reading), begun));
    }

    SegmentCase judge(SegmentReading reading, Elsewhere elsewhere) {
        List<TargetReading> local = new ArrayList<>();
        List<TargetReading> everywhere = new ArrayList<>();
        // Without what fails everywhere: what lies here, and what may.
        List<TargetReading> open = new ArrayList<>();
        Set<PointReading> uncontrolled = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<PointReading> atEdge = Collections.newSetFromMap(new IdentityHashMap<>());
        for (TargetReading target : reading.readings()) {
            if (!fails(target)) {
                continue;
            }
            IdentityHashMap<PointReading, Control> controls = controls(reading, target, elsewhere);
            part(target, p -> controls.get(p) == Control.PASSES_THERE).ifPresent(local::add);
            part(target, p -> controls.get(p) == Control.FAILS_ALIKE).ifPresent(everywhere::add);
            part(target, p -> controls.get(p) != Control.FAILS_ALIKE).ifPresent(open::add);
            controls.forEach((p, control) -> {
                switch (control) {
                    case NONE -> uncontrolled.add(p);
                    case PASSES_OUTSIDE -> {
                        uncontrolled.add(p);
                        atEdge.add(p);
                    }
                    case PASSES_THERE, FAILS_ALIKE -> {}
                }
            });
        }
        Map<TargetId, List<RuleTrace>> traces = new HashMap<>();
        List<Claim> claims = ask(reading, local, elsewhere, traces);
        // Shared issuers and pages prove themselves even where nobody else looked.
        List<Claim> suspected = new ArrayList<>();
        if (!uncontrolled.isEmpty()) {
            for (Claim claim : ask(reading, open, elsewhere, new HashMap<>())) {
                if (PROVE_THEMSELVES.contains(claim.mechanism())) {
                    claims = replace(claims, claim);
                } else if (!claims.contains(claim)
                        && claim.failing().stream().anyMatch(f -> uncontrolled.contains(f.point()))) {
                    (isOwn(claim, atEdge) ? claims : suspected).add(claim);
                }
            }
        }
        return new SegmentCase(
                reading,
                false,
                claims,
                suspected,
                List.of(),
                everywhere,
                atEdge,
                traces,
                new Descriptions(List.of(reading), begun));
    }

    /** Notes and faults of an agent are the segment's, whoever else could have met what they are about. */
    private static boolean isOwn(Claim claim, Set<PointReading> atEdge) {
        return claim.mechanism().severity() != Severity.VIOLATION
                && claim.failing().stream().allMatch(f -> atEdge.contains(f.point()));
    }

    static boolean fails(TargetReading target) {
        return target.target().probe() != ProbeKind.NAME_ABSENT
                && switch (target.result()) {
                    case FAIL, PARTIAL -> true;
                    case PASS, SOFT, NOTHING -> false;
                };
    }

    /** Where each confirmed failure of a target lies, as others and the facts themselves have it. */
    private static IdentityHashMap<PointReading, Control> controls(
            SegmentReading reading, TargetReading target, Elsewhere elsewhere) {
        IdentityHashMap<PointReading, Control> controls = elsewhere.controls(target);
        if (FollowsAgent.isProvedBeside(reading, target)) {
            controls.replaceAll((p, control) -> Control.PASSES_THERE);
        } else if (provesPlace(target)) {
            controls.replaceAll((p, control) ->
                    (control == Control.NONE || control == Control.PASSES_OUTSIDE) && p.symptom() == Symptom.TCP_RESET
                            ? Control.PASSES_THERE
                            : control);
        }
        return controls;
    }

    /** A reset that came from another distance than the same address's other ports was sent by a box on the way. */
    private static boolean provesPlace(TargetReading target) {
        return target.failures().stream().anyMatch(p -> p.symptom() == Symptom.TCP_RESET && fromTheWay(p));
    }

    /** The target with some of its confirmed failures, and all that does not fail; empty where none of them is left. */
    private static Optional<TargetReading> part(TargetReading target, Predicate<PointReading> which) {
        Set<PointReading> others = Collections.newSetFromMap(new IdentityHashMap<>());
        target.failures().stream().filter(which.negate()).forEach(others::add);
        TargetReading part = others.isEmpty() ? target : target.without(others);
        return Optional.of(part).filter(some -> !some.failures().isEmpty());
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

    /** Each rule sees what the ones before it left over: of a target, the addresses that nothing explains yet. */
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
            Set<PointReading> explained = Collections.newSetFromMap(new IdentityHashMap<>());
            Map<TargetId, RuleTrace> won = new HashMap<>();
            for (Claim claim : said) {
                claims.add(claim);
                RuleTrace trace =
                        new RuleTrace(rule.id(), true, claim.mechanism().id() + ": " + claim.because());
                claim.failing().forEach(f -> {
                    explained.add(f.point());
                    won.putIfAbsent(f.target().target().id(), trace);
                });
            }
            RuleTrace lost = new RuleTrace(rule.id(), false, "what it looks for was not seen on this target");
            for (TargetReading target : open) {
                TargetId id = target.target().id();
                traces.computeIfAbsent(id, x -> new ArrayList<>()).add(won.getOrDefault(id, lost));
            }
            if (!explained.isEmpty()) {
                open.replaceAll(t -> t.any(explained::contains) ? t.without(explained) : t);
                open.removeIf(t -> t.failures().isEmpty());
            }
        }
        return claims;
    }
}
