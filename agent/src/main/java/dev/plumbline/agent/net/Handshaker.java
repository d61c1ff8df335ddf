package dev.plumbline.agent.net;

import dev.plumbline.agent.net.TlsContexts.Recording;
import dev.plumbline.agent.revocation.RevocationPoints;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.TcpState;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** Performs one TLS handshake and keeps everything that the peer showed, whether it succeeded or not. */
public final class Handshaker {
    private final TlsContexts contexts;
    private final Ticker ticker;
    private final RevocationPoints revocation = new RevocationPoints();
    private final ShownCertificates shown = new ShownCertificates();
    private final QuicContexts quicContexts;

    private Handshaker(TlsContexts contexts, QuicContexts quicContexts, Ticker ticker) {
        this.contexts = contexts;
        this.quicContexts = quicContexts;
        this.ticker = ticker;
    }

    Handshaker(TlsContexts contexts, Ticker ticker) {
        this(contexts, new QuicContexts(), ticker);
    }

    /** With BoringSSL where its library loads, the JDK's TLS otherwise. */
    public static Handshaker best(Ticker ticker) {
        return new Handshaker(new TlsContexts(TlsContexts.bestProvider()), ticker);
    }

    /** With the same contexts, which take the memory, and without what the other saw. */
    Handshaker apart() {
        return new Handshaker(contexts, quicContexts, ticker);
    }

    /** For handshakes in QUIC, whose certificates are kept with those of the others. */
    public QuicHandshaker quic() {
        return new QuicHandshaker(quicContexts, ticker, revocation, shown);
    }

    /** What the certificates that were shown say of their revocation. */
    RevocationPoints revocation() {
        return revocation;
    }

    /** The TLS library for everything that the agent does: a second one beside it would only take memory. */
    public static SslProvider bestProvider() {
        return TlsContexts.bestProvider();
    }

    /** Name and version of the TLS library. */
    public String engine() {
        return contexts.engine();
    }

    /**
     * Shakes hands on a connection that stands; must be called on its loop. Always completes normally, there.
     *
     * @param serverName SNI, empty to send none
     * @param alpn offers in order, empty to send no ALPN extension
     */
    public CompletableFuture<Secured> secure(Channel channel, String serverName, List<String> alpn, Duration timeout) {
        return secure(channel, serverName, alpn, List.of(), timeout);
    }

    /**
     * The same with some versions of TLS only.
     *
     * @param versions such as {@code TLSv1.3}; empty for the usual offer of 1.2 and 1.3
     */
    public CompletableFuture<Secured> secure(
            Channel channel, String serverName, List<String> alpn, List<String> versions, Duration timeout) {
        if (!channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException("a handshake begins on its channel's loop, not on "
                    + Thread.currentThread().getName());
        }
        CompletableFuture<Secured> secured = new CompletableFuture<>();
        Recording recording = contexts.offering(alpn, versions);
        SslHandler tls = recording.context().newHandler(channel.alloc());
        name(tls.engine(), serverName);
        tls.setHandshakeTimeoutMillis(Math.max(1, timeout.toMillis()));
        FirstError error = new FirstError();
        FirstFlight flight = new FirstFlight(ticker);
        Endpoint local = Endpoints.of(channel.localAddress());
        long start = ticker.nanos();
        tls.handshakeFuture().addListener(done -> {
            Throwable cause = done.cause();
            Failure failure = cause == null ? Failure.none() : FailureClassifier.securing(error.orElse(cause));
            Duration elapsed = ticker.since(start);
            boolean silent = failure.kind() == FailureKind.TLS_SILENT;
            Timing timing = new Timing(elapsed, flight.elapsed(), silent ? TcpStates.of(channel) : Optional.empty());
            if (cause != null) {
                channel.close();
            }
            secured.complete(
                    capture(channel, tls, recording.captures(), serverName, alpn, versions, local, failure, timing));
        });
        // The error comes before TLS: the hello leaves while TLS is added, and what answers it must already find a
        // listener.
        Tail.addBefore(channel, flight, error, tls);
        return secured;
    }

    private record Timing(Duration elapsed, Duration firstFlight, Optional<TcpState> tcpState) {}

    private Secured capture(
            Channel channel,
            SslHandler tls,
            Captures captures,
            String serverName,
            List<String> alpn,
            List<String> versions,
            Endpoint local,
            Failure failure,
            Timing timing) {
        SSLEngine engine = tls.engine();
        List<X509Certificate> chain = captures.takeChain(engine);
        revocation.learn(chain);
        List<Evidence> evidence = shown.of(chain);
        boolean asked = captures.takeAsked(engine);
        SSLSession session = engine.getSession();
        String alpnSelected = tls.applicationProtocol();
        Handshake handshake = new Handshake(
                serverName,
                alpn,
                versions,
                local,
                failure,
                timing.elapsed(),
                failure.isNone() ? session.getProtocol() : "",
                failure.isNone() ? session.getCipherSuite() : "",
                alpnSelected == null ? "" : alpnSelected,
                asked,
                evidence.stream().map(Evidence::hash).toList(),
                timing.firstFlight(),
                timing.tcpState(),
                Optional.empty());
        return new Secured(channel, handshake, evidence);
    }

    private static void name(SSLEngine engine, String serverName) {
        if (serverName.isEmpty()) {
            return;
        }
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        engine.setSSLParameters(parameters);
    }
}
