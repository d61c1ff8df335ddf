package dev.plumbline.deploy.campus;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made at start: its certificate, the way up to its root, and the key that signs. */
final class Authority {
    private static final AtomicLong SERIALS = new AtomicLong(System.nanoTime() & 0xffffffffffL);
    private static final Duration LIFE = Duration.ofDays(397);

    private final X500Name name;
    private final X509Certificate certificate;
    private final PrivateKey key;
    private final List<X509Certificate> intermediates;
    private final boolean namesRevocation;

    private Authority(
            X500Name name,
            X509Certificate certificate,
            PrivateKey key,
            List<X509Certificate> intermediates,
            boolean namesRevocation) {
        this.namesRevocation = namesRevocation;
        this.name = name;
        this.certificate = certificate;
        this.key = key;
        this.intermediates = intermediates;
    }

    static Authority root(String name) {
        KeyPair pair = newKey();
        X500Name subject = new X500Name(name);
        X509Certificate self = sign(subject, pair.getPrivate(), subject, pair, List.of(), true, List.of());
        return new Authority(subject, self, pair.getPrivate(), List.of(), false);
    }

    /** An issuing CA below this one, with {@code markers} as extensions. */
    Authority issuing(String name, String... markers) {
        KeyPair pair = newKey();
        X500Name subject = new X500Name(name);
        X509Certificate signed = sign(this.name, key, subject, pair, List.of(), true, List.of(markers));
        List<X509Certificate> way = new ArrayList<>(List.of(signed));
        way.addAll(intermediates);
        return new Authority(subject, signed, pair.getPrivate(), way, false);
    }

    /** The same, naming in its leaves where their status, their issuer and the list of the revoked are to be had. */
    Authority namingRevocation() {
        return new Authority(name, certificate, key, intermediates, true);
    }

    X500Name name() {
        return name;
    }

    ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("this Java cannot sign with an EC key", e);
        }
    }

    /** A server's chain, leaf first and without the root, as it travels in the handshake. */
    List<X509Certificate> leaf(String organisation, KeyPair pair, List<String> dnsNames, String... markers) {
        X500Name subject = new X500Name("O=" + organisation + ",CN=" + dnsNames.get(0));
        List<X509Certificate> chain = new ArrayList<>(
                List.of(sign(name, key, subject, pair, dnsNames, false, List.of(markers), namesRevocation)));
        chain.addAll(intermediates);
        return chain;
    }

    /** A certificate that nobody but itself vouches for. */
    static List<X509Certificate> selfSigned(String subject, KeyPair pair, String dnsName) {
        X500Name name = new X500Name(subject);
        return List.of(sign(name, pair.getPrivate(), name, pair, List.of(dnsName), false, List.of()));
    }

    X509Certificate certificate() {
        return certificate;
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make EC keys", e);
        }
    }

    private static X509Certificate sign(
            X500Name issuer,
            PrivateKey issuerKey,
            X500Name subject,
            KeyPair pair,
            List<String> dnsNames,
            boolean ca,
            List<String> markers) {
        return sign(issuer, issuerKey, subject, pair, dnsNames, ca, markers, false);
    }

    private static X509Certificate sign(
            X500Name issuer,
            PrivateKey issuerKey,
            X500Name subject,
            KeyPair pair,
            List<String> dnsNames,
            boolean ca,
            List<String> markers,
            boolean namesRevocation) {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIALS.incrementAndGet()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(LIFE)),
                subject,
                pair.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            if (!ca) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
                builder.addExtension(Extension.subjectAlternativeName, false, names(dnsNames));
            }
            if (namesRevocation) {
                builder.addExtension(Extension.authorityInfoAccess, false, Revocation.access());
                builder.addExtension(Extension.cRLDistributionPoints, false, Revocation.lists());
            }
            for (String marker : markers) {
                builder.addExtension(new ASN1ObjectIdentifier(marker), false, DERNull.INSTANCE);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make the certificate of " + subject, e);
        }
    }

    private static GeneralNames names(List<String> dnsNames) {
        return new GeneralNames(dnsNames.stream()
                .map(n -> new GeneralName(GeneralName.dNSName, n))
                .toArray(GeneralName[]::new));
    }
}
