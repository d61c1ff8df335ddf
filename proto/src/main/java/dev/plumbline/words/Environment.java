package dev.plumbline.words;

import java.util.List;

/**
 * The agent's own host, as far as a verdict needs it.
 *
 * @param sourceAddresses addresses that leave by the default routes, one of each family at most
 * @param unfitReason a sentence, empty when the host is fit to accuse anybody
 * @param surroundings what was found around it; {@link Surroundings#UNSEEN} where nobody looked
 */
public record Environment(
        String agentVersion,
        String platform,
        String tlsEngine,
        List<String> sourceAddresses,
        List<String> resolvers,
        String unfitReason,
        Surroundings surroundings) {
    public Environment {
        sourceAddresses = List.copyOf(sourceAddresses);
        resolvers = List.copyOf(resolvers);
    }

    /** A host that nobody looked around on. */
    public Environment(
            String agentVersion,
            String platform,
            String tlsEngine,
            List<String> sourceAddresses,
            List<String> resolvers,
            String unfitReason) {
        this(agentVersion, platform, tlsEngine, sourceAddresses, resolvers, unfitReason, Surroundings.UNSEEN);
    }

    public Environment with(Surroundings seen) {
        return new Environment(agentVersion, platform, tlsEngine, sourceAddresses, resolvers, unfitReason, seen);
    }

    public boolean isFit() {
        return unfitReason.isEmpty();
    }
}
