package dev.plumbline.collector.judge;

import dev.plumbline.collector.evidence.Build;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.TargetId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which targets an agent's build proved to its end and the next one never did: what stopped with a new version began there. In
 * memory; after a restart of the collector no build is known to be new.
 */
final class FormerBuilds {
    private final Map<AgentId, Map<TargetId, Standing>> byAgent = new HashMap<>();

    /**
     * @param since the first round in which this build was heard of the target
     * @param latest the latest one
     * @param firstProof round in which this build proved it first; the greatest number while it did not
     * @param stands whether it proved it when the target last failed or was proved
     * @param former an earlier build that proved it to its end, of which no later one did
     */
    private record Standing(
            Build build, long since, long latest, long firstProof, boolean stands, Optional<Build> former) {
        private static final long NEVER = Long.MAX_VALUE;

        static Standing of(Build build, long round) {
            return new Standing(build, round, round, NEVER, false, Optional.empty());
        }

        Standing in(Build now, long round) {
            if (now.equals(build)) {
                return new Standing(build, since, round, firstProof, stands, former);
            }
            Optional<Build> handedOn =
                    stands ? Optional.of(build) : firstProof == NEVER ? former : Optional.<Build>empty();
            return new Standing(now, round, round, NEVER, false, handedOn);
        }

        Standing seen(TargetReading reading) {
            if (reading.any(PointReading::proved)) {
                return stands && firstProof <= latest
                        ? this
                        : new Standing(build, since, latest, Math.min(firstProof, latest), true, former);
            }
            return !stands || reading.failures().isEmpty()
                    ? this
                    : new Standing(build, since, latest, firstProof, false, former);
        }

        /** As it was known in a round. */
        Optional<Build> formerly(Build now, long round) {
            return now.equals(build) && round >= since && round < firstProof ? former : Optional.empty();
        }
    }

    /** Remembers what a round showed, unless a later one did; the reading, with what former builds proved by that round. */
    SegmentReading learn(SegmentReading reading, long round) {
        return reading.build().map(build -> learn(reading, build, round)).orElse(reading);
    }

    private SegmentReading learn(SegmentReading reading, Build build, long round) {
        Map<TargetId, Standing> standings =
                byAgent.computeIfAbsent(new AgentId(reading.segment().id(), reading.agent()), agent -> new HashMap<>());
        Map<TargetId, Build> formerly = new HashMap<>();
        for (TargetReading target : reading.targets().values()) {
            TargetId id = target.target().id();
            Standing standing = standings.computeIfAbsent(id, first -> Standing.of(build, round));
            if (round >= standing.latest()) {
                standing = standing.in(build, round).seen(target);
                standings.put(id, standing);
            }
            standing.formerly(build, round).ifPresent(former -> formerly.put(id, former));
        }
        return formerly.isEmpty() ? reading : reading.in(reading.company().after(formerly));
    }
}
