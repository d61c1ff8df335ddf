package dev.plumbline.collector.evidence;

import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.Map;

/**
 * Who else speaks, or spoke, for a segment: what keeps an agent's own fault from being blamed on the network.
 *
 * @param colleagues what other agents saw in the same round, of those that are in the segment
 * @param formerly targets that an earlier build of the agent proved to its end, with that build, and that this one never did
 */
public record Company(List<SegmentReading> colleagues, Map<TargetId, Build> formerly) {
    /** An agent alone, of which no other build is known. */
    public static final Company NONE = new Company(List.of(), Map.of());

    public Company {
        colleagues = List.copyOf(colleagues);
        formerly = Map.copyOf(formerly);
    }

    /** The same colleagues of an agent that was of another build before. */
    public Company after(Map<TargetId, Build> builds) {
        return new Company(colleagues, builds);
    }
}
