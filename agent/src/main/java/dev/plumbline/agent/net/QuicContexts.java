package dev.plumbline.agent.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Client contexts for QUIC that accept every certificate and write down what they saw, one for each offer. Nothing is loaded
 * before the first is asked for: QUIC's library brings a TLS of its own, which takes memory.
 */
final class QuicContexts {
    private final Map<List<String>, Recording> byOffer = new ConcurrentHashMap<>();

    private final AtomicInteger engines = new AtomicInteger();

    record Recording(QuicSslContext context, Captures captures) {}

    /**
     * One for a handshake that is whole. The library resumes a session under the same name and port, and a server that is
     * resumed shows no certificate: no two engines are told the same port, which serves for nothing else.
     */
    QuicSslEngine engine(Recording recording, ByteBufAllocator allocator, String serverName) {
        return recording.context().newEngine(allocator, serverName, engines.incrementAndGet());
    }

    /** Why this platform has no QUIC; empty when it has. The first to ask loads the library. */
    String lacking() {
        Throwable cause = Quic.isAvailable() ? null : Quic.unavailabilityCause();
        if (cause == null) {
            return "";
        }
        String said = cause.getMessage();
        return "no QUIC library for this platform" + (said == null ? "" : ": " + said);
    }

    /** Only where nothing is lacking. */
    Recording offering(List<String> alpn) {
        return byOffer.computeIfAbsent(List.copyOf(alpn), QuicContexts::recording);
    }

    private static Recording recording(List<String> alpn) {
        Captures captures = new Captures(false);
        QuicSslContext context = QuicSslContextBuilder.forClient()
                .applicationProtocols(alpn.toArray(String[]::new))
                .trustManager(captures.trust())
                .keyManager(captures.keys(), null)
                // The name is judged later, from the captured chain.
                .endpointIdentificationAlgorithm("")
                .sessionCacheSize(1)
                .build();
        return new Recording(context, captures);
    }
}
