package dev.plumbline.collector.delivery;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS to a receiver, whose certificate must name it and lead to the platform's anchors, or to the configured ones. */
final class Tls {
    private Tls() {}

    /** @throws IOException with a sentence when the anchors cannot be used */
    static SSLContext context(Optional<Path> trust) throws IOException {
        try {
            if (trust.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (X509Certificate anchor : TlsFiles.anchors(trust.get())) {
                anchors.setCertificateEntry("anchor-" + anchors.size(), anchor);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Over a connection that stands; closing it closes that one too. */
    static SSLSocket over(Socket socket, String host, int port, Optional<Path> trust) throws IOException {
        SSLSocket secured = (SSLSocket) context(trust).getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
