package dev.plumbline.deploy.proof;

import dev.plumbline.identity.TlsMaterial;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connections on which a row speaks for itself, byte by byte. */
final class Tls {
    private static final int TO_CONNECT_MILLIS = 20_000;

    private final SSLContext context;

    private Tls(SSLContext context) {
        this.context = context;
    }

    static Tls withoutCertificate() {
        return of(Optional.empty());
    }

    static Tls with(TlsMaterial own) {
        return of(Optional.of(own));
    }

    private static Tls of(Optional<TlsMaterial> own) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    own.isPresent() ? keys(own.get()) : new KeyManager[0],
                    InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
                    null);
            return new Tls(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the platform has no TLS 1.3", e);
        }
    }

    private static KeyManager[] keys(TlsMaterial own) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        return keys.getKeyManagers();
    }

    /** Below TLS. */
    static Socket plain(int port, InetAddress from, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(Loopback.home(), port), TO_CONNECT_MILLIS);
            socket.setSoTimeout(timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** After the handshake as this end sees it: a server that refuses a certificate says so at the first read. */
    SSLSocket shaken(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(plain, Loopback.home().getHostAddress(), plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
