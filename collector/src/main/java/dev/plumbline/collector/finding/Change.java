package dev.plumbline.collector.finding;

import java.time.Instant;

/**
 * One line of an incident's history.
 *
 * @param round the round that said so
 * @param at when that round was closed
 * @param said in words, such as the scopes between which it moved; may be empty
 */
public record Change(Kind kind, long round, Instant at, String said) {
    /** What became of the incident. */
    public enum Kind {
        OPENED,
        SCOPE_CHANGED,
        CLOSED,
        REOPENED,
        /** It comes and goes, and stays open meanwhile. */
        FLAPPING,
        /** It no longer comes and goes. */
        STEADY,
        /** Nothing became of it: something is known that was not known then. */
        ANNOTATED
    }
}
