package dev.plumbline.agent.net;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** Client contexts that accept every certificate and write down what they saw, one for each offer at least. */
final class TlsContexts {
    private static final List<String> USUAL_VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    private final Map<Offer, Recording> byOffer = new ConcurrentHashMap<>();
    private final SslProvider provider;

    TlsContexts(SslProvider provider) {
        this.provider = provider;
    }

    /** BoringSSL where its library loads, the JDK's TLS otherwise. */
    static SslProvider bestProvider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    String engine() {
        return provider == SslProvider.JDK ? "JDK " + Runtime.version() : OpenSsl.versionString();
    }

    /** A context and where it writes what it sees: shared with BoringSSL, made for every handshake with the JDK's TLS. */
    Recording offering(List<String> alpn, List<String> versions) {
        Offer offer = new Offer(List.copyOf(alpn), versions.isEmpty() ? USUAL_VERSIONS : List.copyOf(versions));
        if (provider == SslProvider.JDK) {
            return recording(offer, new Captures(true));
        }
        return byOffer.computeIfAbsent(offer, some -> recording(some, new Captures(false)));
    }

    private record Offer(List<String> alpn, List<String> versions) {}

    record Recording(SslContext context, Captures captures) {}

    private Recording recording(Offer offer, Captures captures) {
        return new Recording(build(offer, captures), captures);
    }

    private SslContext build(Offer offer, Captures captures) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(provider)
                    .protocols(offer.versions())
                    .trustManager(captures.trust())
                    .keyManager(captures.keys())
                    // The name is judged later, from the captured chain.
                    .endpointIdentificationAlgorithm("");
            if (!offer.alpn().isEmpty()) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        offer.alpn()));
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS context for the offer " + offer, e);
        }
    }
}
