package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.Optional;

/**
 * When a segment last saw one name or address of a target's pool. Later instants outweigh earlier ones, so the order in
 * which sights are added up does not matter.
 *
 * @param member a name of the pool, or an address that one of them had
 * @param address true for an address
 * @param seen last time that the name had an address, or that it was the address of a name
 * @param connected last time that a connection to it, or to an address of the name, stood
 * @param proved last time that it, or an address of the name, answered as the target's expectation asks
 */
public record PoolSight(
        SegmentId segment,
        TargetId target,
        String member,
        boolean address,
        Instant seen,
        Optional<Instant> connected,
        Optional<Instant> proved) {}
