package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;

/**
 * An agent whose stream stands and has said hello.
 *
 * @param clockAhead the agent's clock less the collector's at the hello, the way of the message included
 * @param lastHeardAt when its latest message came
 * @param planHash plan that it was last given or said to have
 * @param losses what it could not keep, by its latest batch of this stream
 */
public record ConnectedAgent(
        SpiffeId identity,
        SegmentId segment,
        String name,
        String version,
        Instant since,
        Instant lastHeardAt,
        Duration clockAhead,
        String planHash,
        Losses losses) {
    ConnectedAgent with(Losses told) {
        return new ConnectedAgent(identity, segment, name, version, since, lastHeardAt, clockAhead, planHash, told);
    }
}
