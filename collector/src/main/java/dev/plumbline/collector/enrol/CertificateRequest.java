package dev.plumbline.collector.enrol;

import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A key that a host asks a certificate for (PKCS #10, RFC 2986), and has proved to have. Whatever else the request says is not
 * even kept.
 *
 * @param keyHash SHA-256 of the key's SubjectPublicKeyInfo
 */
record CertificateRequest(PublicKey key, Sha256 keyHash) {
    /** What is accepted, in words. */
    static final String KEYS = "EC P-256, EC P-384, RSA of 3072 or 4096 bits";

    private static final int LONGEST = 8 << 10;
    private static final Set<Integer> RSA_BITS = Set.of(3072, 4096);
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);
    private static final Map<ASN1ObjectIdentifier, String> SIGNATURES = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, "EC",
            X9ObjectIdentifiers.ecdsa_with_SHA384, "EC",
            PKCSObjectIdentifiers.sha256WithRSAEncryption, "RSA",
            PKCSObjectIdentifiers.sha384WithRSAEncryption, "RSA");

    /**
     * @throws Refusal with a sentence when it is no request, its key is none of {@link #KEYS}, or another key signed it
     */
    static CertificateRequest read(byte[] der) throws Refusal {
        if (der.length > LONGEST) {
            throw Refusal.invalid(
                    "the request for a certificate has " + der.length + " bytes; at most " + LONGEST + " are taken");
        }
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
            SubjectPublicKeyInfo info = request.getSubjectPublicKeyInfo();
            PublicKey key = accepted(info);
            String signer = SIGNATURES.get(request.getSignatureAlgorithm().getAlgorithm());
            if (!key.getAlgorithm().equals(signer)) {
                throw Refusal.invalid(
                        "the request for a certificate is signed by an algorithm that is not taken; sign it"
                                + " with SHA-256 or SHA-384 and the key that it is for");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw Refusal.invalid("the request for a certificate is not signed by the key that it is for");
            }
            return new CertificateRequest(key, Sha256.of(info.getEncoded()));
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException e) {
            // The library says by any of these that bytes are no such structure: an empty sequence is an index out of
            // bounds.
            throw Refusal.invalid("the request for a certificate is no PKCS #10 in DER with a key and a signature");
        }
    }

    private static PublicKey accepted(SubjectPublicKeyInfo info) throws Refusal, IOException, GeneralSecurityException {
        ASN1ObjectIdentifier kind = info.getAlgorithm().getAlgorithm();
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)
                && info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
                && CURVES.contains(curve)) {
            X9ECParameters parameters = ECNamedCurveTable.getByOID(curve);
            // Throws for a point that does not lie on the curve.
            if (parameters
                    .getCurve()
                    .decodePoint(info.getPublicKeyData().getBytes())
                    .isInfinity()) {
                throw new IllegalArgumentException("the point at infinity is no key");
            }
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info.getEncoded()));
        }
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info.getEncoded()));
            if (key instanceof RSAPublicKey rsa
                    && RSA_BITS.contains(rsa.getModulus().bitLength())
                    && rsa.getPublicExponent().bitLength() >= 17
                    && rsa.getPublicExponent().testBit(0)) {
                return key;
            }
        }
        throw Refusal.invalid("the key of the request is of a kind that is not taken; these are: " + KEYS);
    }
}
