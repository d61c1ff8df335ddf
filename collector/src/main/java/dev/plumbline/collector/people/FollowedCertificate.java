package dev.plumbline.collector.people;

import dev.plumbline.collector.enrol.EndWarning;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveChain;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The organisation's certificate for the ports of people, in files that somebody else writes. What they hold anew is shown soon
 * afterwards; while they hold what cannot be shown, such as a certificate whose key is not there yet, it is the one before.
 */
public final class FollowedCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedCertificate.class);
    private static final long LOOK_SECONDS = 10;
    /** What is wrong is said again. */
    private static final Duration SAID_EVERY = Duration.ofHours(1);

    private final PeopleSettings.Own files;
    private final LiveChain shown;
    private final Clock clock;
    private final EndWarning warning = new EndWarning();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "people's certificate");
        thread.setDaemon(true);
        return thread;
    });

    // Guarded by this.
    private String seen;
    private Instant triedAt;
    private boolean isWrong;

    private FollowedCertificate(PeopleSettings.Own files, String seen, TlsFiles.Chain first, Clock clock) {
        this.files = files;
        this.seen = seen;
        this.shown = new LiveChain(first);
        this.clock = clock;
        this.triedAt = clock.instant();
    }

    /**
     * Reads the files, which are looked at again when it has begun.
     *
     * @throws ConfigException with a sentence for each that is wrong
     */
    public static FollowedCertificate read(PeopleSettings.Own files, Clock clock) throws ConfigException {
        // Before they are read: what changes in between is seen as a change.
        String seen = content(files);
        return new FollowedCertificate(
                files, seen, TlsFiles.chain(files.certificate(), files.key(), clock.instant()), clock);
    }

    /** What the files hold. */
    public LiveChain shown() {
        return shown;
    }

    /** Looks at the files again from now on. */
    public void begin() {
        timer.scheduleWithFixedDelay(this::lookSafely, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            // A fault must not be the end of all later looks.
            LOG.error("the people's certificate could not be looked at", e);
        }
    }

    /** Shows what the files hold, if it is new and can be shown. */
    synchronized void look() {
        Instant now = clock.instant();
        String found = content(files);
        if (!found.equals(seen)
                || (isWrong && Duration.between(triedAt, now).abs().compareTo(SAID_EVERY) >= 0)) {
            seen = found;
            triedAt = now;
            take(now);
        }
        warning.tell(files.certificate() + ": the certificate of the people's port", ends(), now);
    }

    private void take(Instant now) {
        try {
            shown.replace(TlsFiles.chain(files.certificate(), files.key(), now));
            isWrong = false;
            LOG.info("{}: the people's port shows what it holds from now on, until {}", files.certificate(), ends());
        } catch (ConfigException e) {
            isWrong = true;
            LOG.error(
                    "{}; the people's port goes on showing the certificate before, which ends on {}",
                    e.getMessage(),
                    ends());
        }
    }

    /** The certificate that is shown now. */
    public Instant ends() {
        return shown.current().certificates().get(0).getNotAfter().toInstant();
    }

    /** The same as long as both files are. */
    private static String content(PeopleSettings.Own files) {
        try {
            return Sha256.of(Files.readAllBytes(files.certificate())).hex()
                    + Sha256.of(Files.readAllBytes(files.key())).hex();
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
