package dev.plumbline.agent.enrol;

import com.google.protobuf.ByteString;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.EnrolAgentResponse;
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

/** Makes an agent of this host: key, question, certificate, folder. May be run again at any point. */
final class Join {
    private static final Duration PAUSE = Duration.ofSeconds(1);

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
     * @throws JoinFailure with a sentence; nothing but the key that the next try uses was written then
     */
    static Joined run(JoinToken token, Path dir, String name, boolean isNameFixed, Clock clock) throws JoinFailure {
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
        EnrolmentClient.Answer answer = client.ask(key, wanted, isNameFixed || before.isPresent());
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
