package dev.plumbline.agent.hostile;

import dev.plumbline.agent.net.TestCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** A TLS server that shows many certificates, all by one name and one key: every one may have issued every other. */
final class LongChain extends X509ExtendedKeyManager {
    private static final TestCertificate OWN = new TestCertificate("long.chain.test");

    private final X509Certificate[] chain;

    private LongChain(X509Certificate[] chain) {
        this.chain = chain;
    }

    static LongChain of(int certificates) {
        List<X509Certificate> chain = new ArrayList<>(List.of(OWN.chain().get(0)));
        while (chain.size() < certificates) {
            chain.add(OWN.anotherAuthority());
        }
        return new LongChain(chain.toArray(X509Certificate[]::new));
    }

    /** Shakes hands, then answers whatever is asked with a short page. */
    Hostile.Script shown() {
        SSLContext context = context();
        return wire -> wire.secured(context, secure -> {
            secure.in().read();
            secure.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
            secure.silence();
        });
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, null, null);
            return context;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("no TLS context for the test", e);
        }
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return keyType.startsWith("EC") ? "chain" : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {"chain"};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return OWN.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
