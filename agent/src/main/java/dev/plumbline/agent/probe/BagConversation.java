package dev.plumbline.agent.probe;

import dev.plumbline.words.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The configuration bag over plain HTTP, kept as a whole: its signature is judged where the anchors are. */
final class BagConversation implements Conversation {
    private static final int OK = 200;

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        List<Evidence> kept = new ArrayList<>();
        Appetite whole = new Appetite(Answer.MAX_BODY_BYTES, Answer.MAX_BODY_BYTES, (answer, body) -> {
            // A page in place of the bag is told by its beginning; what was cut cannot be verified.
            boolean complete = answer.status() == OK && answer.bodyBytes() < Answer.MAX_BODY_BYTES;
            if (complete && answer.bodyText().contains("<plist")) {
                Evidence bag = Evidence.body(body);
                answer.keep(bag);
                kept.add(bag);
            }
        });
        return Http1Exchange.run(
                        talk,
                        talk.channel(),
                        HttpAsk.get(talk.host(), talk.target().path()).wanting(whole))
                .thenApply(exchange -> new Said(List.of(), Optional.of(exchange), kept));
    }
}
