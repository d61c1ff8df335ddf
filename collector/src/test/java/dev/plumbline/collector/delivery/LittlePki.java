package dev.plumbline.collector.delivery;

import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.identity.TlsFiles;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's certificate for 127.0.0.1, and the authority that it leads to. */
record LittlePki(SSLContext server, Path trust) {
    static LittlePki make(Path folder) throws Exception {
        Path pki = folder.resolve("pki");
        new AuthorityFolder(pki).init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        TlsFiles.Chain chain =
                TlsFiles.chain(pki.resolve("collector.pem"), pki.resolve("collector.key"), Instant.now());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "server", chain.key(), new char[0], chain.certificates().toArray(new X509Certificate[0]));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new LittlePki(context, pki.resolve("ca.pem"));
    }
}
