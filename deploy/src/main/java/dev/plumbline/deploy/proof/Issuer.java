package dev.plumbline.deploy.proof;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates with a site's key, right ones and such as the product would never make. All have one key, which costs no time. */
final class Issuer {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration SLACK = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(7);

    private final X509Certificate authority;
    private final PrivateKey authorityKey;
    private final KeyPair bearer = newKeys();

    private Issuer(X509Certificate authority, PrivateKey authorityKey) {
        this.authority = authority;
        this.authorityKey = authorityKey;
    }

    /** The authority that {@code plumbline-collector init} wrote. */
    static Issuer read(Path folder) throws Trouble {
        try {
            TlsFiles.Pair pair = TlsFiles.pair(folder.resolve("ca.pem"), folder.resolve("ca.key"), Instant.now());
            return new Issuer(pair.certificate(), pair.key());
        } catch (ConfigException e) {
            throw new Trouble("the site's authority cannot be read", e);
        }
    }

    /** An authority of the same names as another, with a key of its own. */
    static Issuer impostorOf(Issuer other) {
        KeyPair keys = newKeys();
        X500Name name = name(other.authority);
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, serial(), Date.from(now.minus(SLACK)), Date.from(now.plus(LIFE)), name, keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Issuer(sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate authority() {
        return authority;
    }

    TlsMaterial agent(String segment, String name) {
        SpiffeId id = SpiffeId.agent(Site.DOMAIN, Site.ID, new SegmentId(segment), name);
        return material(List.of(id.toString()), id, Instant.now());
    }

    TlsMaterial operator(String name) {
        SpiffeId id = SpiffeId.operator(Site.DOMAIN, Site.ID, name);
        return material(List.of(id.toString()), id, Instant.now());
    }

    /** The agent's certificate as it was made at another time, for seven days. */
    TlsMaterial agentAt(String segment, String name, Instant made) {
        SpiffeId id = SpiffeId.agent(Site.DOMAIN, Site.ID, new SegmentId(segment), name);
        return material(List.of(id.toString()), id, made);
    }

    /** A certificate with these URI names, whatever they say. */
    TlsMaterial named(String... uris) {
        return material(List.of(uris), SpiffeId.operator(Site.DOMAIN, Site.ID, "nobody"), Instant.now());
    }

    private TlsMaterial material(List<String> uris, SpiffeId told, Instant made) {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name(authority),
                serial(),
                Date.from(made.minus(SLACK)),
                Date.from(made.plus(LIFE)),
                new X500Name("CN=proof"),
                bearer.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            if (!uris.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(uris.stream()
                                .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                                .toArray(GeneralName[]::new)));
            }
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
        return new TlsMaterial(List.of(sign(builder, authorityKey)), bearer.getPrivate(), List.of(authority), told);
    }

    private static X500Name name(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static BigInteger serial() {
        return new BigInteger(127, RANDOM);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java platform signs with P-256", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }
}
