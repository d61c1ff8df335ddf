package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.QuicHandshaker;
import dev.plumbline.agent.net.Secured;
import dev.plumbline.words.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks for the versions first, then shakes hands as HTTP/3 does (RFC 9114 §3.2), on a socket of its own: whoever looks for
 * QUIC sees there what it sees of any client. The handshake begins when the versions are known, and at the latest after a
 * part of the time: who drops the question may let the handshake pass.
 */
final class Http3Conversation implements Conversation {
    /** What is offered where the target says nothing else. */
    private static final List<String> HTTP3 = List.of("h3");

    /** Of the time there is: what remains suffices for a handshake to be sent three times (RFC 9002 §6.2). */
    private static final int LATEST_PART = 5;

    private final Conversation versions = new QuicConversation();

    @Override
    public CompletableFuture<Said> hold(Talk talk) {
        QuicHandshaker quic = talk.network().handshaker().quic();
        CompletableFuture<Said> negotiated = versions.hold(talk);
        List<String> alpn = alpn(talk);
        // The first to ask loads a library, which would make every time-out of the loop late.
        CompletableFuture<String> lacking = CompletableFuture.supplyAsync(
                () -> quic.prepare(alpn), talk.network().loops().desk());
        CompletableFuture<Void> due = new CompletableFuture<>();
        negotiated.thenRun(() -> due.complete(null));
        long latest = talk.left().dividedBy(LATEST_PART).toNanos();
        talk.loop().schedule(() -> due.complete(null), latest, TimeUnit.NANOSECONDS);
        return due.thenCombineAsync(lacking, (now, why) -> why, talk.loop())
                .thenCompose(why -> why.isEmpty() ? shake(talk, quic, alpn) : none(why))
                .thenCombine(negotiated, Shaken::after);
    }

    /** @param lacking why there is no handshake; empty when there is one */
    private record Shaken(List<Secured> handshakes, String lacking) {
        Said after(Said negotiated) {
            return lacking.isEmpty() ? negotiated.and(handshakes) : without(negotiated, lacking);
        }
    }

    private static CompletableFuture<Shaken> none(String lacking) {
        return CompletableFuture.completedFuture(new Shaken(List.of(), lacking));
    }

    private static CompletableFuture<Shaken> shake(Talk talk, QuicHandshaker quic, List<String> alpn) {
        return talk.network()
                .connector()
                .udp(talk.loop(), talk.remote())
                .thenCompose(connection -> connection.channel().isEmpty()
                        ? none("this host gave no second socket: "
                                + connection.failure().detail())
                        : secure(talk, quic, connection, alpn).thenApply(secured -> new Shaken(List.of(secured), "")));
    }

    private static CompletableFuture<Secured> secure(
            Talk talk, QuicHandshaker quic, Connection connection, List<String> alpn) {
        return quic.secure(connection.channel().orElseThrow(), talk.target().serverName(), alpn, talk.left());
    }

    private static List<String> alpn(Talk talk) {
        return talk.target().alpnLadder().stream()
                .filter(offer -> !offer.isEmpty())
                .findFirst()
                .map(offer -> List.of(offer.split(",", -1)))
                .orElse(HTTP3);
    }

    private static Said without(Said said, String lacking) {
        Optional<Exchange> exchange = said.exchange().map(e -> e.seeing("handshake", "not measured: " + lacking));
        return new Said(said.handshakes(), exchange, said.evidence());
    }
}
