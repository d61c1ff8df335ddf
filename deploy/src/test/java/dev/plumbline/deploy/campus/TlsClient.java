package dev.plumbline.deploy.campus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A client of the JDK's own TLS that looks at everything and refuses nothing. */
final class TlsClient {
    /** What a handshake showed. */
    record Seen(List<X509Certificate> chain, String alpn, String version, boolean certificateRequested) {
        X509Certificate leaf() {
            return chain.get(0);
        }

        String issuer() {
            return leaf().getIssuerX500Principal().getName();
        }
    }

    private TlsClient() {}

    static Seen shake(InetSocketAddress where, String serverName, String... alpn) throws IOException {
        AtomicBoolean asked = new AtomicBoolean();
        try (SSLSocket socket = open(where, serverName, asked, alpn)) {
            socket.startHandshake();
            List<X509Certificate> chain = Arrays.stream(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
            return new Seen(
                    chain, socket.getApplicationProtocol(), socket.getSession().getProtocol(), asked.get());
        }
    }

    /** A connection before its handshake. */
    static SSLSocket open(InetSocketAddress where, String serverName, AtomicBoolean asked, String... alpn)
            throws IOException {
        Socket plain = new Socket(where.getAddress(), where.getPort());
        plain.setSoTimeout(30_000);
        SSLSocket socket = (SSLSocket) context(asked)
                .getSocketFactory()
                .createSocket(plain, where.getAddress().getHostAddress(), where.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (!serverName.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        return socket;
    }

    static SSLContext context(AtomicBoolean asked) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Asked(asked)}, new TrustManager[] {new TrustAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** Has no certificate and remembers that one was wanted. */
    private static final class Asked extends X509ExtendedKeyManager {
        private final AtomicBoolean asked;

        Asked(AtomicBoolean asked) {
            this.asked = asked;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            asked.set(true);
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
    }
}
