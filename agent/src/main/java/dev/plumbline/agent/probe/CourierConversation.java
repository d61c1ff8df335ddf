package dev.plumbline.agent.probe;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** TLS to a push courier; after the handshake a courier waits for credentials that we do not have. */
final class CourierConversation implements Conversation {
    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        return new AlpnLadder(talk).climb().thenApply(climbed -> {
            climbed.closeAll();
            return climbed.said(Optional.empty());
        });
    }
}
