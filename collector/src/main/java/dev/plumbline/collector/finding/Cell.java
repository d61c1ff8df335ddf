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
 * @param rules the rule that won and those that lost
 * @param recent what the latest rounds said
 * @param seen what of it can be compared with another segment
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
        List<RuleTrace> rules,
        Recent recent,
        Seen seen) {
    public Cell {
        addresses = isInOrder(addresses)
                ? List.copyOf(addresses)
                : addresses.stream().sorted().distinct().toList();
        timeline = List.copyOf(timeline);
        rules = List.copyOf(rules);
    }

    private static boolean isInOrder(List<String> texts) {
        for (int i = 1; i < texts.size(); i++) {
            if (texts.get(i - 1).compareTo(texts.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** One of which no earlier round is known. */
    public Cell(
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
            List<RuleTrace> rules) {
        this(
                segment,
                target,
                required,
                state,
                because,
                soft,
                round,
                observedAt,
                addresses,
                latency,
                timeline,
                rules,
                Recent.NONE,
                Seen.NOTHING);
    }

    /** The same in another state. */
    public Cell with(State other) {
        return with(other, because);
    }

    /** The same in another state for another reason. */
    public Cell with(State other, String reason) {
        return with(other, reason, recent, seen);
    }

    /** The same with what the latest rounds said. */
    public Cell with(Recent rounds) {
        return with(state, because, rounds, seen);
    }

    /** The same with what can be compared of it. */
    public Cell with(Seen sight) {
        return with(state, because, recent, sight);
    }

    private Cell with(State other, String reason, Recent rounds, Seen sight) {
        return new Cell(
                segment,
                target,
                required,
                other,
                reason,
                soft,
                round,
                observedAt,
                addresses,
                latency,
                timeline,
                rules,
                rounds,
                sight);
    }
}
