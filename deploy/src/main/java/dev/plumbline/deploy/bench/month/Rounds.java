package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.TtlRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The batches in which each agent tells a round, one agent on each segment; evidence travels with its first mention. */
final class Rounds {
    private static final int OBSERVATIONS = 64;
    private static final int HOLDS_EVERY_MILLIS = 3_600_000;
    private static final TargetId COURIER = new TargetId("courier:5223");

    private final MonthSite month;
    private final Faults faults;
    private final Facts facts;
    private final long every;
    private final Set<Sha256> told = new HashSet<>();
    private final Map<SegmentId, Long> sequences = new HashMap<>();
    private final UUID incarnation;

    /** @param incarnation of all agents: another one begins to count anew */
    Rounds(MonthSite month, Faults faults, UUID incarnation) {
        this.month = month;
        this.faults = faults;
        this.facts = new Facts(month.chains(), faults);
        this.every = month.config().settings().round().toMillis();
        this.incarnation = incarnation;
    }

    static AgentId agent(Segment segment) {
        return new AgentId(segment.id(), segment.id() + "-1");
    }

    boolean isAway(Segment segment, long round) {
        return faults.isAway(segment.id(), round);
    }

    /** Empty while the agent is away. */
    List<Batch> of(Segment segment, long round) {
        if (isAway(segment, round)) {
            return List.of();
        }
        Plan plan = month.plan(segment.id());
        List<Observation> observations = new ArrayList<>();
        List<TargetId> probed = new ArrayList<>();
        for (Target target : plan.targets()) {
            observations.addAll(facts.of(segment, target, round, every));
            probed.add(target.id());
        }
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < observations.size(); from += OBSERVATIONS) {
            int to = Math.min(observations.size(), from + OBSERVATIONS);
            boolean isLast = to == observations.size();
            List<Observation> part = observations.subList(from, to);
            batches.add(new Batch(
                    incarnation,
                    sequences.merge(segment.id(), 1L, Long::sum),
                    plan.hash(),
                    part,
                    isLast ? List.of(summary(segment, plan, round, probed)) : List.of(),
                    evidence(part),
                    isLast && round % HOLDS_EVERY_MILLIS == 0 ? List.of(hold(segment, round)) : List.of()));
        }
        return batches;
    }

    private List<Evidence> evidence(List<Observation> of) {
        List<Evidence> first = new ArrayList<>();
        for (Observation observation : of) {
            for (Attempt attempt : observation.attempts()) {
                for (Handshake handshake : attempt.handshakes()) {
                    handshake.certificates().stream()
                            .filter(told::add)
                            .forEach(hash -> first.add(month.chains().evidence(hash)));
                }
            }
        }
        return first;
    }

    private static RoundSummary summary(Segment segment, Plan plan, long round, List<TargetId> probed) {
        Instant begun = Instant.ofEpochMilli(round);
        return new RoundSummary(
                round,
                plan.hash(),
                begun.plusSeconds(1),
                begun.plusSeconds(38),
                probed,
                Map.of(),
                new Environment(
                        "0.1.0", "linux", "boringssl", List.of(Facts.source(segment)), List.of("10.0.0.53"), ""),
                "");
    }

    /** A quiet connection to a courier that was written to after three quarters of an hour. */
    private Hold hold(Segment segment, long round) {
        Duration planned = Duration.ofMinutes(45);
        HoldEnd end = faults.isReaped(segment.id(), round) ? HoldEnd.SILENT_AFTER_WRITE : HoldEnd.ALIVE;
        return new Hold(
                COURIER,
                HoldPeer.COURIER,
                "1-courier.push.apple.com",
                new Endpoint(Facts.source(segment), 32_768 + Draw.below(28_000, round)),
                new Endpoint(Addresses.of("1-courier.push.apple.com", round).get(0), 5223),
                Instant.ofEpochMilli(round).minus(planned),
                planned,
                planned.plusMillis(Draw.below(9, round)),
                end,
                end.number(),
                false,
                TtlRange.ANY,
                "");
    }
}
