package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder where a site's authority lies as PEM files; nothing in it is ever overwritten. */
public final class AuthorityFolder {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private static final String FIRST_TOKEN = "administrator.token";
    private static final Duration FIRST_TOKEN_LIFE = Duration.ofDays(90);

    private final Path folder;

    public AuthorityFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the authority, the collector's certificate and the first operator's: {@code ca collector operator}, each
     * {@code .pem} and {@code .key}; and the first administrator's token, {@code administrator.token}, with its hash for the
     * collector ({@link FirstToken}).
     *
     * @return that token, good for 90 days
     * @throws ConfigException when a file is there already, or cannot be written
     */
    public BearerToken init(String domain, String site, List<String> addresses, Instant now) throws ConfigException {
        refuseExisting(Stream.concat(pairs("ca", "collector", "operator"), Stream.of(FIRST_TOKEN, FirstToken.NAME)));
        SiteAuthority authority = SiteAuthority.create(domain, site, now);
        Issued collector = authority.collector(addresses, now);
        write("ca", authority.issued());
        write("collector", collector);
        write("operator", authority.operator("admin", now));
        BearerToken token = BearerToken.random(new SecureRandom());
        write(FIRST_TOKEN, OWNER_ONLY, token.text() + "\n");
        write(FirstToken.NAME, OWNER_ONLY, FirstToken.text(token, now.plus(FIRST_TOKEN_LIFE)));
        return token;
    }

    /**
     * Issues an agent's certificate into a folder: {@code agent.pem agent.key ca.pem}.
     *
     * @throws ConfigException when the authority cannot be read or a file is there already
     */
    public SpiffeId issue(SegmentId segment, String agent, Path out, Instant now) throws ConfigException {
        SiteAuthority authority = load(now);
        AuthorityFolder target = new AuthorityFolder(out);
        target.refuseExisting(pairs("agent"));
        Issued issued = authority.agent(segment, agent, now);
        target.write("agent", issued);
        if (!Files.exists(out.resolve("ca.pem"))) {
            target.writeCertificate("ca", authority.issued());
        }
        return SpiffeId.of(issued.certificate());
    }

    private SiteAuthority load(Instant now) throws ConfigException {
        Path ca = folder.resolve("ca.pem");
        TlsFiles own = new TlsFiles(folder.resolve("collector.pem"), folder.resolve("collector.key"), ca);
        SpiffeId collector = own.load(now).identity();
        TlsFiles.Pair pair = TlsFiles.pair(ca, folder.resolve("ca.key"), now);
        return SiteAuthority.of(collector, new Issued(pair.certificate(), pair.key()));
    }

    private static Stream<String> pairs(String... names) {
        return Stream.of(names).flatMap(n -> Stream.of(n + ".pem", n + ".key"));
    }

    private void refuseExisting(Stream<String> names) throws ConfigException {
        List<String> problems = names.map(folder::resolve)
                .filter(Files::exists)
                .map(f -> f + ": is there already and is not overwritten; name another folder or move it away")
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private void write(String name, Issued issued) throws ConfigException {
        write(name + ".key", OWNER_ONLY, Pem.key(issued.key()));
        writeCertificate(name, issued);
    }

    private void writeCertificate(String name, Issued issued) throws ConfigException {
        write(name + ".pem", READABLE, Pem.certificate(issued.certificate()));
    }

    private void write(String name, FileAttribute<?> permissions, String text) throws ConfigException {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            // The permissions are there before the first byte of the key is.
            try (var channel = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
                channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException e) {
            throw new ConfigException(List.of(file + ": cannot be written ("
                    + e.getClass().getSimpleName() + "); name a folder that this user may write"));
        }
    }
}
