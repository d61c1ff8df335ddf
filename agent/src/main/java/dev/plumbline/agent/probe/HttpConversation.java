package dev.plumbline.agent.probe;

import java.util.concurrent.CompletableFuture;

/** A plain HTTP GET that follows no redirect. */
final class HttpConversation implements Conversation {
    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        String path = talk.target().path().isEmpty() ? "/" : talk.target().path();
        return Http1Exchange.run(talk, talk.channel(), HttpAsk.get(talk.host(), path))
                .thenApply(Said::exchange);
    }
}
