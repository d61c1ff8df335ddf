package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An agent whose stream stands and has said hello.
 *
 * @param caller what its connection proves
 * @param incarnation of its spool: another one is another installation
 * @param clockAhead the agent's clock less the collector's at the hello, the way of the message included
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
}
