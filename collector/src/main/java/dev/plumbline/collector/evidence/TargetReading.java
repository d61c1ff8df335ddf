package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

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
        boolean proved = any(PointReading::proved);
        if (any(p -> p.failed() && p.hard())) {
            return proved ? Result.PARTIAL : any(p -> p.failed() && !p.hard()) ? Result.SOFT : Result.FAIL;
        }
        if (any(PointReading::failed)) {
            return proved ? Result.PASS : Result.SOFT;
        }
        return proved ? Result.PASS : Result.NOTHING;
    }

    /** Points that failed, confirmed. */
    public List<PointReading> failures() {
        return points.stream().filter(p -> p.failed() && p.hard()).toList();
    }

    public boolean any(Predicate<PointReading> test) {
        return points.stream().anyMatch(test);
    }
}
