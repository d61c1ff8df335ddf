package dev.plumbline.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file (RFC 7468) as it was at one moment: what is asked of it belongs together though another one takes its place meanwhile.
 * What is wrong with it becomes a sentence.
 */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private final Path file;
    private final Optional<String> text;

    private PemFile(Path file, Optional<String> text) {
        this.file = file;
        this.text = text;
    }

    /** Reads it now. */
    static PemFile read(Path file, List<String> problems) {
        Optional<String> text = Optional.empty();
        try {
            text = Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            problems.add(file + ": is missing; name an existing PEM file");
        } catch (IOException e) {
            problems.add(file + ": cannot be read (" + e.getClass().getSimpleName()
                    + "); name a PEM file that this user may read");
        }
        return new PemFile(file, text);
    }

    /** Its certificates; empty when a problem was noted. */
    List<X509Certificate> certificates(List<String> problems) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<X509Certificate> certificates = new ArrayList<>();
        int before = problems.size();
        for (byte[] der : blocks(text.get(), "CERTIFICATE", problems)) {
            try {
                certificates.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException e) {
                problems.add(file + ": certificate " + (certificates.size() + 1) + " cannot be read (" + e.getMessage()
                        + ")");
                return List.of();
            }
        }
        if (certificates.isEmpty() && problems.size() == before) {
            problems.add(file + ": holds no certificate; it should hold -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /** The one key; empty when a problem was noted. */
    List<PrivateKey> key(String algorithm, List<String> problems) {
        if (text.isEmpty()) {
            return List.of();
        }
        int before = problems.size();
        List<byte[]> blocks = blocks(text.get(), "PRIVATE KEY", problems);
        if (blocks.size() != 1) {
            if (problems.size() == before) {
                problems.add(file + ": holds " + blocks.size()
                        + " keys in PKCS #8; it should hold one -----BEGIN PRIVATE KEY-----, not encrypted");
            }
            return List.of();
        }
        try {
            return List.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0))));
        } catch (GeneralSecurityException e) {
            problems.add(file + ": is no key of kind " + algorithm + ", which the certificate asks for");
            return List.of();
        }
    }

    private List<byte[]> blocks(String inside, String label, List<String> problems) {
        List<byte[]> blocks = new ArrayList<>();
        try {
            Matcher m = BLOCK.matcher(inside);
            while (m.find()) {
                if (m.group(1).equals(label)) {
                    blocks.add(Base64.getMimeDecoder().decode(m.group(2)));
                }
            }
        } catch (IllegalArgumentException e) {
            problems.add(file + ": is no PEM: " + e.getMessage());
        }
        return blocks;
    }
}
