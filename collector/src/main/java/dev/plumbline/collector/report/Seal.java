package dev.plumbline.collector.report;

import dev.plumbline.identity.TlsMaterial;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * A detached signature by the collector's own key: CMS SignedData (RFC 5652), DER. It carries the certificates that lead to the site's
 * authority, so that whoever checks it needs that authority's certificate and the document, and nothing else of the collector's.
 * Agents and operators have keys of the same authority: the purpose of the signer's certificate, serverAuth (RFC 5280 section
 * 4.2.1.12), is the collector's alone.
 */
public final class Seal {
    private Seal() {}

    /**
     * Every time another one: ECDSA signs with a random number.
     *
     * @param at the signing time (RFC 5652 section 11.3), which is the collector's word and no more
     */
    public static byte[] of(byte[] document, TlsMaterial signer, Instant at) {
        X509Certificate own = signer.chain().get(0);
        try {
            JcaSignerInfoGeneratorBuilder builder =
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
            builder.setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(signedAt(at)));
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    builder.build(new JcaContentSignerBuilder(algorithm(own)).build(signer.key()), own));
            generator.addCertificates(new JcaCertStore(signer.chain()));
            return generator
                    .generate(new CMSProcessableByteArray(document), false)
                    .getEncoded();
        } catch (OperatorCreationException | CertificateEncodingException | CMSException | IOException e) {
            throw new IllegalStateException("the key with which the collector speaks TLS does not sign", e);
        }
    }

    private static AttributeTable signedAt(Instant at) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(at)))));
        return new AttributeTable(attributes);
    }

    private static String algorithm(X509Certificate own) {
        return own.getPublicKey().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }
}
