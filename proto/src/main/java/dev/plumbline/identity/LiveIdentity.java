package dev.plumbline.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate and key, which may be replaced while it serves: each handshake shows what is in force when it begins. Any
 * thread.
 */
public final class LiveIdentity extends X509ExtendedKeyManager {
    private final AtomicLong generation = new AtomicLong();
    /** A handshake asks several times: what it chose stays until the replacement after the next. */
    private final Map<String, TlsMaterial> byAlias = new ConcurrentHashMap<>();

    private volatile TlsMaterial current;

    public LiveIdentity(TlsMaterial first) {
        this.current = first;
        byAlias.put(alias(0), first);
    }

    private static String alias(long generation) {
        return "own-" + generation;
    }

    public TlsMaterial current() {
        return current;
    }

    /** From now on it is this; connections that stand are left alone. */
    public synchronized void replace(TlsMaterial next) {
        if (!next.identity().equals(current.identity())) {
            throw new IllegalArgumentException("a certificate of " + next.identity() + " does not replace one of "
                    + current.identity());
        }
        long number = generation.incrementAndGet();
        byAlias.put(alias(number), next);
        byAlias.remove(alias(number - 2));
        current = next;
    }

    /** The same, with certificates after its own chain that peers look for there. */
    public X509ExtendedKeyManager showing(List<X509Certificate> more) {
        return new Showing(this, more);
    }

    private @Nullable String chosen(String keyType) {
        TlsMaterial now = current;
        if (!keyType.equals(now.key().getAlgorithm())) {
            return null;
        }
        return byAlias.entrySet().stream()
                .filter(e -> e.getValue() == now)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chosen(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chosen(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chosen(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsMaterial own = byAlias.get(alias);
        return own == null ? null : own.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsMaterial own = byAlias.get(alias);
        return own == null ? null : own.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private static final class Showing extends X509ExtendedKeyManager {
        private final LiveIdentity own;
        private final List<X509Certificate> more;

        Showing(LiveIdentity own, List<X509Certificate> more) {
            this.own = own;
            this.more = List.copyOf(more);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return own.chosen(keyType);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return own.chosen(keyType);
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return own.getServerAliases(keyType, issuers);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            X509Certificate[] chain = own.getCertificateChain(alias);
            if (chain == null) {
                return null;
            }
            List<X509Certificate> all = new ArrayList<>(List.of(chain));
            more.stream().filter(c -> !all.contains(c)).forEach(all::add);
            return all.toArray(new X509Certificate[0]);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return own.getPrivateKey(alias);
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
