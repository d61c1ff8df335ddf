package dev.plumbline.agent.revocation;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority with a responder and a list, made by another library than the one under test. */
public final class LittleAuthority {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final X500Name NAME = new X500Name("CN=Little CA,O=Test");

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final X509Certificate leaf;

    /** Names the responder, the certificate of the issuer and the list in its leaf, by these addresses. */
    public LittleAuthority(String responder, String issuer, String list) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            keys = generator.generateKeyPair();
            certificate = sign(builder(NAME, 1));
            JcaX509v3CertificateBuilder leafBuilder = builder(new X500Name("CN=leaf"), 0x1234567890L);
            leafBuilder.addExtension(
                    Extension.authorityInfoAccess, false, new AuthorityInformationAccess(new AccessDescription[] {
                        new AccessDescription(AccessDescription.id_ad_ocsp, uri(responder)),
                        new AccessDescription(AccessDescription.id_ad_caIssuers, uri(issuer))
                    }));
            leafBuilder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(new DistributionPointName(new GeneralNames(uri(list))), null, null)
            }));
            leaf = sign(leafBuilder);
        } catch (Exception e) {
            throw new IllegalStateException("no authority for the test", e);
        }
    }

    public List<X509Certificate> chain() {
        return List.of(leaf, certificate);
    }

    /** A successful response about whatever was asked. */
    public byte[] response(byte[] request, String status) {
        try {
            CertificateStatus word = switch (status) {
                case "good" -> CertificateStatus.GOOD;
                case "revoked" -> new RevokedStatus(Date.from(NOW), 0);
                default -> new UnknownStatus();
            };
            BasicOCSPRespBuilder basic = new BasicOCSPRespBuilder(new RespID(NAME));
            basic.addResponse(new OCSPReq(request).getRequestList()[0].getCertID(), word, Date.from(NOW), null, null);
            return new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            basic.build(signer(), new X509CertificateHolder[0], Date.from(NOW)))
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException("no response for the test", e);
        }
    }

    static byte[] refusal(int status) {
        try {
            return new OCSPRespBuilder().build(status, null).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException("no refusal for the test", e);
        }
    }

    /** A list with so many revoked certificates; every one takes some 35 bytes. */
    public byte[] list(int revoked, boolean saysNext) {
        try {
            X509v2CRLBuilder list = new X509v2CRLBuilder(NAME, Date.from(NOW));
            if (saysNext) {
                list.setNextUpdate(Date.from(NOW.plus(7, ChronoUnit.DAYS)));
            }
            for (int i = 1; i <= revoked; i++) {
                list.addCRLEntry(BigInteger.valueOf(i), Date.from(NOW), 0);
            }
            return list.build(signer()).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException("no list for the test", e);
        }
    }

    private JcaX509v3CertificateBuilder builder(X500Name subject, long serial) {
        return new JcaX509v3CertificateBuilder(
                NAME,
                BigInteger.valueOf(serial),
                Date.from(NOW.minus(1, ChronoUnit.DAYS)),
                Date.from(NOW.plus(30, ChronoUnit.DAYS)),
                subject,
                keys.getPublic());
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    }

    private ContentSigner signer() throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }
}
