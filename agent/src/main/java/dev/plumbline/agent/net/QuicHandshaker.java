package dev.plumbline.agent.net;

import dev.plumbline.agent.net.QuicContexts.Recording;
import dev.plumbline.agent.revocation.RevocationPoints;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.QuicHandshake;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;

/**
 * Performs one QUIC handshake of version 1 (RFC 9000, RFC 9001) over a UDP socket of its own and keeps everything that the
 * peer showed, whether it succeeded or not. Then it says goodbye: nothing is asked.
 */
public final class QuicHandshaker {
    /** What a server may send on its own: HTTP/3 opens three streams, which are read and dropped. */
    private static final long MOST_BYTES = 16 * 1024;

    private static final long MOST_BYTES_OF_STREAM = 4 * 1024;
    private static final long MOST_STREAMS = 3;

    private final QuicContexts contexts;
    private final Ticker ticker;
    private final RevocationPoints revocation;
    private final ShownCertificates shown;

    QuicHandshaker(QuicContexts contexts, Ticker ticker, RevocationPoints revocation, ShownCertificates shown) {
        this.contexts = contexts;
        this.ticker = ticker;
        this.revocation = revocation;
        this.shown = shown;
    }

    /**
     * Loads QUIC's library and makes what an offer needs, where that was not done before: on no loop that sockets live on.
     *
     * @return why no handshake can be made on this platform; empty when one can
     */
    public String prepare(List<String> alpn) {
        String lacking = contexts.lacking();
        if (lacking.isEmpty()) {
            contexts.offering(alpn);
        }
        return lacking;
    }

    /**
     * Shakes hands over a connected UDP socket on which nothing was sent yet; must be called on its loop, and only where
     * nothing is {@linkplain #prepare lacking}. Always completes normally, there; the socket closes by itself.
     *
     * @param serverName SNI; an address is not sent
     * @param alpn offers in order, at least one (RFC 9001 §8.1)
     */
    public CompletableFuture<Secured> secure(Channel socket, String serverName, List<String> alpn, Duration timeout) {
        if (!socket.eventLoop().inEventLoop()) {
            throw new IllegalStateException("a handshake begins on its socket's loop, not on "
                    + Thread.currentThread().getName());
        }
        Recording recording = contexts.offering(alpn);
        QuicSslEngine engine = contexts.engine(recording, socket.alloc(), serverName);
        Endpoint local = Endpoints.of(socket.localAddress());
        FirstError error = new FirstError();
        FirstFlight flight = new FirstFlight(ticker);
        QuicEnd end = new QuicEnd(error);
        long start = ticker.nanos();
        Tail.addBefore(
                socket,
                flight,
                error,
                new QuicClientCodecBuilder()
                        .sslEngineProvider(channel -> engine)
                        .initialMaxData(MOST_BYTES)
                        .initialMaxStreamDataUnidirectional(MOST_BYTES_OF_STREAM)
                        .initialMaxStreamsUnidirectional(MOST_STREAMS)
                        .build());
        QuicChannel.newBootstrap(socket)
                .handler(end)
                .streamHandler(Tail.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeout.toMillis()))
                .connect()
                .addListener(done -> end.connected(done.cause()));
        return end.reached().thenApply(failure -> {
            List<X509Certificate> chain = recording.captures().takeChain(engine);
            boolean asked = recording.captures().takeAsked(engine);
            revocation.learn(chain);
            List<Evidence> evidence = shown.of(chain);
            Seen seen = new Seen(failure, end.close(), ticker.since(start), flight.elapsed(), asked);
            Handshake handshake = handshake(serverName, alpn, local, engine, seen, evidence);
            Tail.closeLater(socket);
            return new Secured(socket, handshake, evidence);
        });
    }

    private record Seen(
            Failure failure,
            Optional<QuicHandshake.Close> close,
            Duration elapsed,
            Duration firstFlight,
            boolean certificateAsked) {}

    private static Handshake handshake(
            String serverName,
            List<String> alpn,
            Endpoint local,
            QuicSslEngine engine,
            Seen seen,
            List<Evidence> evidence) {
        boolean stands = seen.failure().isNone();
        SSLSession session = engine.getSession();
        String selected = engine.getApplicationProtocol();
        return new Handshake(
                serverName,
                alpn,
                List.of(),
                local,
                seen.failure(),
                seen.elapsed(),
                stands ? session.getProtocol() : "",
                stands ? session.getCipherSuite() : "",
                selected == null ? "" : selected,
                seen.certificateAsked(),
                evidence.stream().map(Evidence::hash).toList(),
                seen.firstFlight(),
                Optional.empty(),
                Optional.of(new QuicHandshake(QuicHandshake.VERSION_1, seen.close())));
    }
}
