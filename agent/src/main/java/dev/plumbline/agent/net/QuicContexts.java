package dev.plumbline.agent.net;

import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Client contexts for QUIC that accept every certificate and write down what they saw, one for each offer. Nothing is loaded
 * before the first is asked for: QUIC's library brings a TLS of its own, which takes memory.
 */
final class QuicContexts {
    private final Map<List<String>, Recording> byOffer = new ConcurrentHashMap<>();

    record Recording(QuicSslContext context, Captures captures) {}

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
                .build();
        return new Recording(context, captures);
    }
}
