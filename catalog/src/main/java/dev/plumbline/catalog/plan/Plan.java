package dev.plumbline.catalog.plan;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an agent is to do: immutable, named by the hash of its content.
 *
 * @param hash lower-case hex SHA-256, empty while the plan is not sealed
 * @param unread targets that a newer collector asked for in words that this version does not know, each with the sentence
 *     that says which; such a plan is kept as the message that it came in, for it cannot be written again from here
 */
public record Plan(
        String hash,
        String site,
        SegmentId segment,
        List<Target> targets,
        Map<TargetId, String> unread,
        Settings settings) {
    public Plan {
        targets = List.copyOf(targets);
        unread = Map.copyOf(unread);
    }

    /** A plan that is not sealed yet. */
    public static Plan of(String site, SegmentId segment, List<Target> targets, Settings settings) {
        return new Plan("", site, segment, targets, Map.of(), settings);
    }

    /**
     * How agents are to go about it, the same for a whole site.
     *
     * @param stageTimeout time that one stage may take: resolve, connect, handshake plus exchange
     * @param confirmations how often a failed target is probed again at once
     * @param connectionsPerSecond bound of new connections when nobody waits for the answer
     */
    public record Settings(Duration round, Duration stageTimeout, int confirmations, int connectionsPerSecond) {
        public static final Settings DEFAULT = new Settings(Duration.ofMinutes(5), Duration.ofSeconds(4), 1, 20);

        public Settings {
            if (round.compareTo(Duration.ofSeconds(10)) < 0 || stageTimeout.compareTo(Duration.ofMillis(100)) < 0) {
                throw new IllegalArgumentException("a round takes at least 10 s and a stage at least 100 ms");
            }
            if (confirmations < 0 || connectionsPerSecond < 1) {
                throw new IllegalArgumentException(
                        "confirmations are not negative and at least one connection a second is made");
            }
        }
    }
}
