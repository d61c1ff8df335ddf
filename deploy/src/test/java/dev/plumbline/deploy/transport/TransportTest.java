package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.AgentConfig;
import dev.plumbline.agent.RunningAgent;
import dev.plumbline.agent.spool.SpoolCounts;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.ingest.AgentGatewayService;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.CollectorServer;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.loopback.HeldPort;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Batch;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the agent's prober to the collector's journal over real mutual TLS, whatever is stopped in between. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class TransportTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final Plan PLAN = PlanCodec.seal(Plan.of(
            "campus", WIFI, List.of(), new Plan.Settings(Duration.ofSeconds(10), Duration.ofSeconds(4), 1, 20)));

    @TempDir
    Path folder;

    private final CountingProber prober = new CountingProber();
    private Agents agents = new Agents();
    private Journal journal;
    private CollectorServer server;
    private RunningAgent agent;
    /** Keeps the port for the collector while none listens on it, so that nobody else gets it. */
    private HeldPort held;

    private int port;

    @BeforeEach
    void enrol() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        new AuthorityFolder(folder.resolve("pki")).issue(WIFI, "wifi-1", folder.resolve("agent"), Instant.now());
        held = new HeldPort();
        port = held.number();
    }

    @AfterEach
    void stop() throws IOException {
        if (agent != null) {
            agent.close();
        }
        stopCollector();
        held.close();
    }

    @Test
    void whatIsMeasuredEndsInTheJournalOnceAndInOrder() throws Exception {
        startCollector();
        startAgent();
        await(() -> prober.observations() > 20);
        quiesce();
        assertEverythingIsJournalledOnce();
    }

    @Test
    void aDemandedRoundIsJournalledUnderTheCollectorsNumber() throws Exception {
        startCollector();
        startAgent();
        await(() -> agents.connected().size() == 1);
        assertThat(agents.demand("d1", 4711)).hasSize(1);
        await(() -> batches().stream()
                .flatMap(b -> b.summaries().stream())
                .anyMatch(s -> s.demand().equals("d1") && s.round() == 4711));
    }

    /** What an agent whose clock is wrong measures is comparable: its rounds have the numbers of everybody else's. */
    @ParameterizedTest
    @ValueSource(strings = {"PT-48H", "PT-1H", "PT1H", "PT48H"})
    void anAgentWhoseClockIsWrongGoesByTheCollectors(Duration wrong) throws Exception {
        startCollector();
        startAgent(Clock.offset(Clock.systemUTC(), wrong));
        await(() -> batches().stream().flatMap(b -> b.observations().stream()).anyMatch(o -> isOfNow(o.round())));
        quiesce();
        await(() -> right().findFirst().isPresent());
        assertThat(right().findFirst()
                        .orElseThrow()
                        .environment()
                        .surroundings()
                        .clockOffset())
                .hasValueSatisfying(
                        clock -> assertThat(clock.offset().plus(wrong).abs())
                                .isLessThanOrEqualTo(clock.bound().plusSeconds(5)));
    }

    /** Summaries under a number of this very minute. */
    private Stream<RoundSummary> right() throws Exception {
        return batches().stream()
                .flatMap(b -> b.summaries().stream())
                .filter(s -> s.demand().isEmpty())
                .filter(s -> isOfNow(s.round()));
    }

    private static boolean isOfNow(long round) {
        return Math.abs(System.currentTimeMillis() - round) < 60_000;
    }

    @Test
    void anAgentWithoutCollectorGoesOnMeasuringAndNothingIsLostWhenItComesBack() throws Exception {
        startCollector();
        startAgent();
        await(() -> prober.observations() > 5);
        for (int i = 0; i < 3; i++) {
            stopCollector();
            int before = prober.observations();
            await(() -> prober.observations() > before + 20);
            startCollector();
            await(agent::isConnected);
        }
        quiesce();
        assertEverythingIsJournalledOnce();
    }

    @Test
    void anAgentThatWasRestartedSendsWhatWasLeftAndGoesOnWithTheNextSequence() throws Exception {
        startCollector();
        startAgent();
        await(() -> prober.observations() > 5);
        stopCollector();
        int before = prober.observations();
        await(() -> prober.observations() > before + 10);
        agent.close();
        startAgent(); // the plan on disk lets it measure without a collector
        int again = prober.observations();
        await(() -> prober.observations() > again + 10);
        startCollector();
        quiesce();
        assertEverythingIsJournalledOnce();
        assertThat(batches())
                .extracting(Batch::incarnation)
                .containsOnly(agent.spool().incarnation());
    }

    @Test
    void aCollectorThatMovesToAnotherAddressIsFoundThereAndNothingIsLostNorTwice() throws Exception {
        try (HeldPort other = new HeldPort()) {
            List<Integer> ports = List.of(port, other.number());
            startCollector();
            startAgent(ports);
            await(() -> prober.observations() > 5);
            for (int move = 1; move <= 4; move++) {
                stopCollector();
                int before = prober.observations();
                await(() -> prober.observations() > before + 10);
                port = ports.get(move % 2);
                startCollector();
                String there = "connected to collector 127.0.0.1:" + port;
                await(() -> agent.isConnected() && agent.state().equals(there));
            }
            quiesce();
            assertEverythingIsJournalledOnce();
        }
    }

    @Test
    void anImpostorIsNoCollector() throws Exception {
        new AuthorityFolder(folder.resolve("foreign"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        startCollector(load("foreign", "collector"));
        startAgent();
        await(() -> agent.state().contains("no connection to collector"));
        assertThat(agent.isConnected()).isFalse();
        stopCollector();
        // Even one with a certificate of this site, when it is not the collector's.
        startCollector(new TlsFiles(
                        folder.resolve("agent/agent.pem"),
                        folder.resolve("agent/agent.key"),
                        folder.resolve("pki/ca.pem"))
                .load(Instant.now()));
        await(() -> agent.state().contains("not spiffe://campus.example/site/campus/collector")
                || agent.state().contains("server authentication"));
        assertThat(journal.end()).isZero();
    }

    private void startCollector() throws Exception {
        startCollector(load("pki", "collector"));
    }

    private void startCollector(TlsMaterial own) throws Exception {
        agents = new Agents();
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        AgentGatewayService gateway = new AgentGatewayService(
                agents, journal, s -> s.equals(WIFI) ? Optional.of(PLAN) : Optional.empty(), Clock.systemUTC());
        server = CollectorServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), own, List.of(gateway));
    }

    private void stopCollector() {
        if (server != null) {
            server.close();
            journal.close();
        }
    }

    private void startAgent() throws Exception {
        startAgent(Clock.systemUTC());
    }

    private void startAgent(Clock clock) throws Exception {
        startAgent(List.of(port), clock);
    }

    private void startAgent(List<Integer> ports) throws Exception {
        startAgent(ports, Clock.systemUTC());
    }

    private void startAgent(List<Integer> ports, Clock clock) throws Exception {
        Path own = folder.resolve("agent");
        AgentConfig config = new AgentConfig(
                ports.stream().map(p -> new CollectorAddress("127.0.0.1", p)).toList(),
                new TlsFiles(own.resolve("agent.pem"), own.resolve("agent.key"), own.resolve("ca.pem")),
                folder.resolve("data"),
                256 << 20,
                List.of());
        agent = RunningAgent.start(config, prober, clock, "test");
    }

    /** Stops measuring and waits until the spool is empty. */
    private void quiesce() throws Exception {
        prober.stop();
        await(() -> {
            SpoolCounts counts = agent.spool().counts();
            return counts.pending() == 0 && counts.spooled() == prober.observations();
        });
    }

    private void assertEverythingIsJournalledOnce() throws Exception {
        List<String> journalled = batches().stream()
                .flatMap(b -> b.observations().stream())
                .map(o -> o.target().value())
                .toList();
        assertThat(journalled).isEqualTo(prober.targets());
        assertThat(agent.spool().counts().dropped()).isZero();
        assertThat(batches()).extracting(Batch::sequence).isSorted().doesNotHaveDuplicates();
    }

    private List<Batch> batches() throws Exception {
        List<Batch> batches = new ArrayList<>();
        for (JournalEntry entry : journal.tail(0, 100_000)) {
            batches.add(BatchCodec.parse(entry.record().batch().toArray()));
        }
        return batches;
    }

    private TlsMaterial load(String dir, String name) throws Exception {
        Path pki = folder.resolve(dir);
        return new TlsFiles(pki.resolve(name + ".pem"), pki.resolve(name + ".key"), pki.resolve("ca.pem"))
                .load(Instant.now());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the condition did not come true").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
