package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One target on one segment as one round shows it.
 *
 * @param soft seen once, not yet confirmed
 * @param addresses that the name had, in order of text
 * @param latency smallest time of connect plus handshake, zero when none succeeded
 * @param timeline what was seen, one line an attempt
 * @param contrast the same target elsewhere in the same round, one line a segment
 * @param rules the rule that won and those that lost
 */
public record Cell(
        SegmentId segment,
        TargetId target,
        boolean required,
        State state,
        String because,
        boolean soft,
        long round,
        Instant observedAt,
        List<String> addresses,
        Duration latency,
        List<String> timeline,
        List<String> contrast,
        List<RuleTrace> rules) {
    public Cell {
        addresses = addresses.stream().sorted().distinct().toList();
        timeline = List.copyOf(timeline);
        contrast = List.copyOf(contrast);
        rules = List.copyOf(rules);
    }

    /** The same in another state. */
    public Cell with(State other) {
        return new Cell(
                segment,
                target,
                required,
                other,
                because,
                soft,
                round,
                observedAt,
                addresses,
                latency,
                timeline,
                contrast,
                rules);
    }
}
