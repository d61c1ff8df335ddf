package dev.plumbline.agent.net;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A server's certificate under a CA of its own, made when the test runs. */
public final class TestCertificate {
    private static final char[] PASSWORD = "test".toCharArray();

    private final X509Certificate authority;
    private final X509Certificate leaf;
    private final KeyPair key;
    private final KeyPair authorityKey;

    /** @param name a host's, or an identity: spiffe://... */
    public TestCertificate(String name) {
        try {
            this.authorityKey = keyPair();
            this.key = keyPair();
            this.authority = sign("CN=Test CA", "CN=Test CA", authorityKey, authorityKey, "");
            String subject = name.startsWith("spiffe:") ? "CN=identity" : "CN=" + name;
            this.leaf = sign("CN=Test CA", subject, authorityKey, key, name);
        } catch (Exception e) {
            throw new IllegalStateException("no certificate for the test", e);
        }
    }

    public X509Certificate authority() {
        return authority;
    }

    /** The same name and key as the authority's under another number. */
    public X509Certificate anotherAuthority() {
        try {
            return sign("CN=Test CA", "CN=Test CA", authorityKey, authorityKey, "");
        } catch (Exception e) {
            throw new IllegalStateException("no certificate for the test", e);
        }
    }

    public List<X509Certificate> chain() {
        return List.of(leaf, authority);
    }

    public PrivateKey key() {
        return key.getPrivate();
    }

    /** A context that shows the chain and can verify clients under the same CA. */
    public SSLContext serverContext() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("leaf", key.getPrivate(), PASSWORD, new Certificate[] {leaf, authority});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            TrustManager[] managers = trust.getTrustManagers();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), managers, null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException("no TLS context for the test", e);
        }
    }

    private static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            String issuer, String subject, KeyPair issuerKey, KeyPair subjectKey, String name) throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(30, ChronoUnit.DAYS)),
                new X500Name(subject),
                subjectKey.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(name.isEmpty()));
        if (!name.isEmpty()) {
            int kind = name.startsWith("spiffe:") ? GeneralName.uniformResourceIdentifier : GeneralName.dNSName;
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, name)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
    }
}
