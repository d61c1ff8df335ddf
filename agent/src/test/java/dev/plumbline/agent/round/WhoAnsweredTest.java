package dev.plumbline.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.agent.probe.HealthyRounds;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Observation;
import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rounds on loopback that ask who answers for Apple's address. */
final class WhoAnsweredTest {
    /** For who is expected to answer: only a hang is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For who is expected to be silent; long enough for everybody else. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private static TestCertificate certificate;

    private final Map<Integer, InetSocketAddress> ports = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() {
        certificate = new TestCertificate("courier.push.apple.com");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void aHealthyCouriersCanaryThatIsClosedIsARefusalAndNoAcceptance() throws IOException {
        serve(5223, courierManner());
        refuse(5224);
        WhoAnswered who = run(PATIENCE, courier(5223)).whoAnswered();
        assertThat(who.canaryPort()).isEqualTo(5224);
        assertThat(who.canaryFailure().kind()).isEqualTo(FailureKind.CONNECT_RESET);
        assertThat(who.canaryAccepted()).isFalse();
    }

    @Test
    void aBoxThatAcceptsEverySynGivesItselfAwayByTheCanary() throws IOException {
        serve(5223, courierManner());
        serve(5224, LittleServer.silent());
        assertThat(run(PATIENCE, courier(5223)).whoAnswered().canaryAccepted()).isTrue();
    }

    @Test
    void aCanaryThatIsDroppedSaysNothing() throws IOException {
        serve(5223, courierManner());
        Listeners.Silent silent = Listeners.silent();
        open.add(silent);
        ports.put(5224, silent.socketAddress());
        WhoAnswered who = run(PATIENCE, courier(5223)).whoAnswered();
        assertThat(who.canaryFailure().kind()).isEqualTo(FailureKind.CONNECT_SILENT);
        assertThat(who.canaryAccepted()).isFalse();
    }

    @Test
    void whoIsHealthyIsNotWaitedForOnceTheRoundHasNothingElseToDo() throws IOException {
        serve(5223, courierManner());
        refuse(5224);
        // Both distances take a turn of silence at least, and this round is over sooner.
        WhoAnswered who = run(PATIENCE, courier(5223)).whoAnswered();
        assertThat(List.of(who.arrivingTtl(), who.answeringHop()))
                .allMatch(distance -> distance == WhoAnswered.NOT_MEASURED || distance == 64 || distance == 1);
        assertThat(who.canaryPort()).isEqualTo(5224);
    }

    @Test
    void aPacedRoundWhoseTurnItIsMeasuresTheDistanceOfAHealthyCourier() throws IOException {
        serve(5223, courierManner());
        refuse(5224);
        WhoAnswered who = run(roundThatMeasuresCouriers(), new RoundSettings(PATIENCE, 0, 20), courier(5223))
                .whoAnswered();
        // Loopback answers with the initial TTL, which no router has lowered.
        assertThat(who.arrivingTtl()).isEqualTo(64);
        assertThat(who.answeringHop()).isEqualTo(1);
    }

    @Test
    void theFirstFlightIsTimedBesideTheSyn() throws IOException {
        serve(5223, courierManner());
        refuse(5224);
        Attempt attempt = run(PATIENCE, courier(5223));
        assertThat(attempt.handshakes().get(0).firstFlight())
                .isPositive()
                .isLessThanOrEqualTo(attempt.handshakes().get(0).elapsed());
        assertThat(attempt.synRoundTrip()).isPositive();
    }

    @Test
    void aSilentHandshakeIsRepeatedWithSmallSegmentsInTheConfirmationAndItsPeerHasTheHello() throws IOException {
        serve(5223, LittleServer.silent());
        refuse(5224);
        run(1, new RoundSettings(SILENCE, 1, 0), courier(5223));
        assertThat(observations.get(0).attempts().get(0).smallSegments()).isEmpty();
        Attempt confirmed = observations.get(1).attempts().get(0);
        SmallSegments small = confirmed.smallSegments().orElseThrow();
        assertThat(small.segmentBytes()).isEqualTo(1200);
        assertThat(small.stand()).isFalse();
        assertThat(small.handshake().orElseThrow().failure().kind()).isEqualTo(FailureKind.TLS_SILENT);
        assertThat(confirmed.handshakes()).anySatisfy(handshake -> {
            assertThat(handshake.serverName()).isEqualTo("courier.push.apple.com");
            assertThat(handshake.firstFlight()).isZero();
            assertThat(handshake.tcpState().orElseThrow().unacknowledged()).isZero();
            assertThat(handshake.tcpState().orElseThrow().pathMtu()).isPositive();
        });
        // Something further up failed where somebody accepted: who that was is measured in full.
        assertThat(confirmed.whoAnswered().arrivingTtl()).isEqualTo(64);
        assertThat(confirmed.whoAnswered().siblingArrivingTtl()).isEqualTo(64);
        assertThat(confirmed.whoAnswered().fromAnotherDistance()).isFalse();
    }

    private Attempt run(Duration timeout, Target... targets) throws IOException {
        return run(1, new RoundSettings(timeout, 0, 0), targets);
    }

    private Attempt run(long round, RoundSettings settings, Target... targets) throws IOException {
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Listeners.Closed rest = Listeners.closed();
                Network network = Network.open(
                        address -> address.getAddress().isLoopbackAddress()
                                ? address
                                : ports.getOrDefault(address.getPort(), rest.socketAddress()),
                        List.of(),
                        List.of(dns.socketAddress()))) {
            new RoundRunner(network, Suspicion.ofFailures())
                    .run(
                            RoundOrder.of(List.of(targets), round),
                            settings,
                            (observation, fresh) -> observations.add(observation))
                    .join();
        }
        return observations.get(0).attempts().get(0);
    }

    /** Found by what it does, so that the test does not repeat the arithmetic. */
    private static long roundThatMeasuresCouriers() {
        long round = 1;
        while (!HealthyRounds.measureCourier(round)) {
            round++;
        }
        return round;
    }

    private void serve(int port, LittleServer.Manner manner) throws IOException {
        LittleServer server = new LittleServer(manner);
        open.add(server);
        ports.put(port, server.socketAddress());
    }

    private void refuse(int port) throws IOException {
        Listeners.Closed closed = Listeners.closed();
        open.add(closed);
        ports.put(port, closed.socketAddress());
    }

    private static LittleServer.Manner courierManner() {
        return LittleServer.tls(certificate.serverContext(), false, List.of("apns-security-v3"), LittleServer.silent());
    }

    private static Target courier(int port) {
        return new Target(
                new TargetId("courier:" + port),
                "name.test",
                0,
                port,
                Transport.TCP,
                ProbeKind.COURIER,
                "courier.push.apple.com",
                IdentityClass.APPLE_PRIVATE,
                List.of("apns-security-v3"),
                "",
                Set.of(Service.APNS),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
