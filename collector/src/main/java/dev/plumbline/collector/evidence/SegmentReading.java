package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.words.Environment;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All that the agent that speaks for a segment saw in one round.
 *
 * @param environment of the agent whose facts these are, empty when its summary is not in
 * @param denied what this or another segment must not reach, apart from the targets: to fail may be right
 * @param earlier what passed when it was asked last, too long before the round to be held against what was seen in it
 * @param holds quiet connections of all agents of the segment that ended by the end of the round, port by port
 * @param company other agents of the segment, and what the agent was before
 */
public record SegmentReading(
        Segment segment,
        String agent,
        Optional<Environment> environment,
        Map<TargetId, TargetReading> targets,
        Map<TargetId, TargetReading> denied,
        Map<TargetId, EarlierReading> earlier,
        List<HoldReading> holds,
        Company company) {
    public SegmentReading {
        targets = inOrder(targets);
        denied = inOrder(denied);
        earlier = Map.copyOf(earlier);
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
     * What may be held against another segment's failure: what was seen in the round, or not long before. Of what was asked this morning
     * nobody knows what it would have said now.
     */
    public Optional<TargetReading> control(TargetId id) {
        return target(id)
                .or(() -> Optional.ofNullable(earlier.get(id))
                        .filter(EarlierReading::isControl)
                        .map(EarlierReading::reading));
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
        earlier.forEach((id, told) -> all.put(id, told.reading()));
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
