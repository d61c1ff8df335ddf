package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.identity.Pem;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * What servers and a gateway of the campus show. One RSA key, which lies in a file, signs all of them: its signatures are the same
 * each time, so that a later run on the same folder shows the same certificates.
 */
final class Chains {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2036-01-01T00:00:00Z");
    private static final String PRIVATE_ROOT = "CN=Bench private root";
    private static final String PRIVATE_ISSUER = "CN=Apple Server Authentication CA,O=Apple Inc.";
    private static final String PUBLIC_ROOT = "CN=Bench public root";
    private static final String PUBLIC_ISSUER = "CN=Apple Public Server RSA CA 1 - G1,O=Apple Inc.";
    private static final String GATEWAY = "CN=Campus Web Gateway CA,O=Hochschule Beispiel";
    private static final Optional<String> NO_MARKER = Optional.empty();

    private final PrivateKey key;
    private final PublicKey opener;
    private final Map<Sha256, Evidence> evidence = new HashMap<>();
    private final Map<String, Sha256> leaves = new HashMap<>();
    private final X509Certificate privateRoot;
    private final X509Certificate publicRoot;
    private final Sha256 privateIssuer;
    private final Sha256 publicIssuer;

    private Chains(PrivateKey key, PublicKey opener) {
        this.key = key;
        this.opener = opener;
        this.privateRoot = make(PRIVATE_ROOT, PRIVATE_ROOT, Optional.empty(), NO_MARKER);
        this.publicRoot = make(PUBLIC_ROOT, PUBLIC_ROOT, Optional.empty(), NO_MARKER);
        this.privateIssuer =
                kept(make(PRIVATE_ISSUER, PRIVATE_ROOT, Optional.empty(), Optional.of("1.2.840.113635.100.6.2.12")));
        this.publicIssuer = kept(make(PUBLIC_ISSUER, PUBLIC_ROOT, Optional.empty(), NO_MARKER));
    }

    /** @param file where the key lies; made where it is missing */
    static Chains of(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                Files.write(file, generator.generateKeyPair().getPrivate().getEncoded());
            }
            KeyFactory factory = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
            return new Chains(
                    key, factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /** The lines of an overlay that make these roots the world's. */
    String anchors(Path folder) throws IOException {
        Path ours = Files.writeString(folder.resolve("private-root.pem"), Pem.certificate(privateRoot));
        Path all = Files.writeString(folder.resolve("public-root.pem"), Pem.certificate(publicRoot));
        return "anchors:\n  apple-private: [\"" + ours + "\"]\n  public: [\"" + all + "\"]\n";
    }

    /** @param generation which of the certificates that a name has one after the other */
    List<Sha256> genuine(IdentityClass identity, String name, int generation) {
        return identity == IdentityClass.APPLE_PRIVATE
                ? List.of(
                        leaf(name, PRIVATE_ISSUER, generation, Optional.of("1.2.840.113635.100.6.27.5.2")),
                        privateIssuer)
                : List.of(leaf(name, PUBLIC_ISSUER, generation, NO_MARKER), publicIssuer);
    }

    List<Sha256> gateway(String name) {
        return List.of(leaf(name, GATEWAY, 0, NO_MARKER));
    }

    Evidence evidence(Sha256 hash) {
        Evidence known = evidence.get(hash);
        if (known == null) {
            throw new IllegalArgumentException("nobody shows " + hash);
        }
        return known;
    }

    private Sha256 leaf(String name, String issuer, int generation, Optional<String> marker) {
        return leaves.computeIfAbsent(
                name + " by " + issuer + " " + generation,
                k -> kept(make(
                        "CN=" + name + (generation == 0 ? "" : ",OU=" + generation),
                        issuer,
                        Optional.of(name),
                        marker)));
    }

    private Sha256 kept(X509Certificate certificate) {
        try {
            Evidence shown = Evidence.x509(certificate.getEncoded());
            evidence.put(shown.hash(), shown);
            return shown.hash();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was made has an encoding", e);
        }
    }

    /** @param name of a server; empty for an authority */
    private X509Certificate make(String subject, String issuer, Optional<String> name, Optional<String> marker) {
        byte[] text = (subject + " by " + issuer).getBytes(StandardCharsets.UTF_8);
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    new BigInteger(1, Arrays.copyOf(Sha256.of(text).bytes(), 16)),
                    Date.from(FROM),
                    Date.from(TO),
                    new X500Name(subject),
                    opener);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(name.isEmpty()));
            if (name.isPresent()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name.get())));
            }
            if (marker.isPresent()) {
                builder.addExtension(new ASN1ObjectIdentifier(marker.get()), false, DERNull.INSTANCE);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key)));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("every Java platform signs with RSA", e);
        }
    }
}
