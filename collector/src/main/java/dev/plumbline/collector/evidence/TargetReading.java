package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One target on one segment in one round.
 *
 * @param points of the direct way: one for each address, or one without address when the name did not resolve; empty when nothing was seen
 * @param proxied one for each attempt through a proxy
 * @param unsteady an address was silent in one try and answered in another: the sign of loss or of a jam
 * @param loss what its connections tell of packets that were lost
 * @param timeline one line for each try and address
 */
public record TargetReading(
        Target target,
        List<PointReading> points,
        List<ProxiedReading> proxied,
        Instant observedAt,
        Duration latency,
        boolean unsteady,
        Loss loss,
        List<String> timeline) {
    public TargetReading {
        points = List.copyOf(points);
        proxied = List.copyOf(proxied);
        timeline = List.copyOf(timeline);
    }

    private static final String REFUSED = "refused by the agent's own policy";

    /** Of a target that the agent's host does not allow to be probed: no evidence of anything, and said so. */
    static TargetReading refused(AgentId agent, Target target, long round, Instant at) {
        Witness witness = new Witness(
                agent.segment(),
                agent.name(),
                target.id(),
                target.transport(),
                Endpoint.NONE,
                Endpoint.NONE,
                at,
                REFUSED);
        PointReading point = new PointReading(
                Point.of(
                        AttemptReader.names(target, target.hostInRound(round)),
                        target.transport(),
                        target.port(),
                        Optional.empty()),
                Layer.NOTHING,
                false,
                Symptom.NO_EVIDENCE,
                false,
                0,
                REFUSED,
                Optional.empty(),
                false,
                PathFacts.NOTHING,
                List.of(),
                Optional.empty(),
                witness);
        return new TargetReading(
                target, List.of(point), List.of(), at, Duration.ZERO, false, Loss.UNKNOWN, List.of(at + " " + REFUSED));
    }

    /** True when the agent's own policy refused it. */
    public boolean isRefused() {
        return points.size() == 1 && points.get(0).said().equals(REFUSED);
    }

    /** Whether the target works, as far as this segment's facts go. */
    public enum Result {
        /** Some address proved everything and none failed. */
        PASS,
        /** Some addresses work, others fail. */
        PARTIAL,
        /** Everything that was tried failed, confirmed. */
        FAIL,
        /** Failed once, not confirmed. */
        SOFT,
        /** Nothing was seen that says anything. */
        NOTHING
    }

    public Result result() {
        boolean proved = false;
        boolean hard = false;
        boolean soft = false;
        for (PointReading point : points) {
            proved |= point.proved();
            hard |= point.failed() && point.hard();
            soft |= point.failed() && !point.hard();
        }
        if (hard) {
            return proved ? Result.PARTIAL : soft ? Result.SOFT : Result.FAIL;
        }
        return proved ? Result.PASS : soft ? Result.SOFT : Result.NOTHING;
    }

    /** Whether it was seen no earlier than something else began. */
    public boolean isSeenSince(Instant begun) {
        return !observedAt.isBefore(begun);
    }

    /** Points that failed, confirmed. */
    public List<PointReading> failures() {
        List<PointReading> failures = new ArrayList<>();
        for (PointReading point : points) {
            if (point.failed() && point.hard()) {
                failures.add(point);
            }
        }
        return Collections.unmodifiableList(failures);
    }

    /** The same, by what is wrong with them. */
    public Map<Symptom, List<PointReading>> failuresBySymptom() {
        return failures().stream()
                .collect(Collectors.groupingBy(
                        PointReading::symptom, () -> new EnumMap<>(Symptom.class), Collectors.toList()));
    }

    /** The same without some of its points: those that are explained. */
    public TargetReading without(Set<PointReading> explained) {
        return new TargetReading(
                target,
                points.stream().filter(p -> !explained.contains(p)).toList(),
                proxied,
                observedAt,
                latency,
                unsteady,
                loss,
                timeline);
    }

    /**
     * Whether a connection that was accepted at a point tells of the servers. A box on the way accepts in the place of servers
     * that are gone, in one family perhaps: where nothing of the point's family proves itself, a connection may be no server's.
     */
    public boolean bearsWitness(PointReading point) {
        return any(other -> other.proved() && other.isIpv6() == point.isIpv6());
    }

    /** The same with those points alone that bear witness. */
    public TargetReading witnessing() {
        boolean six = any(p -> p.proved() && p.isIpv6());
        boolean rest = any(p -> p.proved() && !p.isIpv6());
        Set<PointReading> others = Collections.newSetFromMap(new IdentityHashMap<>());
        for (PointReading point : points) {
            if (!(point.isIpv6() ? six : rest)) {
                others.add(point);
            }
        }
        return others.isEmpty() ? this : without(others);
    }

    public boolean any(Predicate<PointReading> test) {
        for (PointReading point : points) {
            if (test.test(point)) {
                return true;
            }
        }
        return false;
    }

    /** Of what tells readings apart; the facts are too many to be gone through for it. */
    @Override
    public int hashCode() {
        return Objects.hash(target.id(), observedAt, points.size());
    }
}
