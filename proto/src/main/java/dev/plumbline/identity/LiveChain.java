package dev.plumbline.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows, of whatever identity, which may be replaced while it serves: each handshake shows what is in force when it
 * begins. Any thread.
 */
public final class LiveChain extends X509ExtendedKeyManager {
    private final Shown shown;
    private final List<X509Certificate> more;

    public LiveChain(TlsFiles.Chain first) {
        this(new Shown(first), List.of());
    }

    private LiveChain(Shown shown, List<X509Certificate> more) {
        this.shown = shown;
        this.more = List.copyOf(more);
    }

    /** The same, also after it is replaced, with certificates after its own chain that peers look for there. */
    public LiveChain showing(List<X509Certificate> others) {
        return new LiveChain(shown, others);
    }

    public TlsFiles.Chain current() {
        return shown.current.chain();
    }

    /** From now on it is this; connections that stand are left alone. */
    public void replace(TlsFiles.Chain next) {
        shown.replace(next);
    }

    private @Nullable String chosen(String keyType) {
        Named now = shown.current;
        return keyType.equals(now.chain().key().getAlgorithm()) ? now.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chosen(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chosen(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chosen(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsFiles.Chain chain = shown.byAlias.get(alias);
        if (chain == null) {
            return null;
        }
        List<X509Certificate> all = new ArrayList<>(chain.certificates());
        more.stream().filter(c -> !all.contains(c)).forEach(all::add);
        return all.toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsFiles.Chain chain = shown.byAlias.get(alias);
        return chain == null ? null : chain.key();
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

    private record Named(String alias, TlsFiles.Chain chain) {}

    private static final class Shown {
        /** A handshake asks several times: what it chose stays until the replacement after the next. */
        private final Map<String, TlsFiles.Chain> byAlias = new ConcurrentHashMap<>();

        private long generation;
        private volatile Named current;

        Shown(TlsFiles.Chain first) {
            current = new Named(alias(0), first);
            byAlias.put(alias(0), first);
        }

        private static String alias(long generation) {
            return "own-" + generation;
        }

        synchronized void replace(TlsFiles.Chain next) {
            generation++;
            byAlias.put(alias(generation), next);
            byAlias.remove(alias(generation - 2));
            current = new Named(alias(generation), next);
        }
    }
}
