package dev.plumbline.words;

import java.util.List;

/**
 * The agent's own host, as far as a verdict needs it.
 *
 * @param sourceAddresses addresses that leave by the default routes, one of each family at most
 * @param unfitReason a sentence, empty when the host is fit to accuse anybody
 * @param surroundings what was found around it; {@link Surroundings#UNSEEN} where nobody looked
 * @param echoes what the helper sent back in this round; empty when the agent knows none
 */
public record Environment(
        String agentVersion,
        String platform,
        String tlsEngine,
        List<String> sourceAddresses,
        List<String> resolvers,
        String unfitReason,
        Surroundings surroundings,
        List<Echo> echoes) {
    public Environment {
        sourceAddresses = List.copyOf(sourceAddresses);
        resolvers = List.copyOf(resolvers);
        echoes = List.copyOf(echoes);
    }

    /** A host that nobody looked around on, and without a helper. */
    public Environment(
            String agentVersion,
            String platform,
            String tlsEngine,
            List<String> sourceAddresses,
            List<String> resolvers,
            String unfitReason) {
        this(
                agentVersion,
                platform,
                tlsEngine,
                sourceAddresses,
                resolvers,
                unfitReason,
                Surroundings.UNSEEN,
                List.of());
    }

    public Environment with(Surroundings seen) {
        return new Environment(
                agentVersion, platform, tlsEngine, sourceAddresses, resolvers, unfitReason, seen, echoes);
    }

    /** The same with what the helper sent back. */
    public Environment with(List<Echo> heard) {
        return new Environment(
                agentVersion, platform, tlsEngine, sourceAddresses, resolvers, unfitReason, surroundings, heard);
    }

    /**
     * The addresses behind which this host leaves, as the helper saw them; empty when it did not. An HTTP echo does not count:
     * what asks there may be a proxy.
     */
    public List<String> egressAddresses() {
        return echoes.stream()
                .filter(echo -> echo.answer() == EchoAnswer.SAME)
                .filter(echo -> echo.ask() == EchoAsk.TLS || echo.ask() == EchoAsk.UDP)
                .map(echo -> echo.seenFrom().address())
                .filter(address -> !address.isEmpty())
                .distinct()
                .toList();
    }

    /** True when somebody showed another key than the helper's. */
    public boolean helperKeyReplaced() {
        return echoes.stream().anyMatch(echo -> echo.answer() == EchoAnswer.OTHER_KEY);
    }

    public boolean isFit() {
        return unfitReason.isEmpty();
    }
}
