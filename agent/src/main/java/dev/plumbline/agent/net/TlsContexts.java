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

/** Client contexts that accept every certificate and write down what they saw, one for each ALPN offer. */
final class TlsContexts {
    private final Captures captures = new Captures();
    private final Map<List<String>, SslContext> byOffer = new ConcurrentHashMap<>();
    private final SslProvider provider;

    TlsContexts(SslProvider provider) {
        this.provider = provider;
    }

    /** BoringSSL where its library loads, the JDK's TLS otherwise. */
    static SslProvider bestProvider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    Captures captures() {
        return captures;
    }

    String engine() {
        return provider == SslProvider.JDK ? "JDK " + Runtime.version() : OpenSsl.versionString();
    }

    SslContext offering(List<String> alpn) {
        return byOffer.computeIfAbsent(List.copyOf(alpn), this::build);
    }

    private SslContext build(List<String> alpn) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(provider)
                    .protocols("TLSv1.2", "TLSv1.3")
                    .trustManager(captures.trust())
                    .keyManager(captures.keys())
                    // The name is judged later, from the captured chain.
                    .endpointIdentificationAlgorithm("");
            if (!alpn.isEmpty()) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        alpn));
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS context for the offer " + alpn, e);
        }
    }
}
