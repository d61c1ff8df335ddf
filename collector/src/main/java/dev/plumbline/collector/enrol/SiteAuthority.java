package dev.plumbline.collector.enrol;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate authority of one site: EC P-256 throughout. */
public final class SiteAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LIFE = Duration.ofDays(825);

    /** Of a joined agent's certificate, which is renewed by itself. */
    static final Duration AGENT_LIFE = Duration.ofDays(7);

    /** Certificates begin a little earlier, for agents whose clock is behind. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String domain;
    private final String site;
    private final Issued authority;
    private final AuthorityChain chain;

    private SiteAuthority(String domain, String site, Issued authority) {
        this(domain, site, authority, new AuthorityChain(List.of(authority.certificate())));
    }

    private SiteAuthority(String domain, String site, Issued authority, AuthorityChain chain) {
        this.domain = domain;
        this.site = site;
        this.authority = authority;
        this.chain = chain;
    }

    /**
     * Makes a new authority.
     *
     * @throws IllegalArgumentException when the site or domain cannot stand in an identity
     */
    public static SiteAuthority create(String domain, String site, Instant now) {
        SpiffeId.collector(domain, site);
        KeyPair keys = newKeys();
        X500Name name = subject("Plumbline authority of site " + site, site);
        X509v3CertificateBuilder builder = builder(name, name, keys.getPublic(), now, AUTHORITY_LIFE);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new SiteAuthority(domain, site, new Issued(sign(builder, keys), keys.getPrivate()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("an authority cannot be made", e);
        }
    }

    /**
     * Reads an authority: the site's own, or one that the organisation's root issued, with its issuers up to the one that hosts are to
     * trust.
     *
     * @throws ConfigException with a sentence for each defect
     */
    static SiteAuthority read(String domain, String site, Path certificate, Path key, Instant now)
            throws ConfigException {
        TlsFiles.Pair pair = TlsFiles.pair(certificate, key, now);
        List<X509Certificate> all = new ArrayList<>();
        all.add(pair.certificate());
        all.addAll(pair.issuers());
        AuthorityChain chain = new AuthorityChain(all);
        List<String> defects = chain.defects(now);
        if (!defects.isEmpty()) {
            throw new ConfigException(
                    defects.stream().map(d -> certificate + ": " + d).toList());
        }
        SiteAuthority read = new SiteAuthority(domain, site, new Issued(pair.certificate(), pair.key()), chain);
        Optional<String> refused = AuthorityChain.refused(read.example(now), List.of(chain.anchor()), now);
        if (refused.isPresent()) {
            throw new ConfigException(List.of(certificate + ": what it issues would not be accepted by whoever trusts "
                    + chain.anchor().getSubjectX500Principal().getName() + " (" + refused.get()
                    + "); ask for an intermediate authority without such a constraint"));
        }
        return read;
    }

    /** Why whoever trusts the anchor does not accept what was issued; empty when he does. */
    Optional<String> refused(Issued issued, Instant now) {
        List<X509Certificate> shown = new ArrayList<>();
        shown.add(issued.certificate());
        shown.addAll(chain.below());
        return AuthorityChain.refused(shown, List.of(chain.anchor()), now);
    }

    /** As an agent would show it. */
    private List<X509Certificate> example(Instant now) {
        List<X509Certificate> shown = new ArrayList<>();
        shown.add(agent(
                SpiffeId.agent(domain, site, new SegmentId("example"), "example"),
                newKeys().getPublic(),
                now));
        shown.addAll(chain.below());
        return shown;
    }

    /**
     * Reads the authority of a collector.
     *
     * @throws ConfigException when the files are wrong, the collector would not admit whom this authority certifies, or hosts that are
     *     told to trust it would not trust the collector
     */
    static SiteAuthority load(Path certificate, Path key, TlsMaterial collector, Instant now) throws ConfigException {
        SiteAuthority read =
                read(collector.identity().domain(), collector.identity().site(), certificate, key, now);
        if (AuthorityChain.refused(read.example(now), collector.trust(), now).isPresent()) {
            throw new ConfigException(List.of(certificate + ": is not among the authorities that this collector trusts"
                    + " (identity.trust); name the one that plumbline-collector init wrote, or add this one's first"
                    + " certificate to that file"));
        }
        Optional<String> refused = AuthorityChain.refused(collector.chain(), List.of(read.anchor()), now);
        if (refused.isPresent()) {
            throw new ConfigException(List.of(certificate + ": hosts are told to trust "
                    + read.anchor().getSubjectX500Principal().getName()
                    + ", and the collector's own certificate does not lead to it (" + refused.get()
                    + "); let identity.certificate hold the certificate and what leads there"));
        }
        return read;
    }

    /** Who the site's collector is. */
    SpiffeId ofCollector() {
        return SpiffeId.collector(domain, site);
    }

    /** What hosts are told to trust. */
    X509Certificate anchor() {
        return chain.anchor();
    }

    /** What has to be shown after a certificate that this issues. */
    List<X509Certificate> below() {
        return chain.below();
    }

    AuthorityChain chain() {
        return chain;
    }

    /** Whether this issued the certificate. */
    boolean hasIssued(X509Certificate other) {
        try {
            other.verify(certificate().getPublicKey());
            return other.getIssuerX500Principal().equals(certificate().getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public X509Certificate certificate() {
        return authority.certificate();
    }

    Issued issued() {
        return authority;
    }

    /**
     * For the collector.
     *
     * @param addresses names and IP addresses by which it is reached
     */
    public Issued collector(List<String> addresses, Instant now) {
        return issue(ofCollector(), addresses, now);
    }

    public Issued operator(String name, Instant now) {
        return issue(SpiffeId.operator(domain, site, name), List.of(), now);
    }

    public Issued agent(SegmentId segment, String name, Instant now) {
        return issue(SpiffeId.agent(domain, site, segment, name), List.of(), now);
    }

    /** For a key that only the agent has; nothing but the key is the agent's choice. */
    X509Certificate agent(SpiffeId id, PublicKey key, Instant now) {
        return certify(id, List.of(), key, now, AGENT_LIFE);
    }

    private Issued issue(SpiffeId id, List<String> addresses, Instant now) {
        KeyPair keys = newKeys();
        return new Issued(certify(id, addresses, keys.getPublic(), now, LIFE), keys.getPrivate());
    }

    private X509Certificate certify(SpiffeId id, List<String> addresses, PublicKey key, Instant now, Duration life) {
        X500Name issuer =
                X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(issuer, subject(commonName(id), site), key, now, within(now, life));
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose(id.kind())));
            builder.addExtension(Extension.subjectAlternativeName, false, names(id, addresses));
            builder.addExtension(Extension.authorityKeyIdentifier, false, keyIdentifier(certificate(), extensions));
            KeyPair signing = new KeyPair(certificate().getPublicKey(), authority.key());
            return sign(builder, signing);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate for " + id + " cannot be made", e);
        }
    }

    /** As the authority says it of itself: how it is computed is everybody's own choice (RFC 5280 section 4.2.1.2). */
    private static AuthorityKeyIdentifier keyIdentifier(X509Certificate issuer, JcaX509ExtensionUtils extensions)
            throws IOException {
        byte[] own = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        return own == null
                ? extensions.createAuthorityKeyIdentifier(issuer.getPublicKey())
                : new AuthorityKeyIdentifier(
                        SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(own))
                                .getKeyIdentifier());
    }

    private static KeyPurposeId purpose(SpiffeId.Kind kind) {
        return switch (kind) {
            case COLLECTOR -> KeyPurposeId.id_kp_serverAuth;
            case AGENT, OPERATOR -> KeyPurposeId.id_kp_clientAuth;
        };
    }

    private static String commonName(SpiffeId id) {
        return switch (id.kind()) {
            case COLLECTOR -> "Plumbline collector";
            case AGENT, OPERATOR -> id.name();
        };
    }

    private static GeneralNames names(SpiffeId id, List<String> addresses) {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, id.toString()));
        for (String address : addresses) {
            boolean numeric = address.indexOf(':') >= 0 || address.matches("[0-9.]+");
            names.add(new GeneralName(numeric ? GeneralName.iPAddress : GeneralName.dNSName, address));
        }
        return new GeneralNames(names.toArray(new GeneralName[0]));
    }

    private static X500Name subject(String commonName, String site) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, site)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** No longer than the authority itself. */
    private Duration within(Instant now, Duration life) {
        Duration left = Duration.between(now, chain.ends());
        return left.compareTo(life) < 0 ? left : life;
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM),
                Date.from(now.minus(SLACK)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair keys)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder(algorithm(keys.getPublic())).build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static String algorithm(PublicKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no EC P-256", e);
        }
    }
}
