package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.Environment;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All that the agent that speaks for a segment saw in one round.
 *
 * @param environment of the agent whose facts these are, empty when its summary is not in
 * @param denied what this or another segment must not reach, apart from the targets: to fail may be right
 * @param earlier what passed when it was asked last, before the round: told again, since it may not be asked each round
 * @param holds quiet connections of all agents of the segment that ended by the end of the round, port by port
 * @param company other agents of the segment, and what the agent was before
 */
public record SegmentReading(
        Segment segment,
        String agent,
        Optional<Environment> environment,
        Map<TargetId, TargetReading> targets,
        Map<TargetId, TargetReading> denied,
        Map<TargetId, TargetReading> earlier,
        List<HoldReading> holds,
        Company company) {
    public SegmentReading {
        targets = inOrder(targets);
        denied = inOrder(denied);
        earlier = inOrder(earlier);
        holds = List.copyOf(holds);
    }

    private static Map<TargetId, TargetReading> inOrder(Map<TargetId, TargetReading> readings) {
        return Collections.unmodifiableMap(
                new LinkedHashMap<>(isInOrder(List.copyOf(readings.keySet())) ? readings : new TreeMap<>(readings)));
    }

    private static boolean isInOrder(List<TargetId> ids) {
        for (int i = 1; i < ids.size(); i++) {
            if (ids.get(i - 1).compareTo(ids.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Of an agent alone, on a site on which every segment may reach everything. */
    public SegmentReading(
            Segment segment,
            String agent,
            Optional<Environment> environment,
            Map<TargetId, TargetReading> targets,
            List<HoldReading> holds) {
        this(segment, agent, environment, targets, Map.of(), Map.of(), holds, Company.NONE);
    }

    /** The same in other company. */
    public SegmentReading in(Company other) {
        return new SegmentReading(segment, agent, environment, targets, denied, earlier, holds, other);
    }

    /** Of the agent, as far as its summary is in. */
    public Optional<Build> build() {
        return environment.map(Build::of);
    }

    /** A target, or what some segment must not reach. */
    public Optional<TargetReading> anyTarget(TargetId id) {
        return target(id).or(() -> Optional.ofNullable(denied.get(id)));
    }

    public Optional<TargetReading> target(TargetId id) {
        return Optional.ofNullable(targets.get(id));
    }

    /**
     * The same with what passed before the round among its targets, where that speaks of it: where it was seen once something else
     * had begun to fail. What passed before that says nothing of what is in the way since.
     *
     * @param begun since when something fails that a target is held against; empty where nothing is
     */
    public SegmentReading recalling(Function<TargetId, Optional<Instant>> begun) {
        Map<TargetId, TargetReading> all = new TreeMap<>(targets);
        earlier.forEach((id, told) -> begun.apply(id).filter(told::isSeenSince).ifPresent(at -> all.put(id, told)));
        return all.size() == targets.size()
                ? this
                : new SegmentReading(segment, agent, environment, all, denied, earlier, holds, company);
    }

    /** A target with all its points, of which a rule is shown what no other explained. */
    public TargetReading whole(TargetReading part) {
        return target(part.target().id()).orElse(part);
    }

    /** In order of target id. */
    public List<TargetReading> readings() {
        return List.copyOf(targets.values());
    }

    /** Those of earlier rounds among them, in order of target id. */
    public List<TargetReading> all() {
        Map<TargetId, TargetReading> all = new TreeMap<>(targets);
        all.putAll(earlier);
        return List.copyOf(all.values());
    }

    /** The same with some of its targets. */
    public SegmentReading only(Predicate<TargetReading> which) {
        return with(targets.values().stream().filter(which).toList());
    }

    /** The same with other readings. */
    public SegmentReading with(List<TargetReading> others) {
        return new SegmentReading(segment, agent, environment, byId(others), denied, earlier, holds, company);
    }

    private static Map<TargetId, TargetReading> byId(List<TargetReading> readings) {
        Map<TargetId, TargetReading> all = new LinkedHashMap<>();
        readings.forEach(r -> all.put(r.target().id(), r));
        return all;
    }

    /** What all connections of the round tell of packets that were lost. */
    public Loss loss() {
        return targets.values().stream().map(TargetReading::loss).reduce(Loss.UNKNOWN, Loss::and);
    }

    /** Targets that were silent in one try and answered in another. */
    public int unsteady() {
        return (int) targets.values().stream().filter(TargetReading::unsteady).count();
    }

    /** Whether more came and went than the loss of the same minute makes: then something is overwhelmed, here or there. */
    public boolean isJammed() {
        return unsteady() > loss().silent(targets.size());
    }

    /** Whether it is so of any point of any target. */
    public boolean any(Predicate<PointReading> test) {
        for (TargetReading target : targets.values()) {
            if (target.any(test)) {
                return true;
            }
        }
        return false;
    }

    /** Every point of every target, in order of target id. */
    public List<PointReading> points() {
        List<PointReading> all = new ArrayList<>();
        targets.values().forEach(r -> all.addAll(r.points()));
        return Collections.unmodifiableList(all);
    }
}
