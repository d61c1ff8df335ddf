package dev.plumbline.agent.probe;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A plain HTTP GET that follows no redirect: captive-portal body, configuration bag, certificate services. */
final class HttpConversation implements Conversation {
    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        String path = Optional.of(talk.target().path())
                .filter(given -> !given.isEmpty())
                .orElse("/");
        return Http1Exchange.run(talk, talk.channel(), HttpAsk.get(talk.host(), path))
                .thenApply(Said::exchange);
    }
}
