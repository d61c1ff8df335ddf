package dev.plumbline.words;

import java.util.List;

/**
 * The agent's own host, as far as a verdict needs it.
 *
 * @param sourceAddresses addresses that leave by the default routes, one of each family at most
 * @param unfitReason a sentence, empty when the host is fit to accuse anybody
 */
public record Environment(
        String agentVersion,
        String platform,
        String tlsEngine,
        List<String> sourceAddresses,
        List<String> resolvers,
        String unfitReason) {
    public Environment {
        sourceAddresses = List.copyOf(sourceAddresses);
        resolvers = List.copyOf(resolvers);
    }

    public boolean isFit() {
        return unfitReason.isEmpty();
    }
}
