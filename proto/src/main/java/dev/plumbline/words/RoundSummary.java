package dev.plumbline.words;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What ends a round for an agent.
 *
 * @param demand the collector's demand that started the round, empty for a scheduled one
 */
public record RoundSummary(
        long round,
        String planHash,
        Instant startedAt,
        Instant endedAt,
        List<TargetId> probed,
        Map<TargetId, Skip> skipped,
        Environment environment,
        String demand) {
    public RoundSummary {
        probed = List.copyOf(probed);
        skipped = Map.copyOf(skipped);
    }

    public RoundSummary with(Environment seen) {
        return new RoundSummary(round, planHash, startedAt, endedAt, probed, skipped, seen, demand);
    }
}
