package dev.plumbline.agent.enrol;

import com.google.protobuf.ByteString;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.EnrolAgentResponse;
import dev.plumbline.v1.PendingApproval;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Makes an agent of this host: key, question, certificate, folder. May be run again at any point. */
final class Join {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Bounds of what a collector may say of the time between two questions. */
    private static final int SHORTEST_SECONDS = 1;

    private static final int LONGEST_SECONDS = 60;

    /** No token lasts longer than seven days; the collector ends it before. */
    private static final int MOST_QUESTIONS = 7 * 24 * 3600;

    private Join() {}

    /**
     * What the folder holds now.
     *
     * @param isNew false when it was there before
     */
    record Joined(TlsMaterial own, Path configuration, boolean isNew) {
        Instant ends() {
            return own.chain().get(0).getNotAfter().toInstant();
        }
    }

    /**
     * @param name the wanted one
     * @param isNameFixed false = another one that begins with it will do
     * @param waiting is told where somebody has to say yes first; whoever is cut short meanwhile joins again and goes on waiting
     * @throws JoinFailure with a sentence; nothing but the key that the next try uses was written then
     */
    static Joined run(JoinToken token, Path dir, String name, boolean isNameFixed, Clock clock, Waiting waiting)
            throws JoinFailure {
        AgentFolder folder = new AgentFolder(dir);
        Optional<TlsMaterial> standing = folder.standing(token);
        if (standing.isPresent() && !hasEnded(standing.get(), clock.instant())) {
            return new Joined(standing.get(), folder.configuration(), false);
        }
        // Who was off for longer than a certificate lives comes back under its name.
        Optional<SpiffeId> before = standing.map(TlsMaterial::identity);
        String wanted = before.map(SpiffeId::name).orElse(name);
        EnrolmentClient client = new EnrolmentClient(token, PAUSE);
        KeyRequest key = folder.key(token, wanted);
        boolean isFixed = isNameFixed || before.isPresent();
        EnrolmentClient.Answer answer = approved(client, key, wanted, isFixed, waiting);
        TlsMaterial own = folder.complete(
                token,
                before,
                key,
                certificates(answer.response().getCertificatesList()),
                answer.authority(),
                addresses(answer.response()),
                clock.instant());
        return new Joined(own, folder.configuration(), true);
    }

    private static EnrolmentClient.Answer approved(
            EnrolmentClient client, KeyRequest key, String wanted, boolean isFixed, Waiting waiting)
            throws JoinFailure {
        EnrolmentClient.Answer answer = client.ask(key, wanted, isFixed);
        if (!answer.response().hasPending()) {
            return answer;
        }
        try {
            for (int asked = 0; asked < MOST_QUESTIONS && answer.response().hasPending(); asked++) {
                PendingApproval pending = answer.response().getPending();
                waiting.waits(
                        pending.getIdentity(),
                        key.fingerprint(),
                        Instant.ofEpochSecond(pending.getEndsAt().getSeconds()));
                int seconds = Math.max(SHORTEST_SECONDS, Math.min(LONGEST_SECONDS, pending.getRetryAfterSeconds()));
                LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
                answer = again(client, key, wanted, isFixed, waiting, answer);
            }
        } finally {
            waiting.over();
        }
        return answer;
    }

    /** The collector may be started anew meanwhile: who waits goes on waiting. */
    private static EnrolmentClient.Answer again(
            EnrolmentClient client,
            KeyRequest key,
            String wanted,
            boolean isFixed,
            Waiting waiting,
            EnrolmentClient.Answer before)
            throws JoinFailure {
        try {
            return client.ask(key, wanted, isFixed);
        } catch (JoinFailure e) {
            if (e.exitCode() != JoinFailure.UNREACHABLE) {
                throw e;
            }
            waiting.unanswered(String.valueOf(e.getMessage()));
            return before;
        }
    }

    private static boolean hasEnded(TlsMaterial own, Instant now) {
        return now.isAfter(own.chain().get(0).getNotAfter().toInstant());
    }

    /** Own certificate first. */
    static List<X509Certificate> certificates(List<ByteString> encoded) throws JoinFailure {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (ByteString der : encoded) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toByteArray())));
            }
        } catch (CertificateException e) {
            throw new JoinFailure(JoinFailure.REFUSED, "the collector gave what is no certificate: " + e.getMessage());
        }
        if (chain.isEmpty()) {
            throw new JoinFailure(JoinFailure.REFUSED, "the collector gave no certificate");
        }
        return chain;
    }

    private static List<CollectorAddress> addresses(EnrolAgentResponse response) throws JoinFailure {
        try {
            List<CollectorAddress> all = response.getCollectorAddressesList().stream()
                    .map(CollectorAddress::parse)
                    .toList();
            if (all.isEmpty()) {
                throw new JoinFailure(JoinFailure.REFUSED, "the collector does not say where agents connect");
            }
            // They are written into a configuration: what a host name never has does not get there.
            if (!all.stream().allMatch(a -> a.host().matches("[A-Za-z0-9.:-]+"))) {
                throw new JoinFailure(JoinFailure.REFUSED, "the collector gave an address that is none");
            }
            return all;
        } catch (IllegalArgumentException e) {
            throw new JoinFailure(JoinFailure.REFUSED, "the collector gave a wrong address: " + e.getMessage());
        }
    }
}
