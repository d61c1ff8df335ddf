package dev.plumbline.agent.helper;

import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;

/**
 * The key that the TLS echo shows and nothing else does: made once, kept in the agent's data folder as
 * {@code helper.key} (PKCS #8, DER, for its owner only) and {@code helper.der}, beside {@code helper.pin} to read.
 */
record HelperKey(PrivateKey key, X509Certificate certificate) {
    /** SHA-256 of the SubjectPublicKeyInfo, as in RFC 7469 2.4: what agents elsewhere are told. */
    Sha256 pin() {
        return Sha256.of(certificate.getPublicKey().getEncoded());
    }

    /**
     * Reads the key, or makes it where there is none.
     *
     * @throws ConfigException when the folder cannot be used or holds something else under these names
     */
    static HelperKey in(Path folder, Instant now) throws ConfigException {
        Path key = folder.resolve("helper.key");
        Path certificate = folder.resolve("helper.der");
        try {
            if (!Files.exists(key) || !Files.exists(certificate)) {
                make(folder, key, certificate, now);
            }
            HelperKey read = new HelperKey(
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(key))),
                    parse(Files.readAllBytes(certificate)));
            Files.writeString(folder.resolve("helper.pin"), read.pin() + "\n");
            return read;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(List.of("data: " + key + " and " + certificate + " cannot be used ("
                    + e.getMessage() + "); remove both to have new ones made, and tell the agents the new pin"));
        }
    }

    private static void make(Path folder, Path keyFile, Path certificateFile, Instant now)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Files.createDirectories(folder);
        Files.deleteIfExists(keyFile);
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile, pair.getPrivate().getEncoded(), StandardOpenOption.WRITE);
        Files.write(certificateFile, SelfSigned.certificate(pair, "plumbline helper", now));
    }

    private static X509Certificate parse(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
