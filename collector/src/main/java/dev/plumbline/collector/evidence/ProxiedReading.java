package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.ThroughProxy;
import java.util.Optional;

/**
 * What came of one target through a proxy, which says nothing of the direct way.
 *
 * @param proxy as it was found, host and port
 * @param foundBy as {@link ThroughProxy} has it
 * @param sight what was seen through it: its address is the proxy's, its symptom that of the target seen so
 */
public record ProxiedReading(String proxy, String foundBy, Result result, PointReading sight) {
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
     * @param sight the attempt, held against the target's expectation
     * @return empty for a direct attempt
     */
    static Optional<ProxiedReading> of(Attempt attempt, PointReading sight) {
        return attempt.proxy()
                .map(way -> new ProxiedReading(way.name(), way.foundBy(), result(attempt, way, sight.proved()), sight));
    }

    /** Somebody else's chain was shown through it. */
    public boolean isForeign() {
        return sight.symptom() == Symptom.FOREIGN_CHAIN;
    }

    /** Where the target is to be found, whatever the proxy's address. */
    public Point point() {
        Point seen = sight.point();
        return new Point(seen.names(), seen.transport(), seen.port(), Optional.empty());
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
