package dev.plumbline.agent.enrol;

import dev.plumbline.identity.Der;
import dev.plumbline.identity.KeyFingerprint;
import dev.plumbline.identity.Pem;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A new P-256 key and the request for its certificate.
 *
 * @param key PKCS #8 in PEM
 * @param request PKCS #10 in DER (RFC 2986), signed by the key
 */
record KeyRequest(String key, Bytes request) {
    private static final byte[] VERSION_1 = {0};
    private static final Pattern KEPT =
            Pattern.compile("(-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\\s]+-----END PRIVATE KEY-----\\n)"
                    + "-----BEGIN CERTIFICATE REQUEST-----\\s([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE REQUEST-----\\n");

    /** @param name for whoever reads the request; the collector ignores it */
    static KeyRequest make(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            KeyPair pair = generator.generateKeyPair();
            byte[] signed = Der.value(
                    Der.SEQUENCE,
                    Der.value(Der.INTEGER, VERSION_1),
                    Der.commonName(name),
                    pair.getPublic().getEncoded(),
                    Der.value(Der.CONTEXT_0));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            byte[] request = Der.value(Der.SEQUENCE, signed, Der.ecdsaWithSha256(), Der.bits(signature.sign()));
            return new KeyRequest(Pem.key(pair.getPrivate()), Bytes.of(request));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no EC P-256", e);
        }
    }

    /** Of the key that asks, as the collector shows it too. */
    KeyFingerprint fingerprint() {
        return new KeyFingerprint(Sha256.of(subjectPublicKeyInfo(request.toArray())));
    }

    /** The third element of the part that is signed, after version and subject (RFC 2986 section 4.1). */
    private static byte[] subjectPublicKeyInfo(byte[] der) {
        int signed = inside(der, inside(der, 0));
        int subject = after(der, signed);
        int info = after(der, subject);
        return Arrays.copyOfRange(der, info, after(der, info));
    }

    /** Where the content of the value at this place begins. */
    private static int inside(byte[] der, int at) {
        int length = der[at + 1];
        return at + 2 + (length < 0 ? length & 0x7f : 0);
    }

    private static int after(byte[] der, int at) {
        int begin = inside(der, at);
        int length = der[at + 1];
        if (length < 0) {
            length = 0;
            for (int i = at + 2; i < begin; i++) {
                length = (length << 8) | (der[i] & 0xff);
            }
        }
        return begin + length;
    }

    /** To keep both until the certificate is there. */
    String text() {
        return key + "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request.toArray())
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    /** What was kept; empty when it is something else, such as the half of it. */
    static Optional<KeyRequest> parse(String text) {
        Matcher m = KEPT.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new KeyRequest(m.group(1), Bytes.of(Base64.getMimeDecoder().decode(m.group(2)))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Not the key. */
    @Override
    public String toString() {
        return "request for a certificate, " + request;
    }
}
