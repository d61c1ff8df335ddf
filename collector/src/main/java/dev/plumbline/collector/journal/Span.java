package dev.plumbline.collector.journal;

import java.time.Instant;

/** A span of time, both ends included. */
public record Span(Instant from, Instant to) {
    public Span {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a span does not end at " + to + ", before it begins at " + from);
        }
    }

    boolean contains(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }
}
