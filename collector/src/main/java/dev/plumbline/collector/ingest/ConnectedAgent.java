package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Surroundings.ClockOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An agent whose stream stands and has said hello.
 *
 * @param caller what its connection proves
 * @param incarnation of its spool: another one is another installation
 * @param clockAhead the agent's clock less the collector's: at the hello, the way of the message included, then as the agent's
 *     rounds say
 * @param lastHeardAt when its latest message came
 * @param planHash plan that it was last given or said to have
 * @param losses what it could not keep, by its latest batch of this stream
 */
public record ConnectedAgent(
        Caller caller,
        SegmentId segment,
        UUID incarnation,
        String version,
        Instant since,
        Instant lastHeardAt,
        Duration clockAhead,
        String planHash,
        Losses losses) {
    public SpiffeId identity() {
        return caller.identity();
    }

    public String name() {
        return identity().name();
    }

    /** The same installation at the same address: its newer stream means that the older one is dead. */
    boolean isSameHost(ConnectedAgent other) {
        return incarnation.equals(other.incarnation) && caller.address().equals(other.caller.address());
    }

    ConnectedAgent heard(Instant at, String plan) {
        return new ConnectedAgent(caller, segment, incarnation, version, since, at, clockAhead, plan, losses);
    }

    ConnectedAgent with(Losses told) {
        return new ConnectedAgent(
                caller, segment, incarnation, version, since, lastHeardAt, clockAhead, planHash, told);
    }

    /** What was measured before this stream began, and waited in the spool, is older than what the hello showed. */
    ConnectedAgent told(List<RoundSummary> rounds) {
        return rounds.stream()
                .map(r -> r.environment().surroundings().clockOffset())
                .flatMap(Optional::stream)
                .filter(clock -> clock.measuredAt().plus(clock.offset()).isAfter(since))
                .reduce((earlier, later) -> later)
                .map(this::with)
                .orElse(this);
    }

    private ConnectedAgent with(ClockOffset clock) {
        Duration ahead = clock.offset().negated();
        return new ConnectedAgent(caller, segment, incarnation, version, since, lastHeardAt, ahead, planHash, losses);
    }
}
