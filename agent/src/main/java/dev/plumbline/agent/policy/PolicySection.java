package dev.plumbline.agent.policy;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.config.Section;
import java.util.List;

/** The section {@code policy} of the agent's configuration. */
public final class PolicySection {
    private static final int MOST_CONNECTIONS = 100_000;
    private static final int MOST_ROUNDS = 36_000;

    private PolicySection() {}

    /** What the section says, and what is usual where it says nothing. An empty list would allow nothing and is refused. */
    public static Policy read(Section section) {
        List<NamePattern> names = section.values("names", NamePattern::parse);
        List<PortPattern> ports = section.values("ports", PortPattern::parse);
        List<Block> allowed = section.values("connect-to", Block::parse);
        List<Block> forbidden = section.values("never-connect-to", Block::parse);
        needsOne(section, "names", names, "such as \"*.push.apple.com\"");
        needsOne(section, "ports", ports, "such as 443");
        needsOne(section, "connect-to", allowed, "such as 17.0.0.0/8");
        return new Policy(
                names,
                ports,
                allowed,
                Policy.never(forbidden),
                section.integer("connections-per-second", 1, MOST_CONNECTIONS, Policy.STANDARD.connectionsPerSecond()),
                section.integer("rounds-per-hour", 1, MOST_ROUNDS, Policy.STANDARD.roundsPerHour()));
    }

    private static void needsOne(Section section, String key, List<?> values, String example) {
        if (section.has(key) && values.isEmpty() && section.texts(key).isEmpty()) {
            section.problem(
                    key,
                    "names none, which would allow none; write some, " + example
                            + ", or leave the key out to allow all");
        }
    }
}
