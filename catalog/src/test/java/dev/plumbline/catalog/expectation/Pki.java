package dev.plumbline.catalog.expectation;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
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
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificate authorities and certificates made for one test run. */
final class Pki {
    private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2035-01-01T00:00:00Z");
    private static final AtomicLong SERIAL = new AtomicLong(1);

    /** A certificate and the key that it certifies. */
    record Issued(X509Certificate certificate, KeyPair keys, String name) {}

    /** What a certificate says beyond its names. */
    record Form(
            boolean issuing,
            List<String> hosts,
            List<String> markers,
            List<KeyPurposeId> uses,
            Instant from,
            Instant to) {
        static Form ca(String... markers) {
            return new Form(true, List.of(), List.of(markers), List.of(), FROM, TO);
        }

        static Form server(String... hosts) {
            return new Form(false, List.of(hosts), List.of(), List.of(), FROM, TO);
        }

        Form marked(String... oids) {
            return new Form(issuing, hosts, List.of(oids), uses, from, to);
        }

        Form usedFor(KeyPurposeId... purposes) {
            return new Form(issuing, hosts, markers, List.of(purposes), from, to);
        }

        Form valid(String notBefore, String notAfter) {
            return new Form(issuing, hosts, markers, uses, Instant.parse(notBefore), Instant.parse(notAfter));
        }
    }

    private Pki() {}

    static Issued root(String name) {
        return root(name, Form.ca());
    }

    static Issued root(String name, Form form) {
        KeyPair keys = keys();
        return issue(name, keys, keys, name, form);
    }

    static Issued issue(Issued by, String name, Form form) {
        return issue(by.name(), by.keys(), keys(), name, form);
    }

    private static Issued issue(String issuer, KeyPair signing, KeyPair keys, String name, Form form) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(form.from()),
                    Date.from(form.to()),
                    new X500Name(name),
                    keys.getPublic());
            extend(builder, form);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate());
            return new Issued(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys, name);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static void extend(JcaX509v3CertificateBuilder builder, Form form) throws CertIOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(form.issuing()));
        if (!form.hosts().isEmpty()) {
            GeneralName[] names = form.hosts().stream()
                    .map(h -> new GeneralName(GeneralName.dNSName, h))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        if (!form.uses().isEmpty()) {
            KeyPurposeId[] uses = form.uses().toArray(new KeyPurposeId[0]);
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(uses));
        }
        for (String oid : form.markers()) {
            builder.addExtension(new ASN1ObjectIdentifier(oid), false, DERNull.INSTANCE);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
