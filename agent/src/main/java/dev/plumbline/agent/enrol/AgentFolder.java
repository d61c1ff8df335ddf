package dev.plumbline.agent.enrol;

import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of an agent that joined: {@code identity.pem} (key and certificate), {@code ca.pem}, {@code agent.yaml}. It appears
 * whole. Until then the key lies in a folder beside it, so that a join that was cut short goes on with the same key.
 */
final class AgentFolder {
    private static final String IDENTITY = "identity.pem";
    private static final String AUTHORITY = "ca.pem";
    private static final String CONFIGURATION = "agent.yaml";

    private final Path folder;
    private final Path joining;

    AgentFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.joining = this.folder.resolveSibling(this.folder.getFileName() + ".joining");
    }

    Path configuration() {
        return folder.resolve(CONFIGURATION);
    }

    /**
     * Who the host is already; empty when it is nobody.
     *
     * @return its certificate may have ended
     * @throws JoinFailure when something else is there, or an agent of another site
     */
    Optional<TlsMaterial> standing(JoinToken token) throws JoinFailure {
        if (!Files.exists(folder.resolve(IDENTITY))) {
            refuseOccupied();
            return Optional.empty();
        }
        try {
            TlsMaterial own = files(folder).read();
            if (!Sha256.of(own.trust().get(0).getEncoded()).equals(token.authority())) {
                throw new JoinFailure(
                        JoinFailure.REFUSED,
                        folder + ": is " + own.identity()
                                + " already, and the token is of another authority; name another" + " folder (--dir)");
            }
            return Optional.of(own);
        } catch (ConfigException e) {
            throw new JoinFailure(
                    JoinFailure.REFUSED,
                    e.getMessage() + System.lineSeparator() + folder
                            + ": is there already and cannot be used; move it away and join again (what was measured and not"
                            + " delivered lies in its data folder; plumbline invite --agent NAME lets an agent come back"
                            + " under its name)");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }

    private void refuseOccupied() throws JoinFailure {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new JoinFailure(
                        JoinFailure.REFUSED,
                        folder + ": is there already and holds something else; name another folder (--dir)");
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The key of this token, made and kept where there is none yet. */
    KeyRequest key(JoinToken token, String name) throws JoinFailure {
        Path kept = kept(token);
        try {
            Optional<KeyRequest> before = read(kept).flatMap(KeyRequest::parse);
            if (before.isPresent()) {
                return before.get();
            }
            KeyRequest made = KeyRequest.make(name);
            SafeFiles.makeFolder(joining);
            Path fresh = joining.resolve("key.new");
            SafeFiles.write(fresh, made.text());
            SafeFiles.place(fresh, kept);
            return made;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path kept(JoinToken token) {
        return joining.resolve("key-" + token.hash().hex().substring(0, 16) + ".pem");
    }

    /**
     * Makes the folder, when what is to stand in it holds together. Of an agent that comes back only key and certificate are
     * replaced: what it measured and did not deliver yet lies beside them.
     *
     * @param before who the host was already
     * @param chain own certificate first
     * @throws JoinFailure also when the collector's answer is of no use; then nothing was made
     */
    TlsMaterial complete(
            JoinToken token,
            Optional<SpiffeId> before,
            KeyRequest key,
            List<X509Certificate> chain,
            X509Certificate authority,
            List<CollectorAddress> collector,
            Instant now)
            throws JoinFailure {
        String certificates = chain.stream().map(Pem::certificate).collect(Collectors.joining());
        try {
            SafeFiles.write(joining.resolve(IDENTITY), key.key() + certificates);
            SafeFiles.write(joining.resolve(AUTHORITY), Pem.certificate(authority));
            SafeFiles.write(joining.resolve(CONFIGURATION), configuration(collector));
            TlsMaterial own = files(joining).load(now);
            SignedChain.verify(own.chain(), authority);
            if (own.identity().kind() != SpiffeId.Kind.AGENT) {
                throw new JoinFailure(
                        JoinFailure.REFUSED,
                        "the collector gave a certificate of " + own.identity() + ", not of an agent");
            }
            if (before.isPresent() && !before.get().equals(own.identity())) {
                throw new JoinFailure(
                        JoinFailure.REFUSED,
                        "the token is for " + own.identity() + ", and " + folder + " is " + before.get()
                                + "; name another folder (--dir), or ask for plumbline invite --agent "
                                + before.get().name());
            }
            place(token, before.isPresent());
            return own;
        } catch (ConfigException e) {
            throw new JoinFailure(
                    JoinFailure.REFUSED, "what the collector gave cannot be used here: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new JoinFailure(
                    JoinFailure.REFUSED, "the collector gave a certificate that the token's authority did not sign");
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The identity last but for what is swept up: who is cut short asks again, and gets the same. */
    private void place(JoinToken token, boolean comesBack) throws IOException {
        Files.deleteIfExists(joining.resolve("key.new"));
        if (comesBack) {
            SafeFiles.place(joining.resolve(IDENTITY), folder.resolve(IDENTITY));
            try (Stream<Path> rest = Files.list(joining)) {
                for (Path one : rest.toList()) {
                    Files.deleteIfExists(one);
                }
            }
            Files.deleteIfExists(joining);
        } else {
            SafeFiles.place(joining, folder);
            Files.deleteIfExists(folder.resolve(kept(token).getFileName()));
        }
    }

    private static String configuration(List<CollectorAddress> collector) {
        String addresses = collector.stream().map(a -> "\"" + a + "\"").collect(Collectors.joining(", "));
        return """
                # Written by plumbline-agent join; systemd/agent.yaml of the distribution explains every key.
                collector: [%s]
                # Key and certificate are one file, which the agent replaces when two thirds of the certificate's life are over.
                identity: {certificate: %s, key: %s, trust: %s, renew: true}
                data: data
                """.formatted(addresses, IDENTITY, IDENTITY, AUTHORITY);
    }

    private static TlsFiles files(Path in) {
        return new TlsFiles(in.resolve(IDENTITY), in.resolve(IDENTITY), in.resolve(AUTHORITY));
    }

    private JoinFailure unwritable(IOException e) {
        return new JoinFailure(
                JoinFailure.REFUSED,
                folder + ": cannot be made (" + e + "); name a folder that this user may write (--dir)");
    }
}
