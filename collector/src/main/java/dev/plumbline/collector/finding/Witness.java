package dev.plumbline.collector.finding;

import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Instant;

/**
 * One observed 5-tuple with its time, so that a firewall log can be searched.
 *
 * @param local {@link Endpoint#NONE} when no connection got that far
 * @param remote the resolver for failures of DNS
 * @param saw what was seen, in a few words
 */
public record Witness(
        SegmentId segment,
        String agent,
        TargetId target,
        Transport transport,
        Endpoint local,
        Endpoint remote,
        Instant at,
        String saw) {}
