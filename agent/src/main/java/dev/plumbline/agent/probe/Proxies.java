package dev.plumbline.agent.probe;

import dev.plumbline.catalog.Target;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tells which proxy, if any, a target is tried through besides the direct way. */
@FunctionalInterface
public interface Proxies {
    Proxies NONE = (target, host) -> CompletableFuture.completedFuture(Optional.empty());

    /** Always completes normally, within a bounded time; empty when the target is not tried through any. */
    CompletableFuture<Optional<ProxyChoice>> proxyFor(Target target, String host);
}
