package dev.plumbline.agent.probe;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** TLS, then the list of published systems: a JSON object, in whose first kilobytes the word for the asset sets is looked for. */
final class PmvConversation implements Conversation {
    private static final String ASSET_SETS = "\"PublicAssetSets\"";
    private static final Appetite LIST =
            new Appetite(Answer.MAX_BODY_BYTES, Answer.MAX_BODY_BYTES, PmvConversation::read);

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        return new AlpnLadder(talk)
                .climb()
                .thenCompose(climbed -> climbed.ask(
                        HttpAsk.get(talk.target().serverName(), talk.target().path())
                                .wanting(LIST),
                        talk));
    }

    private static void read(Answer answer, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{") && text.contains(ASSET_SETS)) {
            answer.seen("content", "public-asset-sets");
        }
    }
}
