package dev.plumbline.collector.enrol;

import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector's own certificate. One that its authority issued it renews itself, for a new key, when two thirds of its life are
 * over, or when the clock, which has gone back, says that it has not begun; the files of the configuration stay as they are, and
 * what is newer lies in the data folder as one file. Of another one, and of the authority, the log tells thirty days before the
 * end.
 */
public final class OwnCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);

    private final LiveIdentity own;
    private final Optional<SiteAuthority> authority;
    private final Path renewed;
    private final EnrolmentFile file;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "own certificate");
        thread.setDaemon(true);
        return thread;
    });
    private final EndWarning ofOwn = new EndWarning();
    private final EndWarning ofAuthority = new EndWarning();

    OwnCertificate(LiveIdentity own, Optional<SiteAuthority> authority, Path renewed, EnrolmentFile file, Clock clock) {
        this.own = own;
        this.authority = authority;
        this.renewed = renewed;
        this.file = file;
        this.clock = clock;
    }

    /**
     * The certificate that the configuration names, or the one that the collector gave itself since. What was written into the
     * configuration later counts, also where it ends sooner: the site may have moved to another authority.
     *
     * @param renewed where that one is kept, if there is one
     * @throws ConfigException with a sentence for each file of the configuration that is wrong
     */
    public static TlsMaterial load(TlsFiles configured, Path renewed, Instant now) throws ConfigException {
        TlsMaterial written = configured.read();
        if (Files.exists(renewed)) {
            try {
                TlsMaterial later = new TlsFiles(renewed, renewed, configured.trust()).load(now);
                boolean isLater = begins(later).isAfter(begins(written))
                        && later.identity().equals(written.identity());
                if (isLater
                        && AuthorityChain.refused(later.chain(), later.trust(), now)
                                .isEmpty()) {
                    return later;
                }
            } catch (ConfigException e) {
                LOG.warn("{}; the certificate of the configuration is used", e.getMessage());
            }
        }
        return configured.load(now);
    }

    private static Instant begins(TlsMaterial material) {
        return material.chain().get(0).getNotBefore().toInstant();
    }

    void begin() {
        timer.scheduleWithFixedDelay(this::tendSafely, 0, 1, TimeUnit.HOURS);
    }

    private void tendSafely() {
        try {
            tend();
        } catch (RuntimeException e) {
            // A fault must not be the end of all later tries.
            LOG.error("the collector's certificate could not be tended", e);
        }
    }

    /** Renews the certificate where it is time, and tells of what it cannot renew. */
    synchronized void tend() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        X509Certificate leaf = own.current().chain().get(0);
        Optional<SiteAuthority> issuer = authority.filter(a -> a.hasIssued(leaf));
        if (issuer.isEmpty()) {
            ofOwn.tell("the collector's certificate", leaf.getNotAfter().toInstant(), now);
        } else if (isAhead(leaf, now) || (!now.isBefore(due(leaf)) && canGiveLonger(issuer.get(), leaf))) {
            renew(issuer.get(), leaf, now);
        }
        authority.ifPresent(
                a -> ofAuthority.tell("the site's authority", a.chain().ends(), now));
    }

    /** It was given while the clock had leapt ahead, and nobody accepts it now. */
    private static boolean isAhead(X509Certificate leaf, Instant now) {
        return now.isBefore(leaf.getNotBefore().toInstant());
    }

    /** Nothing that an authority issues outlives it: near its end each renewal would be as short as the one before. */
    private static boolean canGiveLonger(SiteAuthority issuer, X509Certificate leaf) {
        return issuer.chain().ends().isAfter(leaf.getNotAfter().toInstant());
    }

    private static Instant due(X509Certificate leaf) {
        Instant begins = leaf.getNotBefore().toInstant();
        Duration life = Duration.between(begins, leaf.getNotAfter().toInstant());
        return begins.plus(life.multipliedBy(2).dividedBy(3));
    }

    private void renew(SiteAuthority issuer, X509Certificate before, Instant now) {
        Issued next = issuer.collector(Doors.named(before), now);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(next.certificate());
        chain.addAll(issuer.below());
        TlsMaterial current = own.current();
        try {
            write(Pem.key(next.key()) + chain.stream().map(Pem::certificate).collect(Collectors.joining()));
            file.change(records -> {
                records.audit(
                        now,
                        current.identity().toString(),
                        What.COLLECTOR_RENEWED,
                        current.identity().toString(),
                        "the collector's own certificate, until "
                                + next.certificate().getNotAfter().toInstant());
                return now;
            });
            own.replace(new TlsMaterial(chain, next.key(), current.trust(), current.identity()));
            LOG.info(
                    "the collector's certificate is renewed: until {}",
                    next.certificate().getNotAfter().toInstant());
        } catch (IOException | Refusal | EnrolmentFileException e) {
            LOG.error(
                    "the collector's certificate, which ends on {}, is not renewed: {}; it is tried again in an hour",
                    before.getNotAfter().toInstant(),
                    e.getMessage());
        }
    }

    /** Key and certificates at one blow, for the owner alone. */
    private void write(String text) throws IOException {
        Path fresh = renewed.resolveSibling(renewed.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (var channel = Files.newByteChannel(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        DatabaseCopy.flush(fresh);
        Files.move(fresh, renewed, StandardCopyOption.ATOMIC_MOVE);
        DatabaseCopy.flush(renewed.toAbsolutePath().resolveSibling(""));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
