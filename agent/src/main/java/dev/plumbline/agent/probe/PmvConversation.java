package dev.plumbline.agent.probe;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * TLS, then the list of published systems: a JSON object with the asset sets, those for everybody or those for managed devices.
 * Their keys stand in any order in a list of some hundred kilobytes, so it is looked through as it comes; of one that is longer
 * than what is read, it is said that only its beginning was.
 */
final class PmvConversation implements Conversation {
    static final int MOST_BYTES = 4 << 20;

    private static final String PUBLIC = "PublicAssetSets";
    private static final String MANAGED = "AssetSets";

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        TopKeys keys = new TopKeys(Set.of(PUBLIC, MANAGED));
        Appetite list = new Appetite(MOST_BYTES, 0, (answer, none) -> read(answer, keys)).passing(keys::see);
        return new AlpnLadder(talk)
                .climb()
                .thenCompose(climbed -> climbed.ask(
                        HttpAsk.get(talk.target().serverName(), talk.target().path())
                                .wanting(list),
                        talk));
    }

    private static void read(Answer answer, TopKeys keys) {
        boolean cut = !keys.isWhole();
        if (keys.found().contains(PUBLIC)) {
            answer.seen("content", "public-asset-sets");
        } else if (keys.found().contains(MANAGED)) {
            answer.seen("content", "asset-sets");
        } else if (keys.isObject() && cut && answer.bodyBytes() >= MOST_BYTES) {
            answer.seen("content", "json");
            answer.seen("read", "beginning");
        }
    }
}
