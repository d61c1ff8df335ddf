package dev.plumbline.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole rounds against real servers on loopback, onto which Apple's address is mapped port by port. */
final class RoundRunnerTest {
    /** For who is expected to answer: only a hang is longer. */
    private static final RoundSettings PATIENT = new RoundSettings(Duration.ofSeconds(60), 1, 0);

    /** For who is expected to be silent in one of the stages; in the others he answers long before. */
    private static final Duration SILENCE = Duration.ofMillis(2500);

    private static TestCertificate certificate;

    private final Map<Integer, InetSocketAddress> ports = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private InetSocketAddress theRest = new InetSocketAddress(0);
    private final List<Observation> observations = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();

    /** What a first round spends on loading classes must not be taken for somebody's silence. */
    @BeforeAll
    static void makeCertificateAndLoadClasses() throws Exception {
        certificate = new TestCertificate("courier.push.apple.com");
        RoundRunnerTest healthy = new RoundRunnerTest();
        healthy.serve(
                5223, LittleServer.tls(certificate.serverContext(), false, List.of("apns-security-v3"), silent()));
        healthy.run(LittleDns.Behaviour.ANSWERS, List.of(courier()));
        healthy.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void aHealthyCourierTakesOneTryAndShowsItsChain() throws IOException {
        serve(5223, LittleServer.tls(certificate.serverContext(), false, List.of("apns-security-v3"), silent()));
        run(LittleDns.Behaviour.ANSWERS, List.of(courier()));
        Observation seen = onlyObservation();
        assertThat(seen.tryNumber()).isEqualTo(1);
        Attempt attempt = seen.attempts().get(0);
        assertThat(attempt.remote().toString()).isEqualTo("17.57.144.10:5223");
        assertThat(Handshakes.of(attempt.handshakes()).usual())
                .extracting(Handshake::serverName, Handshake::alpnSelected)
                .containsExactly(Assertions.tuple("courier.push.apple.com", "apns-security-v3"));
        assertThat(evidence)
                .extracting(Evidence::hash)
                .isEqualTo(attempt.handshakes().get(0).certificates());
    }

    @Test
    void aStrangerOnTheCouriersPortIsAskedWithoutAlpnUntilItShowsItsChain() throws IOException {
        serve(5223, LittleServer.tls(certificate.serverContext(), false, List.of("http/1.1"), silent()));
        run(LittleDns.Behaviour.ANSWERS, List.of(courier()));
        List<Handshake> handshakes = observations.get(0).attempts().get(0).handshakes();
        assertThat(Handshakes.of(handshakes).usual())
                .extracting(Handshake::alpnOffered)
                .containsExactly(List.of("apns-security-v3"), List.of());
        assertThat(handshakes.get(0).failure().kind()).isEqualTo(FailureKind.TLS_ALERT);
        assertThat(handshakes.get(1).certificates()).hasSize(2);
        assertThat(observations).extracting(Observation::tryNumber).isEqualTo(triesWithOneConfirmation());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_RESET", "TLS_CLOSED"})
    void whoBreaksOffAfterTheClientHelloIsAskedForTheNeutralNameInEveryTry(FailureKind kind) throws IOException {
        serve(5223, kind == FailureKind.TLS_RESET ? LittleServer.resets() : LittleServer.closes());
        run(LittleDns.Behaviour.ANSWERS, List.of(courier()));
        assertThat(observations).hasSizeGreaterThan(1);
        assertThat(observations)
                .allSatisfy(
                        seen -> assertThat(Handshakes.of(seen.attempts().get(0).handshakes())
                                        .usual())
                                .extracting(
                                        Handshake::serverName,
                                        handshake -> handshake.failure().kind())
                                .containsExactly(
                                        Assertions.tuple("courier.push.apple.com", kind),
                                        Assertions.tuple("courier.push.apple.com", kind),
                                        Assertions.tuple("www.example.com", kind)));
    }

    @Test
    void aConfirmationDoesNotWaitForSilenceToEndBeforeItAsksForTheNeutralName() throws IOException {
        serve(5223, LittleServer.silent());
        run(LittleDns.Behaviour.ANSWERS, List.of(courier()), new RoundSettings(SILENCE, 1, 0));
        assertThat(observations.get(0).attempts().get(0).handshakes()).hasSize(1);
        assertThat(observations.get(1).attempts().get(0).handshakes())
                .extracting(Handshake::serverName)
                .containsExactlyInAnyOrder("courier.push.apple.com", "www.example.com");
    }

    @Test
    void aRefusedPortIsConfirmedOnceAndTheCanaryIsAsked() throws IOException {
        refuse(5223);
        run(LittleDns.Behaviour.ANSWERS, List.of(courier()));
        assertThat(observations).extracting(Observation::tryNumber).isEqualTo(triesWithOneConfirmation());
        Attempt confirmed = observations.get(1).attempts().get(0);
        assertThat(confirmed.connect().kind()).isEqualTo(FailureKind.CONNECT_RESET);
        assertThat(confirmed.whoAnswered().canaryPort()).isEqualTo(5224);
        assertThat(confirmed.whoAnswered().canaryFailure().kind()).isEqualTo(FailureKind.CONNECT_RESET);
        // Loopback answers with the initial TTL, which no router has lowered.
        assertThat(confirmed.whoAnswered().arrivingTtl()).isEqualTo(64);
        assertThat(confirmed.whoAnswered().answeringHop()).isEqualTo(1);
    }

    @Test
    void aNameThatIsRefusedIsAskedAgainInTheConfirmationOnly() throws IOException {
        run(LittleDns.Behaviour.REFUSED, List.of(courier(), target("other", ProbeKind.TCP, 443)));
        assertThat(observations)
                .hasSize(4 + madeUpFor())
                .allMatch(seen -> seen.attempts().isEmpty());
        // Two types, each once for both targets in each pass.
        assertThat(questionsAsked).isEqualTo(madeUpFor() == 0 ? 4 : 6);
    }

    @Test
    void aSegmentThatDropsEverythingIsJudgedInOneTimeOut() throws IOException {
        Listeners.Silent silent = Listeners.silent();
        open.add(silent);
        ports.put(443, silent.socketAddress());
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            targets.add(target("t" + i, ProbeKind.TCP, 443));
        }
        RoundSummary summary = run(LittleDns.Behaviour.ANSWERS, targets, new RoundSettings(SILENCE, 0, 0));
        assertThat(observations)
                .filteredOn(seen -> seen.tryNumber() == 1)
                .extracting(Observation::target)
                .containsExactlyInAnyOrderElementsOf(
                        targets.stream().map(Target::id).toList());
        assertThat(observations)
                .allMatch(seen -> seen.attempts().get(0).connect().kind() == FailureKind.CONNECT_SILENT);
        // One after the other they would take six minutes. A host that is short of processor time tries no more than a
        // few at once, and after a jam all of them once more.
        boolean busy = worstLag().compareTo(SlowStart.LATE) > 0;
        assertThat(Duration.between(summary.startedAt(), summary.endedAt()))
                .isLessThan(busy ? Duration.ofMinutes(3) : Duration.ofSeconds(7));
    }

    @Test
    void thePlainConversationsKeepWhatWasSaid() throws IOException {
        serve(80, LittleServer.says("HTTP/1.1 302 Found\r\nLocation: http://portal/\r\nContent-Length: 2\r\n\r\nhi"));
        serve(22, LittleServer.greets("SSH-2.0-Test\r\n"));
        run(
                LittleDns.Behaviour.ANSWERS,
                List.of(target("captive", ProbeKind.CAPTIVE, 80), target("ssh", ProbeKind.SSH, 22)));
        Exchange captive = exchangeOf("captive");
        assertThat(captive.status()).isEqualTo(302);
        assertThat(captive.headers()).containsEntry("location", "http://portal/");
        assertThat(captive.bodyStart().latin1()).isEqualTo("hi");
        assertThat(exchangeOf("ssh").summary()).isEqualTo("SSH-2.0-Test");
    }

    @Test
    void brokenConversationsAreToldApart() throws IOException {
        serve(80, LittleServer.silent());
        serve(81, LittleServer.resets());
        serve(82, LittleServer.closes());
        serve(83, LittleServer.says("SSH-2.0-Test\r\n\r\n"));
        List<Target> targets = new ArrayList<>();
        for (int port = 80; port <= 83; port++) {
            targets.add(target("http" + port, ProbeKind.HTTP, port));
        }
        run(LittleDns.Behaviour.ANSWERS, targets, new RoundSettings(SILENCE, 0, 0));
        assertThat(targets)
                .extracting(target -> exchangeOf(target.id().value()).failure().kind())
                .containsExactly(
                        FailureKind.EXCHANGE_SILENT,
                        FailureKind.EXCHANGE_RESET,
                        FailureKind.EXCHANGE_CLOSED,
                        FailureKind.EXCHANGE_MALFORMED);
    }

    @Test
    void aNameThatMustNotExistIsSuspectOnlyWhenItAnswers() throws IOException {
        run(LittleDns.Behaviour.NXDOMAIN, List.of(target("absent", ProbeKind.NAME_ABSENT, 2195)));
        assertThat(observations).hasSize(1);
        observations.clear();
        run(LittleDns.Behaviour.ANSWERS, List.of(target("absent", ProbeKind.NAME_ABSENT, 2195)));
        assertThat(observations).extracting(Observation::tryNumber).isEqualTo(triesWithOneConfirmation());
    }

    @Test
    void whatThePlanCouldNotReadIsSkippedAndSaidSo() throws IOException {
        Map<TargetId, SkipReason> unread = Map.of(new TargetId("newer"), SkipReason.NO_PROBE);
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Network network = network(dns)) {
            RoundSummary summary = new RoundRunner(network, Suspicion.ofFailures())
                    .run(new RoundOrder(List.of(), 1, "", "", unread), PATIENT, listener())
                    .join();
            assertThat(summary.skipped())
                    .containsExactly(Map.entry(new TargetId("newer"), Skip.of(SkipReason.NO_PROBE)));
            assertThat(summary.probed()).isEmpty();
            assertThat(summary.environment().resolvers()).hasSize(1);
        }
    }

    @Test
    void aCancelledRoundEndsWithoutASummary() throws IOException {
        serve(5223, LittleServer.silent());
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
                Network network = network(dns)) {
            refuseTheRest();
            CompletableFuture<RoundSummary> round = new RoundRunner(network, Suspicion.ofFailures())
                    .run(RoundOrder.of(List.of(courier()), 1), PATIENT, listener());
            round.cancel(false);
            Assertions.assertThatThrownBy(round::join).isInstanceOf(CancellationException.class);
        }
        assertThat(observations).isEmpty();
    }

    private int questionsAsked;

    private RoundSummary run(LittleDns.Behaviour behaviour, List<Target> targets) throws IOException {
        return run(behaviour, targets, PATIENT);
    }

    private RoundSummary run(LittleDns.Behaviour behaviour, List<Target> targets, RoundSettings settings)
            throws IOException {
        refuseTheRest();
        try (LittleDns dns = new LittleDns(behaviour, "17.57.144.10");
                Network network = network(dns)) {
            RoundSummary summary = new RoundRunner(network, Suspicion.ofFailures())
                    .run(RoundOrder.of(targets, 1_790_000_100_000L), settings, listener())
                    .join();
            questionsAsked = dns.questions();
            return summary;
        }
    }

    private Network network(LittleDns dns) {
        return Network.open(
                address -> isApples(address) ? ports.getOrDefault(address.getPort(), theRest) : address,
                List.of(),
                List.of(dns.socketAddress()));
    }

    private static boolean isApples(InetSocketAddress address) {
        return !address.getAddress().isLoopbackAddress();
    }

    private RoundListener listener() {
        return (observation, fresh) -> {
            observations.add(observation);
            evidence.addAll(fresh);
        };
    }

    private void serve(int port, LittleServer.Manner manner) throws IOException {
        LittleServer server = new LittleServer(manner);
        open.add(server);
        ports.put(port, server.socketAddress());
    }

    /** Unmapped ports would be Apple's own. */
    private void refuseTheRest() throws IOException {
        Listeners.Closed closed = Listeners.closed();
        open.add(closed);
        theRest = closed.socketAddress();
    }

    private void refuse(int port) throws IOException {
        Listeners.Closed closed = Listeners.closed();
        open.add(closed);
        ports.put(port, closed.socketAddress());
    }

    /** The tries of a single target that stays wrong. */
    private List<Integer> triesWithOneConfirmation() {
        return madeUpFor() == 0 ? List.of(1, 2) : List.of(1, 2, 3);
    }

    /** How many confirmations are owed one more try, because the host was in a jam of its own by the time they ended. */
    private int madeUpFor() {
        boolean jammed = false;
        int owed = 0;
        for (Observation seen : observations) {
            jammed |= seen.loopLag().compareTo(Round.JAM) > 0;
            owed += jammed && seen.tryNumber() == 2 ? 1 : 0;
        }
        return owed;
    }

    private Duration worstLag() {
        return observations.stream()
                .map(Observation::loopLag)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static LittleServer.Manner silent() {
        return LittleServer.silent();
    }

    private Observation onlyObservation() {
        assertThat(observations).hasSize(1);
        return observations.get(0);
    }

    private Exchange exchangeOf(String id) {
        return observations.stream()
                .filter(seen -> seen.target().value().equals(id))
                .findFirst()
                .flatMap(seen -> seen.attempts().get(0).exchange())
                .orElseThrow();
    }

    private static Target courier() {
        return target("courier", ProbeKind.COURIER, 5223);
    }

    private static Target target(String id, ProbeKind kind, int port) {
        boolean tls = kind.seesCertificate();
        return new Target(
                new TargetId(id),
                "name.test",
                0,
                port,
                Transport.TCP,
                kind,
                "courier.push.apple.com",
                tls ? IdentityClass.APPLE_PRIVATE : IdentityClass.NONE,
                tls ? List.of("apns-security-v3") : List.of(),
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
