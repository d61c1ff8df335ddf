package dev.plumbline.agent.probe;

import java.util.concurrent.CompletableFuture;

/** The beginning of a property list of megabytes, asked for as a range (RFC 9110 §14.2), with TLS or without. */
final class PlistConversation implements Conversation {
    /** A server that knows no ranges sends the whole; no more than this is read of it. */
    private static final Appetite BEGINNING = new Appetite(16 << 10, 0, (answer, body) -> {});

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        if (!talk.target().probe().seesCertificate()) {
            return Http1Exchange.run(talk, talk.channel(), ask(talk, talk.host()))
                    .thenApply(Said::exchange);
        }
        return new AlpnLadder(talk)
                .climb()
                .thenCompose(climbed -> climbed.ask(ask(talk, talk.target().serverName()), talk));
    }

    private static HttpAsk ask(Talk talk, String host) {
        return HttpAsk.get(host, talk.target().path())
                .with("range", "bytes=0-1023")
                .wanting(BEGINNING);
    }
}
