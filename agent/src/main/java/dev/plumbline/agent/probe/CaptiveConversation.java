package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The page that devices ask for, asked by nobody in particular, and beside it, on a connection of its own, as Apple's portal
 * detection asks: portals let the one pass and not the other.
 */
final class CaptiveConversation implements Conversation {
    /** The detection's name; the number changes with every system and portals look at the word alone. */
    static final String DETECTION = "CaptiveNetworkSupport-514 wispr";

    private static final String AS_ANYBODY = "GET as anybody";
    private static final String AS_DETECTION = "GET as CaptiveNetworkSupport";

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        CompletableFuture<Exchange> anybody = ask(talk, talk.channel(), AS_ANYBODY, HttpAsk.USER_AGENT);
        CompletableFuture<Attempt> detection = talk.network()
                .connector()
                .tcp(talk.loop(), talk.remote(), talk.left())
                .thenCompose(connection -> connection
                        .channel()
                        .map(channel -> ask(talk, channel, AS_DETECTION, DETECTION)
                                .thenApply(exchange -> attempt(talk, connection, Optional.of(exchange))))
                        .orElseGet(
                                () -> CompletableFuture.completedFuture(attempt(talk, connection, Optional.empty()))));
        return anybody.thenCombine(
                detection,
                (exchange, attempt) -> new Said(List.of(), Optional.of(exchange), List.of(), List.of(attempt)));
    }

    private static CompletableFuture<Exchange> ask(Talk talk, Channel channel, String asked, String userAgent) {
        return Http1Exchange.run(
                talk,
                channel,
                HttpAsk.get(
                                talk.host(),
                                talk.target().path().isEmpty()
                                        ? "/"
                                        : talk.target().path())
                        .with("user-agent", userAgent)
                        .asking(asked));
    }

    private static Attempt attempt(Talk talk, Connection connection, Optional<Exchange> exchange) {
        return new Attempt(
                talk.host(),
                Transport.TCP,
                connection.local(),
                Endpoints.of(connection.remote()),
                connection.startedAt(),
                connection.failure(),
                connection.elapsed(),
                connection.synRoundTrip(),
                List.of(),
                exchange,
                WhoAnswered.NOTHING);
    }
}
