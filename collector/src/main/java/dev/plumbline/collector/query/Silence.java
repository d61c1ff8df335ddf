package dev.plumbline.collector.query;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which segments are not being looked at: what is stored of them is history and no answer. Pure.
 *
 * @param connected agents that hold a stream
 * @param latest the latest closed round that each segment was heard in
 * @param patience how old a segment's latest round may be
 */
record Silence(Set<AgentId> connected, Map<SegmentId, Long> latest, Duration patience, Instant now) {
    /** Why nothing is known of the segment now; empty when it is being looked at. */
    Optional<String> of(SegmentId segment) {
        boolean isConnected = connected.stream().anyMatch(a -> a.segment().equals(segment));
        Optional<Instant> heard = Optional.ofNullable(latest.get(segment)).map(Instant::ofEpochMilli);
        if (!isConnected) {
            return Optional.of(
                    heard.map(at -> "no agent of this segment is connected; its latest round was " + text(at))
                            .orElse("no agent of this segment has ever been heard"));
        }
        if (heard.isEmpty()) {
            return Optional.of("no round of this segment has closed yet");
        }
        return heard.filter(at -> at.plus(patience).isBefore(now))
                .map(at -> "the segment's agent is connected but has finished no round since " + text(at));
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
