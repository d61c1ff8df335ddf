package dev.plumbline.words;

import java.util.List;

/**
 * One thing that a helper beyond the segment was asked to send back, and what came: a control that assumes nothing of Apple.
 *
 * @param attempt the connection: 5-tuple, time, chain and answer; its host is empty, since a helper is known by address
 * @param changes what differs from what was sent, for people; empty unless {@link EchoAnswer#ALTERED}
 * @param seenFrom whom the helper saw asking: the address behind which this segment leaves, or that of a proxy;
 *     {@link Endpoint#NONE} when it did not say
 */
public record Echo(EchoAsk ask, EchoAnswer answer, Attempt attempt, List<String> changes, Endpoint seenFrom) {
    /** Most changes that are kept, and the longest. */
    public static final int MAX_CHANGES = 16;

    private static final int MAX_CHANGE_CHARS = 200;

    public Echo {
        changes = changes.stream()
                .limit(MAX_CHANGES)
                .map(c -> c.substring(0, Math.min(c.length(), MAX_CHANGE_CHARS)))
                .toList();
        if (answer != EchoAnswer.UNKNOWN && (answer == EchoAnswer.ALTERED) == changes.isEmpty()) {
            throw new IllegalArgumentException(
                    "what is altered, and only that, has changes; not " + answer + " with " + changes.size());
        }
        if (answer == EchoAnswer.OTHER_KEY && ask != EchoAsk.TLS && ask != EchoAsk.UNKNOWN) {
            throw new IllegalArgumentException("only TLS shows a key, not " + ask);
        }
    }

    /** The helper's address and port. */
    public Endpoint helper() {
        return attempt.remote();
    }
}
