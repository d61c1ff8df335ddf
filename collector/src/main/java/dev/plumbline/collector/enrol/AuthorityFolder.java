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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        refuseExistingSite();
        SiteAuthority authority = SiteAuthority.create(domain, site, now);
        Issued collector = authority.collector(addresses, now);
        write("ca.key", OWNER_ONLY, Pem.key(authority.issued().key()));
        writeFirst(authority, collector, now);
        return writeToken(now);
    }

    private void refuseExistingSite() throws ConfigException {
        refuseExisting(Stream.concat(pairs("ca", "collector", "operator"), Stream.of(FIRST_TOKEN, FirstToken.NAME)));
    }

    private void writeFirst(SiteAuthority authority, Issued collector, Instant now) throws ConfigException {
        // Not what stands above it: any other authority of the organisation's could make operators of this site.
        writeCertificates("ca", List.of(authority.certificate()));
        writeUnder(authority, "collector", collector);
        writeUnder(authority, "operator", authority.operator("admin", now));
    }

    private BearerToken writeToken(Instant now) throws ConfigException {
        BearerToken token = BearerToken.random(new SecureRandom());
        write(FIRST_TOKEN, OWNER_ONLY, token.text() + "\n");
        write(FirstToken.NAME, OWNER_ONLY, FirstToken.text(token, now.plus(FIRST_TOKEN_LIFE)));
        return token;
    }

    /**
     * Makes the certificates of collector and first operator under an authority of the organisation's: {@code collector operator},
     * each {@code .pem} with what leads to the authority and {@code .key}, and {@code ca.pem}, the authority that issues, which
     * these two trust, and none above it; and the first administrator's token, as with an authority of its own.
     *
     * @return that token, good for 90 days
     * @throws ConfigException when the authority has a defect, a file is there already, or cannot be written
     */
    BearerToken init(String domain, String site, Path authority, Path key, List<String> addresses, Instant now)
            throws ConfigException {
        refuseExistingSite();
        SpiffeId.collector(domain, site);
        SiteAuthority read = SiteAuthority.read(domain, site, authority, key, now);
        Issued collector = read.collector(addresses, now);
        Optional<String> refused = read.refused(collector, now);
        if (refused.isPresent()) {
            throw new ConfigException(List.of(authority + ": a collector's certificate for "
                    + String.join(", ", addresses) + " would not be accepted by whoever trusts "
                    + read.anchor().getSubjectX500Principal().getName() + " (" + refused.get()
                    + "); name addresses that its constraints permit, or ask for an authority without such a"
                    + " constraint"));
        }
        writeFirst(read, collector, now);
        return writeToken(now);
    }

    private void writeUnder(SiteAuthority authority, String name, Issued issued) throws ConfigException {
        write(name + ".key", OWNER_ONLY, Pem.key(issued.key()));
        List<X509Certificate> shown = new ArrayList<>();
        shown.add(issued.certificate());
        shown.addAll(authority.below());
        writeCertificates(name, shown);
    }

    private void writeCertificates(String name, List<X509Certificate> certificates) throws ConfigException {
        write(
                name + ".pem",
                READABLE,
                certificates.stream().map(Pem::certificate).collect(Collectors.joining()));
    }

    /**
     * Issues an agent's certificate into a folder: {@code agent.pem agent.key ca.pem}.
     *
     * @throws ConfigException when the authority cannot be read or a file is there already
     */
    public SpiffeId issue(SegmentId segment, String agent, Path out, Instant now) throws ConfigException {
        return issue(load(now), segment, agent, out, now);
    }

    /** The same, by an authority of the organisation's. */
    SpiffeId issue(SiteAuthority authority, SegmentId segment, String agent, Path out, Instant now)
            throws ConfigException {
        AuthorityFolder target = new AuthorityFolder(out);
        target.refuseExisting(pairs("agent"));
        Issued issued = authority.agent(segment, agent, now);
        target.writeUnder(authority, "agent", issued);
        if (!Files.exists(out.resolve("ca.pem"))) {
            target.writeCertificates("ca", List.of(authority.anchor()));
        }
        return SpiffeId.of(issued.certificate());
    }

    /** The authority of this folder. */
    SiteAuthority load(Instant now) throws ConfigException {
        SpiffeId collector = collector();
        return SiteAuthority.read(
                collector.domain(), collector.site(), folder.resolve("ca.pem"), folder.resolve("ca.key"), now);
    }

    /** An authority of the organisation's for the site of this folder. */
    SiteAuthority load(Path certificate, Path key, Instant now) throws ConfigException {
        SpiffeId collector = collector();
        return SiteAuthority.read(collector.domain(), collector.site(), certificate, key, now);
    }

    /** Whoever it was made for, also after its certificate's end: the collector renews that elsewhere. */
    private SpiffeId collector() throws ConfigException {
        return new TlsFiles(folder.resolve("collector.pem"), folder.resolve("collector.key"), folder.resolve("ca.pem"))
                .read()
                .identity();
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
