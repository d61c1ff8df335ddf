package dev.plumbline.collector.judge;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.words.Sha256;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Roots and leaves made for a test run: Apple-like private, public, a later one, and a campus gateway's own. */
public final class TestPki {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-12-31T00:00:00Z");

    private final KeyPair keys;
    private final Map<Sha256, X509Certificate> certificates = new HashMap<>();
    private final X509Certificate privateRoot;
    private final X509Certificate privateIssuer;
    private final X509Certificate publicRoot;
    private final X509Certificate foreignRoot;
    private final X509Certificate rotatedRoot;
    private final Map<String, Sha256> leaves = new HashMap<>();
    private long serial = 1;

    public TestPki() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        privateRoot = make("CN=Test private root", "CN=Test private root", true, null, null);
        privateIssuer = make(
                "CN=Apple Server Authentication CA,O=Apple Inc.",
                "CN=Test private root",
                true,
                null,
                "1.2.840.113635.100.6.2.12");
        publicRoot = make("CN=Test public root", "CN=Test public root", true, null, null);
        foreignRoot = make(
                "CN=Campus Web Gateway CA,O=Hochschule", "CN=Campus Web Gateway CA,O=Hochschule", true, null, null);
        rotatedRoot = make(
                "CN=Apple Public Server CA 99,O=Apple Inc.",
                "CN=Apple Public Server CA 99,O=Apple Inc.",
                true,
                null,
                null);
    }

    public X509Certificate privateRoot() {
        return privateRoot;
    }

    public X509Certificate publicRoot() {
        return publicRoot;
    }

    public Map<Sha256, X509Certificate> certificates() {
        return certificates;
    }

    public List<Sha256> genuine(IdentityClass identity, String name) {
        return identity == IdentityClass.APPLE_PRIVATE
                ? List.of(leaf(name, privateIssuer, "1.2.840.113635.100.6.27.5.2"), hash(privateIssuer))
                : List.of(leaf(name, publicRoot, null));
    }

    public List<Sha256> foreign(String name) {
        return List.of(leaf(name, foreignRoot, null));
    }

    public List<Sha256> rotated(String name) {
        return List.of(leaf(name, rotatedRoot, null));
    }

    private Sha256 leaf(String name, X509Certificate issuer, @Nullable String marker) {
        return leaves.computeIfAbsent(
                name + " by " + subject(issuer), key -> hash(make("CN=" + name, subject(issuer), false, name, marker)));
    }

    /** In the order of the encoding, so that names chain. */
    private static String subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .toString();
    }

    private Sha256 hash(X509Certificate certificate) {
        try {
            Sha256 hash = Sha256.of(certificate.getEncoded());
            certificates.put(hash, certificate);
            return hash;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate make(
            String subject, String issuer, boolean authority, @Nullable String name, @Nullable String marker) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(serial++),
                    Date.from(FROM),
                    Date.from(TO),
                    new X500Name(subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (name != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
            }
            if (marker != null) {
                builder.addExtension(new ASN1ObjectIdentifier(marker), false, DERNull.INSTANCE);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
