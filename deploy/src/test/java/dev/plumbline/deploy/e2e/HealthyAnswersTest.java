package dev.plumbline.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.round.RoundOrder;
import dev.plumbline.agent.round.RoundRunner;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.Assessment;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.Expectations;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.deploy.campus.Campus;
import dev.plumbline.deploy.campus.CampusSegment;
import dev.plumbline.deploy.campus.HostEntry;
import dev.plumbline.deploy.campus.HostKind;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent asks of the odd hosts, the simulator answers as Apple does, and the expectations find it healthy. */
final class HealthyAnswersTest {
    private static final Set<String> IDS = Set.of(
            "bag",
            "push.apple.com:txt",
            "captive.apple.com:80",
            "ocsp.apple.com:80",
            "ocsp.digicert.com:80",
            "crl.apple.com:80",
            "crl3.digicert.com:80",
            "certs.apple.com:80",
            "gdmf.apple.com:443",
            "mesu.apple.com:443",
            "mesu.apple.com:80");
    private static final Map<String, Target> TARGETS = new HashMap<>();
    private static final Map<String, Observation> SEEN = new HashMap<>();
    private static final Map<Sha256, Evidence> KEPT = new HashMap<>();
    private static TrustAnchors anchors = TrustAnchors.NONE;

    @BeforeAll
    static void probe() throws Exception {
        Catalog.builtIn().targets().stream()
                .filter(t -> IDS.contains(t.id().value()))
                .forEach(t -> TARGETS.put(t.id().value(), t));
        List<HostEntry> hosts = TARGETS.values().stream()
                .map(t -> new HostEntry(
                        t.host(), t.port(), HostKind.ofWord(t.probe().word())))
                .toList();
        try (Campus campus = Campus.start(hosts)) {
            anchors = anchors.with(
                            IdentityClass.APPLE_PRIVATE,
                            List.of(campus.anchors().applePrivate()))
                    .with(IdentityClass.PUBLIC, List.of(campus.anchors().publicRoot()));
            CampusSegment segment = campus.segment("clean");
            try (Network network = Network.open(segment::translate, List.of(), List.of(segment.resolver()))) {
                new RoundRunner(network, Suspicion.ofFailures())
                        .run(
                                RoundOrder.of(new ArrayList<>(TARGETS.values()), 1_790_000_100_000L),
                                new RoundSettings(Duration.ofSeconds(60), 0, 0),
                                (observation, fresh) -> {
                                    synchronized (KEPT) {
                                        SEEN.put(observation.target().value(), observation);
                                        fresh.forEach(e -> KEPT.put(e.hash(), e));
                                    }
                                })
                        .join();
            }
        }
    }

    @AfterAll
    static void forget() {
        SEEN.clear();
        KEPT.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bag                  | the push configuration is signed by 'courier.push.apple.com'
            captive.apple.com:80 | HTTP 200 with the Success page
            ocsp.apple.com:80    | an OCSP response from ocsp.apple.com: successful, the certificate is good, produced 20
            ocsp.digicert.com:80 | an OCSP response from ocsp.digicert.com: successful
            crl.apple.com:80     | the revocation list of
            crl3.digicert.com:80 | the revocation list of
            certs.apple.com:80   | a certificate by
            gdmf.apple.com:443   | HTTP 200 with a list of published systems
            mesu.apple.com:443   | with a property list
            mesu.apple.com:80    | with a property list
            """)
    void everyAddressGivesTheHealthyAnswer(String id, String because) {
        List<Attempt> attempts = SEEN.get(id).attempts();
        assertThat(attempts).isNotEmpty();
        List<Assessment> assessed = attempts.stream()
                .filter(a -> a.exchange().isPresent())
                .map(a -> Expectations.assess(TARGETS.get(id), a, new Kept(), anchors, a.startedAt()))
                .toList();
        assertThat(assessed).isNotEmpty().allSatisfy(a -> {
            assertThat(a.isMet()).as(a.because()).isTrue();
            assertThat(a.because()).contains(because);
        });
    }

    @ParameterizedTest
    @CsvSource("push.apple.com:txt")
    void theNumberOfCouriersIsRead(String id) {
        assertThat(SEEN.get(id).attempts()).isEmpty();
        assertThat(Expectations.assessNames(TARGETS.get(id), SEEN.get(id).lookups())
                        .because())
                .contains("count=50");
    }

    @ParameterizedTest
    @CsvSource("captive.apple.com:80")
    void thePortalPageIsAskedForInTwoWays(String id) {
        assertThat(SEEN.get(id).attempts())
                .extracting(a -> a.exchange().map(e -> e.asked()).orElse(""))
                .contains("GET as anybody", "GET as CaptiveNetworkSupport");
    }

    private static final class Kept implements Certificates {
        @Override
        public Optional<X509Certificate> byHash(Sha256 hash) {
            return Optional.ofNullable(KEPT.get(hash)).map(e -> {
                try {
                    return (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(e.content().toArray()));
                } catch (CertificateException none) {
                    throw new IllegalStateException(none);
                }
            });
        }

        @Override
        public Optional<Bytes> body(Sha256 hash) {
            return Optional.ofNullable(KEPT.get(hash)).map(Evidence::content);
        }
    }
}
