package dev.plumbline.words;

/**
 * Content that observations refer to by hash.
 *
 * @param kind {@code x509} for a certificate in DER, {@code body} for what an answer carried
 */
public record Evidence(Sha256 hash, String kind, Bytes content) {
    public static final String X509 = "x509";
    public static final String BODY = "body";

    public Evidence {
        if (!Sha256.of(content.toArray()).equals(hash)) {
            throw new IllegalArgumentException("evidence " + hash + " has other content than its name says");
        }
    }

    public static Evidence body(byte[] bytes) {
        return new Evidence(Sha256.of(bytes), BODY, Bytes.of(bytes));
    }

    public static Evidence x509(byte[] der) {
        return new Evidence(Sha256.of(der), X509, Bytes.of(der));
    }
}
