package dev.plumbline.collector.enrol;

import dev.plumbline.identity.Pem;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An organisation's root and what it issues, with whatever may be wrong about it. */
final class OrganisationPki {
    /** An authority to be. */
    static final class Wanted {
        final String name;
        KeyPair keys;
        Optional<BasicConstraints> constraints = Optional.of(new BasicConstraints(true));
        int usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
        Optional<KeyPurposeId> purpose = Optional.empty();
        Optional<NameConstraints> names = Optional.empty();
        Instant begins;
        Instant ends;

        Wanted(String name, Instant now) throws Exception {
            this.name = name;
            this.keys = Requests.ec("secp256r1");
            this.begins = now.minus(Duration.ofDays(1));
            this.ends = now.plus(Duration.ofDays(1000));
        }
    }

    private OrganisationPki() {}

    static X509Certificate issue(Wanted wanted, Wanted issuer) throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer.name),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(wanted.begins),
                Date.from(wanted.ends),
                new X500Name("CN=" + wanted.name),
                wanted.keys.getPublic());
        if (wanted.constraints.isPresent()) {
            builder.addExtension(Extension.basicConstraints, true, wanted.constraints.get());
        }
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(wanted.usage));
        if (wanted.purpose.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(wanted.purpose.get()));
        }
        if (wanted.names.isPresent()) {
            builder.addExtension(Extension.nameConstraints, true, wanted.names.get());
        }
        String algorithm = issuer.keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuer.keys.getPrivate())));
    }

    static void write(Path file, List<X509Certificate> certificates) throws Exception {
        List<String> texts = new ArrayList<>();
        certificates.forEach(c -> texts.add(Pem.certificate(c)));
        Files.writeString(file, String.join("", texts));
    }

    static void write(Path file, KeyPair keys) throws Exception {
        Files.writeString(file, Pem.key(keys.getPrivate()));
    }
}
