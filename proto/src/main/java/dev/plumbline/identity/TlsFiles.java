package dev.plumbline.identity;

import dev.plumbline.config.ConfigException;
import dev.plumbline.config.Section;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where TLS material lies, as PEM files.
 *
 * @param certificate own certificate, then its intermediates
 * @param key PKCS #8, not encrypted
 * @param trust anchors that the peer's certificate must lead to
 * @param origin begins every sentence about the files: where they are named
 */
public record TlsFiles(Path certificate, Path key, Path trust, String origin) {
    /** Files that no configuration names. */
    public TlsFiles(Path certificate, Path key, Path trust) {
        this(certificate, key, trust, "");
    }

    /** Reads the keys {@code certificate}, {@code key} and {@code trust}, all required. */
    public static TlsFiles of(Section section) {
        return new TlsFiles(
                section.path("certificate"), section.path("key"), section.path("trust"), section.where() + ": ");
    }

    /**
     * Reads and checks the files: there, readable, PEM, the key belongs to the certificate, which carries an identity and
     * is valid now.
     *
     * @throws ConfigException with a sentence for each file that is wrong
     */
    public TlsMaterial load(Instant now) throws ConfigException {
        TlsMaterial read = read();
        List<String> problems = untimely(read, now);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return read;
    }

    /**
     * Reads and checks them but for the time: whose clock is wrong, or who was off for longer than a certificate lives, is
     * somebody all the same.
     *
     * @throws ConfigException with a sentence for each file that is wrong
     */
    public TlsMaterial read() throws ConfigException {
        List<String> problems = new ArrayList<>();
        PemFile certificateFile = PemFile.read(certificate, problems);
        List<X509Certificate> chain = certificateFile.certificates(problems);
        List<X509Certificate> anchors = PemFile.read(trust, problems).certificates(problems);
        List<PrivateKey> keys = chain.isEmpty()
                ? List.of()
                : keyFile(certificate, certificateFile, key, problems)
                        .key(chain.get(0).getPublicKey().getAlgorithm(), problems);
        if (problems.isEmpty()) {
            check(chain.get(0), keys.get(0), problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(
                    problems.stream().map(problem -> origin + problem).toList());
        }
        return new TlsMaterial(chain, keys.get(0), anchors, SpiffeId.of(chain.get(0)));
    }

    /** A sentence for each certificate of what was read that is not valid now. */
    public List<String> untimely(TlsMaterial read, Instant now) {
        List<String> problems = new ArrayList<>();
        checkTime(certificate, read.chain().get(0), now, problems);
        read.trust().forEach(a -> checkTime(trust, a, now, problems));
        return problems.stream().map(problem -> origin + problem).toList();
    }

    /** Whether certificate and key are one file, so that both can be replaced at one blow. */
    public boolean isOneFile() {
        return certificate.equals(key);
    }

    /**
     * A certificate and its key, of whatever identity.
     *
     * @param issuers what stands after the certificate in its file
     */
    public record Pair(X509Certificate certificate, PrivateKey key, List<X509Certificate> issuers) {
        public Pair {
            issuers = List.copyOf(issuers);
        }
    }

    /**
     * Reads a certificate and its key, such as an authority's.
     *
     * @throws ConfigException with a sentence for each file that is wrong
     */
    public static Pair pair(Path certificate, Path key, Instant now) throws ConfigException {
        Chain read = chain(certificate, key, now);
        List<X509Certificate> all = read.certificates();
        return new Pair(all.get(0), read.key(), all.subList(1, all.size()));
    }

    /**
     * What a server shows, of whatever identity.
     *
     * @param certificates its own first, then its intermediates
     */
    public record Chain(List<X509Certificate> certificates, PrivateKey key) {
        public Chain {
            certificates = List.copyOf(certificates);
        }

        /** Not the key. */
        @Override
        public String toString() {
            return "a chain of " + certificates.size();
        }
    }

    /**
     * Reads a certificate with its intermediates, and its key.
     *
     * @throws ConfigException with a sentence for each file that is wrong
     */
    public static Chain chain(Path certificate, Path key, Instant now) throws ConfigException {
        List<String> problems = new ArrayList<>();
        PemFile certificateFile = PemFile.read(certificate, problems);
        List<X509Certificate> chain = certificateFile.certificates(problems);
        List<PrivateKey> keys = chain.isEmpty()
                ? List.of()
                : keyFile(certificate, certificateFile, key, problems)
                        .key(chain.get(0).getPublicKey().getAlgorithm(), problems);
        if (problems.isEmpty()) {
            checkTime(certificate, chain.get(0), now, problems);
            checkPair(certificate, chain.get(0), key, keys.get(0), problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Chain(chain, keys.get(0));
    }

    /**
     * Reads anchors that a peer's certificate must lead to.
     *
     * @throws ConfigException when the file holds none
     */
    public static List<X509Certificate> anchors(Path trust) throws ConfigException {
        List<String> problems = new ArrayList<>();
        List<X509Certificate> anchors = PemFile.read(trust, problems).certificates(problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return anchors;
    }

    /** One file is read once: between two readings it may be replaced, with another key. */
    private static PemFile keyFile(Path certificate, PemFile certificateFile, Path key, List<String> problems) {
        return key.equals(certificate) ? certificateFile : PemFile.read(key, problems);
    }

    private void check(X509Certificate own, PrivateKey privateKey, List<String> problems) {
        checkPair(certificate, own, key, privateKey, problems);
        try {
            SpiffeId.of(own);
        } catch (IllegalArgumentException e) {
            problems.add(certificate + ": " + e.getMessage());
        }
    }

    private static void checkPair(
            Path file, X509Certificate own, Path keyFile, PrivateKey privateKey, List<String> problems) {
        if (!belongTogether(own.getPublicKey(), privateKey)) {
            problems.add(keyFile + ": is not the key of " + file + "; name the one that was made with it");
        }
    }

    private static void checkTime(Path file, X509Certificate certificate, Instant now, List<String> problems) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            problems.add(file + ": the certificate ended on "
                    + certificate.getNotAfter().toInstant() + "; issue a new one");
        } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
            problems.add(file + ": the certificate begins on "
                    + certificate.getNotBefore().toInstant() + ", and this host's clock says " + now
                    + "; set the clock");
        }
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        String algorithm = publicKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] text = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
