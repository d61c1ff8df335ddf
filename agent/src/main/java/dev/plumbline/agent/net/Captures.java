package dev.plumbline.agent.net;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What peers showed and asked during handshakes that are under way: recorded, never refused. */
final class Captures {
    private final Map<Object, List<X509Certificate>> chains = new ConcurrentHashMap<>();
    private final Map<Object, Boolean> asked = new ConcurrentHashMap<>();
    private final boolean sole;

    /** @param sole for a single handshake: the JDK's managers see another engine object than the pipeline's */
    Captures(boolean sole) {
        this.sole = sole;
    }

    private Object key(SSLEngine engine) {
        return sole ? this : engine;
    }

    /** The chain this engine's peer sent, leaf first; forgets it. */
    List<X509Certificate> takeChain(SSLEngine engine) {
        List<X509Certificate> chain = chains.remove(key(engine));
        return chain == null ? List.of() : chain;
    }

    /** Whether this engine's peer asked for a client certificate; forgets it. */
    boolean takeAsked(SSLEngine engine) {
        return asked.remove(key(engine)) != null;
    }

    X509ExtendedTrustManager trust() {
        return new Trust();
    }

    X509ExtendedKeyManager keys() {
        return new Keys();
    }

    private final class Trust extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            chains.put(key(engine), List.of(chain));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private final class Keys extends X509ExtendedKeyManager {
        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
            asked.put(key(engine), true);
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
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
}
