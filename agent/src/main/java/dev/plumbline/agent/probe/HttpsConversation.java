package dev.plumbline.agent.probe;

import java.util.concurrent.CompletableFuture;

/** TLS, then a GET that follows no redirect, in the HTTP version that ALPN chose. */
final class HttpsConversation implements Conversation {
    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        return new AlpnLadder(talk)
                .climb()
                .thenCompose(climbed -> climbed.ask(HttpAsk.get(talk.target().serverName(), path(talk)), talk));
    }

    private static String path(Talk talk) {
        return talk.target().path().isEmpty() ? "/" : talk.target().path();
    }
}
