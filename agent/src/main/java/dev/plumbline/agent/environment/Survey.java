package dev.plumbline.agent.environment;

import dev.plumbline.agent.probe.Proxies;
import dev.plumbline.words.Surroundings;
import java.util.concurrent.CompletableFuture;

/**
 * A look around the host, under way beside a round.
 *
 * @param seen completes normally within bounded time
 * @param proxies names a proxy for a target once
 */
public record Survey(CompletableFuture<Surroundings> seen, Proxies proxies) {
    public static final Survey NONE = new Survey(CompletableFuture.completedFuture(Surroundings.UNSEEN), Proxies.NONE);
}
