package dev.plumbline.collector.evidence;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.ThroughProxy;
import java.util.Optional;

/**
 * What came of one target through a proxy, which says nothing of the direct way.
 *
 * @param proxy as it was found, host and port
 */
public record ProxiedReading(String proxy, Result result) {
    private static final int AUTHENTICATION_REQUIRED = 407;

    /** How far the proxy led. */
    public enum Result {
        /** A server answered without a password having been given to the proxy. */
        LEADS_OUT,
        /** The proxy asks for a password, or led out with one. */
        WANTS_PASSWORD,
        /** It refused, was silent, or nothing was proved. */
        NOTHING
    }

    /**
     * @param proved the target's expectation was met through it
     * @return empty for a direct attempt
     */
    static Optional<ProxiedReading> of(Attempt attempt, boolean proved) {
        return attempt.proxy().map(way -> new ProxiedReading(way.name(), result(attempt, way, proved)));
    }

    private static Result result(Attempt attempt, ThroughProxy way, boolean proved) {
        if (way.status() == AUTHENTICATION_REQUIRED) {
            return Result.WANTS_PASSWORD;
        }
        boolean answered = proved
                || attempt.handshakes().stream().anyMatch(h -> h.failure().isNone());
        if (!answered) {
            return Result.NOTHING;
        }
        return way.withCredentials() ? Result.WANTS_PASSWORD : Result.LEADS_OUT;
    }
}
