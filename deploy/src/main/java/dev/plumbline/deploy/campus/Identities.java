package dev.plumbline.deploy.campus;

import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** Every certificate of the campus: who signs for whom, and one TLS context for each identity, made when first asked. */
final class Identities {
    private static final String APPLE = "Apple Inc.";
    private static final String V3 = "apns-security-v3";
    private static final String INTERMEDIATE_MARKER = "1.2.840.113635.100.6.2.12";
    private static final String LEAF_MARKER = "1.2.840.113635.100.6.27.5.2";
    private static final Set<String> PRIVATE_HOSTS = Set.of("init.push.apple.com", "gdmf.apple.com", "gsa.apple.com");
    private static final String TLS13_ONLY = "doh.dns.apple.com";

    private final KeyPair leafKey = Authority.newKey();
    private final Authority appleRoot =
            Authority.root("C=US,O=Campus stand-in for Apple Inc.,CN=Campus private root (stands for Apple Root CA)");
    private final Authority appleServers = appleRoot.issuing(
            "C=US,O=Apple Inc.,OU=Apple Certification Authority,CN=Apple Server Authentication CA",
            INTERMEDIATE_MARKER);
    private final Authority publicRoot =
            Authority.root("C=US,O=Campus stand-in for a public root,CN=Campus public root (not Apple)");
    private final Authority applePublic = publicRoot
            .issuing("C=US,ST=California,O=Apple Inc.,CN=Apple Public Server ECC CA 12 - G1")
            .namingRevocation();
    private final Authority others = publicRoot.issuing("C=US,O=Campus public CA,CN=Campus Public TLS CA 2");
    private final X509Certificate deviceCa = Authority.root(
                    "C=US,O=Apple Inc.,OU=Apple iPhone,CN=Apple iPhone Device CA")
            .certificate();
    private final Map<String, Authority> middleboxes = new ConcurrentHashMap<>();
    private final Map<List<String>, SslContext> contexts = new ConcurrentHashMap<>();
    private final Map<String, QuicSslContext> quicContexts = new ConcurrentHashMap<>();

    Anchors anchors() {
        return new Anchors(appleRoot.certificate(), publicRoot.certificate());
    }

    /** What the services that revoke certificates answer. */
    Revocation revocation() {
        return new Revocation(applePublic);
    }

    String bag() {
        return Bag.signed(leafKey.getPrivate(), courierLeaf());
    }

    /** A courier ignores the name and shows a chain by the ALPN offer; only the old offer meets a certificate request. */
    SslContext courier(List<String> offer) {
        boolean v3 = offer.contains(V3);
        return contexts.computeIfAbsent(List.of("courier", v3 ? V3 : ""), k -> v3 ? courierV3() : courierV2());
    }

    private SslContext courierV3() {
        return build(server(courierLeaf()).applicationProtocolConfig(alpn(SelectorFailureBehavior.NO_ADVERTISE, V3)));
    }

    private List<X509Certificate> courierLeaf() {
        return appleServers.leaf(
                APPLE, leafKey, List.of("courier.push.apple.com", "courier.sandbox.push.apple.com"), LEAF_MARKER);
    }

    private SslContext courierV2() {
        List<X509Certificate> chain = applePublic.leaf(
                APPLE,
                leafKey,
                List.of("courier.push.apple.com", "*.push.apple.com", "courier.sandbox.push.apple.com"));
        return build(asking(server(chain))
                .applicationProtocolConfig(alpn(
                        SelectorFailureBehavior.NO_ADVERTISE,
                        "apns-security-v2",
                        "apns-pack-v1:4096:4096",
                        "apns-pack-v1")));
    }

    SslContext providerApi() {
        return contexts.computeIfAbsent(List.of("api"), k -> {
            List<X509Certificate> chain = applePublic.leaf(
                    APPLE,
                    leafKey,
                    List.of("api.push.apple.com", "api.sandbox.push.apple.com", "api.development.push.apple.com"));
            return build(
                    asking(server(chain)).applicationProtocolConfig(alpn(SelectorFailureBehavior.FATAL_ALERT, "h2")));
        });
    }

    /** A web host's own certificate. */
    SslContext web(String host) {
        return contexts.computeIfAbsent(List.of("web", host), k -> {
            SslContextBuilder builder = server(webChain(host))
                    .applicationProtocolConfig(alpn(SelectorFailureBehavior.NO_ADVERTISE, "h2", "http/1.1"));
            return build(host.equals(TLS13_ONLY) ? builder.protocols("TLSv1.3") : builder);
        });
    }

    /** The same in QUIC, for HTTP/3. */
    QuicSslContext quic(String host) {
        return quicContexts.computeIfAbsent(host, h -> http3(webChain(h)));
    }

    /** A self-signed web page of somebody else, in QUIC. */
    QuicSslContext quicStranger(String organisation, String host) {
        return quicContexts.computeIfAbsent(
                host, h -> http3(Authority.selfSigned("O=" + organisation + ",CN=" + h, leafKey, h)));
    }

    private QuicSslContext http3(List<X509Certificate> chain) {
        return QuicSslContextBuilder.forServer(leafKey.getPrivate(), null, chain.toArray(X509Certificate[]::new))
                .applicationProtocols("h3")
                .build();
    }

    private List<X509Certificate> webChain(String host) {
        return PRIVATE_HOSTS.contains(host)
                ? appleServers.leaf(APPLE, leafKey, List.of(host), LEAF_MARKER)
                : publicly(host);
    }

    private List<X509Certificate> publicly(String host) {
        boolean apples = host.contains("apple") || host.contains("icloud");
        return apples
                ? applePublic.leaf(APPLE, leafKey, List.of(host))
                : others.leaf("Campus third party", leafKey, List.of(host));
    }

    /** What a middlebox shows for {@code host}: signed by its own CA, no ALPN, no certificate request. */
    SslContext intercepted(String issuer, String host) {
        return contexts.computeIfAbsent(
                List.of("intercepted", issuer, host),
                k -> build(server(middlebox(issuer).leaf("Hochschule Beispiel IT", leafKey, List.of(host)))));
    }

    private Authority middlebox(String issuer) {
        return middleboxes.computeIfAbsent(issuer, i -> Authority.root("C=DE,O=Hochschule Beispiel IT,CN=" + i));
    }

    /** A self-signed web page of somebody else: the alert for an offer without HTTP/1.1 comes before any certificate. */
    SslContext stranger(String organisation, String host) {
        return contexts.computeIfAbsent(
                List.of("stranger", host),
                k -> build(server(Authority.selfSigned("O=" + organisation + ",CN=" + host, leafKey, host))
                        .applicationProtocolConfig(alpn(SelectorFailureBehavior.FATAL_ALERT, "http/1.1"))));
    }

    private SslContextBuilder server(List<X509Certificate> chain) {
        return SslContextBuilder.forServer(leafKey.getPrivate(), chain.toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.2", "TLSv1.3");
    }

    private SslContextBuilder asking(SslContextBuilder builder) {
        return builder.clientAuth(ClientAuth.OPTIONAL).trustManager(new AnyDevice(deviceCa));
    }

    private static ApplicationProtocolConfig alpn(SelectorFailureBehavior mismatch, String... protocols) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN, mismatch, SelectedListenerFailureBehavior.ACCEPT, protocols);
    }

    private static SslContext build(SslContextBuilder builder) {
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java cannot serve TLS with an EC key", e);
        }
    }
}
