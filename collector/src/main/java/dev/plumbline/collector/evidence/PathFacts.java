package dev.plumbline.collector.evidence;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.util.Optional;

/**
 * What one point's tries tell of the way there: who answered, how fast, and whether size matters.
 *
 * @param whoAnswered of the try that speaks for the point
 * @param canaryAccepted in any try a port accepted that nothing listens on
 * @param synRoundTrip shortest of all tries, zero when not measured
 * @param firstFlight shortest from a ClientHello to its answer, zero when none came
 * @param helloArrived in a silent handshake the peer acknowledged all that was sent: the answer is missing, not the hello
 * @param smallSegments the handshake repeated with small segments, of the last try that did
 * @param via who says in the answer that he passed it on last (RFC 9110 7.6.3), empty when nobody does
 */
public record PathFacts(
        WhoAnswered whoAnswered,
        boolean canaryAccepted,
        Duration synRoundTrip,
        Duration firstFlight,
        boolean helloArrived,
        Optional<SmallSegments> smallSegments,
        Optional<String> via) {
    public static final PathFacts NOTHING = new PathFacts(
            WhoAnswered.NOTHING, false, Duration.ZERO, Duration.ZERO, false, Optional.empty(), Optional.empty());

    static PathFacts of(Attempt attempt) {
        Duration flight = Duration.ZERO;
        boolean arrived = false;
        for (Handshake handshake : attempt.handshakes()) {
            flight = shorter(flight, handshake.firstFlight());
            arrived |= handshake.failure().kind() == FailureKind.TLS_SILENT
                    && handshake
                            .tcpState()
                            .filter(state -> state.unacknowledged() == 0)
                            .isPresent();
        }
        return new PathFacts(
                attempt.whoAnswered(),
                attempt.whoAnswered().canaryAccepted(),
                attempt.synRoundTrip(),
                flight,
                arrived,
                attempt.smallSegments(),
                attempt.exchange().flatMap(PathFacts::via));
    }

    /** Each box adds itself at the end, so the last is the one nearest to the agent. */
    private static Optional<String> via(Exchange exchange) {
        return Optional.ofNullable(exchange.headers().get("via"))
                .map(all -> all.substring(all.lastIndexOf(',') + 1).trim())
                .filter(last -> !last.isEmpty());
    }

    /** Together with those of another try, whose who-answered does not speak for the point. */
    PathFacts and(PathFacts other) {
        return new PathFacts(
                whoAnswered,
                canaryAccepted || other.canaryAccepted,
                shorter(synRoundTrip, other.synRoundTrip),
                shorter(firstFlight, other.firstFlight),
                helloArrived || other.helloArrived,
                smallSegments.isPresent() ? smallSegments : other.smallSegments,
                via.isPresent() ? via : other.via);
    }

    /** A handshake that was silent stands with small segments. */
    public boolean smallStands() {
        return smallSegments.filter(SmallSegments::stand).isPresent();
    }

    /** Zero stands for not measured. */
    private static Duration shorter(Duration one, Duration other) {
        if (one.isZero() || other.isZero()) {
            return one.isZero() ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
