package dev.plumbline.agent.revocation;

import dev.plumbline.words.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What an OCSP responder is asked (RFC 6960 §4.1.1).
 *
 * @param path of the responder, without the question
 * @param request an OCSPRequest in DER
 * @param about whose status is asked for, in words
 */
public record OcspQuestion(String path, Bytes request, String about) {
    /** AlgorithmIdentifier of SHA-1: some responders know no other hash in a CertID (RFC 5019 §2.1.1). */
    private static final byte[] SHA1 = HexFormat.of().parseHex("06052b0e03021a0500");

    /** A responder's own path has few levels. */
    private static final int MOST_TRIES = 16;

    /** The status of a certificate that a server showed. */
    static OcspQuestion of(String path, X509Certificate certificate, X509Certificate issuer) {
        byte[] certId = Der.write(
                Der.SEQUENCE,
                Der.write(Der.SEQUENCE, SHA1),
                Der.write(
                        Der.OCTET_STRING,
                        sha1(certificate.getIssuerX500Principal().getEncoded())),
                Der.write(Der.OCTET_STRING, sha1(keyOf(issuer))),
                Der.write(Der.INTEGER, certificate.getSerialNumber().toByteArray()));
        // OCSPRequest, TBSRequest, requestList, Request around the CertID; everything else is optional.
        byte[] request = Der.write(
                Der.SEQUENCE, Der.write(Der.SEQUENCE, Der.write(Der.SEQUENCE, Der.write(Der.SEQUENCE, certId))));
        return new OcspQuestion(
                path,
                Bytes.of(request),
                "a certificate of this host's own connections, number "
                        + certificate.getSerialNumber().toString(16));
    }

    /**
     * The question that a catalog's path carries as a GET would (RFC 6960 §A.1): the responder's path, then the request in
     * Base64, which may hold slashes of its own. Empty when there is none in it.
     */
    public static Optional<OcspQuestion> ofPath(String path) {
        int tries = 0;
        for (int slash = path.indexOf('/'); slash >= 0 && tries < MOST_TRIES; slash = path.indexOf('/', slash + 1)) {
            tries++;
            Optional<Bytes> request = request(path.substring(slash + 1));
            if (request.isPresent()) {
                return Optional.of(new OcspQuestion(
                        slash == 0 ? "/" : path.substring(0, slash),
                        request.get(),
                        "a public certificate that the catalog names"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Bytes> request(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64))
                    .filter(OcspQuestion::isRequest)
                    .map(Bytes::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isRequest(byte[] bytes) {
        return Der.wholeLength(bytes) == bytes.length
                && Der.of(bytes)
                        .enter(Der.SEQUENCE)
                        .flatMap(request -> request.enter(Der.SEQUENCE))
                        .isPresent();
    }

    /** The bits of the key alone, without the algorithm and the count of unused bits. */
    private static byte[] keyOf(X509Certificate issuer) {
        return Der.of(issuer.getPublicKey().getEncoded())
                .enter(Der.SEQUENCE)
                .filter(Der::skip)
                .flatMap(info -> info.value(Der.BIT_STRING))
                .filter(bits -> bits.length > 0)
                .map(bits -> Arrays.copyOfRange(bits, 1, bits.length))
                .orElseGet(() -> new byte[0]);
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
