package dev.plumbline.agent.enrol;

import com.google.protobuf.ByteString;
import dev.plumbline.agent.stream.Credentials;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.Pem;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.RenewCertificateRequest;
import dev.plumbline.v1.RenewCertificateResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An identity whose certificate is renewed over the agent's own connection when two thirds of its life are over, each time for a
 * new key. The file is replaced at one blow and the next connection uses it; until then, and whenever that fails, the present
 * certificate serves to its end. Any thread.
 */
public final class RenewingIdentity implements Credentials {
    private static final long PATIENCE_SECONDS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RenewingIdentity.class);

    private final TlsFiles files;
    private final Clock clock;
    private volatile TlsMaterial current;

    // Guarded by this.
    private boolean underWay;
    private int failures;
    private @Nullable Instant lastTry;
    private Duration pause = Duration.ZERO;

    /**
     * @param files certificate and key are one file
     * @param loaded what they hold now
     */
    public RenewingIdentity(TlsFiles files, TlsMaterial loaded, Clock clock) {
        if (!files.isOneFile()) {
            throw new IllegalArgumentException("certificate and key are replaced at one blow: they are one file");
        }
        this.files = files;
        this.current = loaded;
        this.clock = clock;
    }

    /** Once the certificate has ended another join may have put a new one in its place. */
    @Override
    public synchronized TlsMaterial current() {
        if (clock.instant().isAfter(end(current))) {
            try {
                TlsMaterial there = files.read();
                if (there.identity().equals(current.identity()) && end(there).isAfter(end(current))) {
                    current = there;
                    LOG.info("the certificate of {} was replaced: until {}", there.identity(), end(there));
                }
            } catch (ConfigException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        return current;
    }

    private static Instant end(TlsMaterial own) {
        return own.chain().get(0).getNotAfter().toInstant();
    }

    @Override
    public void tend(Channel connection) {
        Instant now = clock.instant();
        synchronized (this) {
            if (underWay || now.isBefore(RenewalTimes.due(current.chain().get(0))) || isPausing(now)) {
                return;
            }
            underWay = true;
            lastTry = now;
        }
        try {
            ask(connection, KeyRequest.make(current.identity().name()));
        } catch (RuntimeException e) {
            LOG.error("renewing stumbled over a fault of its own", e);
            failed("a fault of this program: " + e);
        }
    }

    private void ask(Channel connection, KeyRequest key) {
        CertificateRenewalGrpc.newStub(connection)
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .renewCertificate(
                        RenewCertificateRequest.newBuilder()
                                .setCertificateRequest(
                                        ByteString.copyFrom(key.request().toArray()))
                                .build(),
                        new Renewal(key));
    }

    /** A clock that was set back must not make the pause longer. */
    private boolean isPausing(Instant now) {
        return lastTry != null && Duration.between(lastTry, now).abs().compareTo(pause) < 0;
    }

    private synchronized void succeeded(TlsMaterial next) {
        current = next;
        ended(0);
        LOG.info(
                "the certificate of {} is renewed: until {}",
                next.identity(),
                next.chain().get(0).getNotAfter().toInstant());
    }

    private synchronized void failed(String why) {
        ended(failures + 1);
        LOG.warn(
                "the certificate of {} is not renewed: {}; it is good until {}, and renewing is tried again in {} s",
                current.identity(),
                why,
                current.chain().get(0).getNotAfter().toInstant(),
                pause.toSeconds());
    }

    private void ended(int failuresNow) {
        failures = failuresNow;
        pause = RenewalTimes.pause(failures, ThreadLocalRandom.current().nextDouble());
        underWay = false;
    }

    /** Writes what came, looks at it as the agent will when it starts, and only then puts it in place. */
    private TlsMaterial replaced(KeyRequest key, List<X509Certificate> chain)
            throws IOException, ConfigException, GeneralSecurityException {
        Path file = files.certificate();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        SafeFiles.write(fresh, key.key() + chain.stream().map(Pem::certificate).collect(Collectors.joining()));
        // By the certificates' own clock: a wrong one of this host's does not throw away what the collector gave.
        Instant within = Stream.concat(chain.stream(), current.trust().stream())
                .map(c -> c.getNotBefore().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        TlsMaterial next = new TlsFiles(fresh, fresh, files.trust()).load(within.plusSeconds(1));
        if (!next.identity().equals(current.identity())) {
            throw new GeneralSecurityException("the collector gave a certificate of " + next.identity());
        }
        verifySigned(next);
        SafeFiles.place(fresh, file);
        return next;
    }

    private static void verifySigned(TlsMaterial next) throws GeneralSecurityException {
        X509Certificate last = next.chain().get(next.chain().size() - 1);
        for (X509Certificate anchor : next.trust()) {
            if (anchor.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
                SignedChain.verify(next.chain(), anchor);
                return;
            }
        }
        throw new GeneralSecurityException("the collector gave a certificate that no trusted authority signed");
    }

    /** One question for a certificate, and what becomes of it. */
    private final class Renewal implements StreamObserver<RenewCertificateResponse> {
        private final KeyRequest key;
        private boolean isAnswered;

        Renewal(KeyRequest key) {
            this.key = key;
        }

        @Override
        public void onNext(RenewCertificateResponse response) {
            isAnswered = true;
            try {
                succeeded(replaced(key, Join.certificates(response.getCertificatesList())));
            } catch (IOException e) {
                failed(files.certificate() + " cannot be written (" + e + "); let the agent's user write its folder");
            } catch (JoinFailure | ConfigException | GeneralSecurityException e) {
                failed(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                // Else nobody would ever ask again.
                LOG.error("renewing stumbled over a fault of its own", e);
                failed("a fault of this program: " + e);
            }
        }

        @Override
        public void onError(Throwable problem) {
            if (!isAnswered) {
                Status status = Status.fromThrowable(problem);
                failed(status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription()));
            }
        }

        @Override
        public void onCompleted() {
            if (!isAnswered) {
                failed("the collector answered nothing");
            }
        }
    }
}
