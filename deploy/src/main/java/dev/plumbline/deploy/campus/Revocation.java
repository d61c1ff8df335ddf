package dev.plumbline.deploy.campus;

import dev.plumbline.words.Bytes;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;

/** Says that every certificate is good: OCSP (RFC 6960), an empty list of the revoked, and the issuer's own certificate. */
final class Revocation {
    private static final String OCSP = "http://ocsp.apple.com/ocsp03-apsrsa12g101";
    private static final String ISSUER = "http://certs.apple.com/apsrsa12g1.der";
    private static final String LIST = "http://crl.apple.com/apsrsa12g1.crl";
    private static final Duration LIFE = Duration.ofDays(7);

    private final Authority authority;

    Revocation(Authority authority) {
        this.authority = authority;
    }

    static AuthorityInformationAccess access() {
        return new AuthorityInformationAccess(new AccessDescription[] {
            new AccessDescription(AccessDescription.id_ad_ocsp, uri(OCSP)),
            new AccessDescription(AccessDescription.id_ad_caIssuers, uri(ISSUER))
        });
    }

    static CRLDistPoint lists() {
        DistributionPointName name = new DistributionPointName(new GeneralNames(uri(LIST)));
        return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    Page respond(byte[] request) {
        try {
            return page("application/ocsp-response", response(request));
        } catch (IOException | OCSPException e) {
            throw new IllegalStateException("cannot write an OCSP response", e);
        }
    }

    private byte[] response(byte[] request) throws IOException, OCSPException {
        OCSPRespBuilder outer = new OCSPRespBuilder();
        Req[] asked;
        try {
            asked = new OCSPReq(request).getRequestList();
        } catch (IOException | RuntimeException e) {
            return outer.build(OCSPRespBuilder.MALFORMED_REQUEST, null).getEncoded();
        }
        Date now = Date.from(Instant.now());
        BasicOCSPRespBuilder basic = new BasicOCSPRespBuilder(new RespID(authority.name()));
        for (Req one : asked) {
            basic.addResponse(
                    one.getCertID(),
                    CertificateStatus.GOOD,
                    now,
                    Date.from(Instant.now().plus(LIFE)),
                    null);
        }
        return outer.build(
                        OCSPRespBuilder.SUCCESSFUL, basic.build(authority.signer(), new X509CertificateHolder[0], now))
                .getEncoded();
    }

    Page list() {
        X509v2CRLBuilder list = new X509v2CRLBuilder(authority.name(), Date.from(Instant.now()));
        list.setNextUpdate(Date.from(Instant.now().plus(LIFE)));
        try {
            return page("application/pkix-crl", list.build(authority.signer()).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("cannot write a revocation list", e);
        }
    }

    Page issuer() {
        try {
            return page("application/pkix-cert", authority.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("cannot write a certificate", e);
        }
    }

    private static Page page(String type, byte[] body) {
        return new Page(200, type, Bytes.of(body), Map.of());
    }
}
