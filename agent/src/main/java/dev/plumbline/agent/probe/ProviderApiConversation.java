package dev.plumbline.agent.probe;

import java.util.concurrent.CompletableFuture;

/** A push without credentials to a device that cannot exist: any documented refusal with an apns-id is healthy. */
final class ProviderApiConversation implements Conversation {
    private static final String NO_DEVICE = "/3/device/" + "0".repeat(64);

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        return new AlpnLadder(talk)
                .climb()
                .thenCompose(climbed ->
                        climbed.ask(HttpAsk.postJson(talk.target().serverName(), path(talk), "{\"aps\":{}}"), talk));
    }

    private static String path(Talk talk) {
        return talk.target().path().isEmpty() ? NO_DEVICE : talk.target().path();
    }
}
