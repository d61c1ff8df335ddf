package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.agent.AgentConfig;
import dev.plumbline.agent.RunningSegments;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.ingest.AgentGatewayService;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.CollectorServer;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process that serves two segments, each from an address of its own, to one collector. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class SegmentsTest {
    private static final SegmentId STAFF = new SegmentId("staff");
    private static final SegmentId GUEST = new SegmentId("guest");

    @TempDir
    Path folder;

    private final Agents agents = new Agents();
    private Peers peers;
    private Journal journal;
    private CollectorServer server;

    @BeforeEach
    void start() throws Exception {
        peers = new Peers();
        AuthorityFolder authority = new AuthorityFolder(folder.resolve("pki"));
        authority.init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        authority.issue(STAFF, "box", folder.resolve("staff"), Instant.now());
        authority.issue(GUEST, "box", folder.resolve("guest"), Instant.now());
        authority.issue(STAFF, "box", folder.resolve("twin"), Instant.now());
        Map<SegmentId, Plan> plans = Map.of(STAFF, plan(STAFF), GUEST, plan(GUEST));
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        Path pki = folder.resolve("pki");
        server = CollectorServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new TlsFiles(pki.resolve("collector.pem"), pki.resolve("collector.key"), pki.resolve("ca.pem"))
                        .load(Instant.now()),
                List.of(new AgentGatewayService(
                        agents, journal, s -> Optional.ofNullable(plans.get(s)), Clock.systemUTC())));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        journal.close();
        peers.close();
    }

    @Test
    void eachSegmentMeasuresFromItsOwnAddressUnderItsOwnIdentity() throws Exception {
        List<AgentConfig> configs = AgentConfig.readAll(file("staff", "127.0.0.2", "guest", "source: 127.0.0.3"));
        try (Network network = Network.ofHost();
                RunningSegments running = RunningSegments.start(configs, network, Clock.systemUTC(), "test")) {
            await(() -> agents.connected().size() == 2);
            await(() -> hasSummary(STAFF) && hasSummary(GUEST));
            await(() -> peers.held().containsAll(Set.of("127.0.0.2", "127.0.0.3")));
            assertThat(running.agents()).hasSize(2);
            assertThat(agents.connected()).extracting(ConnectedAgent::segment).containsExactly(GUEST, STAFF);
        }
        assertThat(locals(STAFF)).containsExactly("127.0.0.2");
        assertThat(locals(GUEST)).containsExactly("127.0.0.3");
        assertThat(sources(STAFF)).containsExactly("127.0.0.2");
        assertThat(sources(GUEST)).containsExactly("127.0.0.3");
        Set<String> both = Set.of("127.0.0.2", "127.0.0.3");
        assertThat(peers.tcp()).as("probes").isEqualTo(both);
        assertThat(peers.udp()).as("datagrams").isEqualTo(both);
        assertThat(peers.dns()).as("name questions").isEqualTo(both);
        assertThat(peers.held()).as("quiet connections").isEqualTo(both);
        assertThat(folder.resolve("staff-data/plan.pb")).exists();
        assertThat(folder.resolve("guest-data/plan.pb")).exists();
    }

    @Test
    void theMetricsOfBothSegmentsAreOnOnePage() throws Exception {
        Path file = file("staff", "127.0.0.2", "guest", "source: 127.0.0.3");
        Files.writeString(file, "metrics: {listen: '127.0.0.1:0'}\n", StandardOpenOption.APPEND);
        try (Network network = Network.ofHost();
                RunningSegments running =
                        RunningSegments.start(AgentConfig.readAll(file), network, Clock.systemUTC(), "test")) {
            await(() -> hasSummary(STAFF) && hasSummary(GUEST));
            URI page = URI.create("http://127.0.0.1:" + running.metricsPort().orElseThrow() + "/metrics");
            for (String segment : List.of("staff", "guest")) {
                String rounds = "plumbline_agent_rounds_total{end=\"finished\",segment=\"" + segment + "\"} ";
                await(() -> {
                    String told = ask(page);
                    return told.contains(rounds) && !told.contains(rounds + "0.0\n");
                });
                assertThat(ask(page))
                        .contains(rounds)
                        .contains("plumbline_agent_connected{segment=\"" + segment + "\"} 1.0\n");
            }
        }
    }

    private static String ask(URI page) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void aSegmentWithoutAnAddressSaysSoAndTheOtherGoesOn() throws Exception {
        List<AgentConfig> configs = AgentConfig.readAll(file("staff", "127.0.0.2", "guest", "interface: no-such0"));
        try (Network network = Network.ofHost();
                RunningSegments running = RunningSegments.start(configs, network, Clock.systemUTC(), "test")) {
            await(() -> hasSummary(STAFF) && hasSummary(GUEST));
            assertThat(running.agents()).hasSize(2);
        }
        assertThat(locals(STAFF)).containsExactly("127.0.0.2");
        assertThat(attempts(GUEST)).isNotEmpty().allSatisfy(attempt -> {
            assertThat(attempt.connect().kind()).isEqualTo(FailureKind.LOCAL);
            assertThat(attempt.connect().detail()).isEqualTo("interface no-such0 has no address");
        });
        assertThat(sources(GUEST)).isEmpty();
        assertThat(peers.tcp()).containsExactly("127.0.0.2");
    }

    @Test
    void anIdentityThatCannotBeUsedIsARefusalOfAll() throws Exception {
        Path gone = file("staff", "127.0.0.2", "gone", "source: 127.0.0.3");
        assertThat(refusal(gone)).anyMatch(p -> p.contains("segments[1].identity") && p.contains("gone/agent.pem"));
        Path twin = file("staff", "127.0.0.2", "twin", "source: 127.0.0.3");
        assertThat(refusal(twin))
                .singleElement()
                .asString()
                .contains("twin/agent.pem: is of spiffe://campus.example/site/campus/segment/staff/agent/box, as is");
        assertThat(agents.connected()).isEmpty();
        assertThat(journal.end()).isZero();
    }

    @Test
    void twoAgentsOfOneSegmentCannotBeToldApartByMetrics() throws Exception {
        new AuthorityFolder(folder.resolve("pki")).issue(STAFF, "second", folder.resolve("second"), Instant.now());
        Path file = file("staff", "127.0.0.2", "second", "source: 127.0.0.3");
        Files.writeString(file, "metrics: {listen: '127.0.0.1:0', token: none.token}\n", StandardOpenOption.APPEND);
        assertThat(refusal(file))
                .hasSize(2)
                .anyMatch(p -> p.contains("second/agent.pem: is of segment staff, as is")
                        && p.contains("metrics tell the agents of one process apart by their segments"))
                .anyMatch(p -> p.contains("metrics.token: ") && p.contains("none.token is no file with a token"));
        assertThat(agents.connected()).isEmpty();
    }

    @Test
    void whoeverHoldsThePortOfMetricsKeepsNobodyFromMeasuring() throws Exception {
        Path file = file("staff", "127.0.0.2", "guest", "source: 127.0.0.3");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    file, "metrics: {listen: '127.0.0.1:" + taken.getLocalPort() + "'}\n", StandardOpenOption.APPEND);
            try (Network network = Network.ofHost();
                    RunningSegments running =
                            RunningSegments.start(AgentConfig.readAll(file), network, Clock.systemUTC(), "test")) {
                assertThat(running.metricsPort()).isEmpty();
                await(() -> hasSummary(STAFF) && hasSummary(GUEST));
            }
        }
    }

    private static List<String> refusal(Path file) {
        try (Network network = Network.ofHost()) {
            return catchThrowableOfType(
                            ConfigException.class,
                            () -> RunningSegments.start(AgentConfig.readAll(file), network, Clock.systemUTC(), "test"))
                    .problems();
        }
    }

    private Path file(String first, String source, String second, String leaving) throws IOException {
        return Files.writeString(folder.resolve("agent.yaml"), """
                collector: 127.0.0.1:%d
                hold: {ages: [1s], ports: [], pause: 1s}
                helper: {address: ["127.0.0.1:%d"], pin: %8$s}
                segments:
                  - identity: {certificate: %s/agent.pem, key: %3$s/agent.key, trust: pki/ca.pem}
                    data: %3$s-data
                    source: %s
                    resolvers: ["127.0.0.1:%5$d"]
                  - identity: {certificate: %6$s/agent.pem, key: %6$s/agent.key, trust: pki/ca.pem}
                    data: %6$s-data
                    %7$s
                    resolvers: ["127.0.0.1:%5$d"]
                """.formatted(
                server.port(), peers.holdPort(), first, source, peers.dnsPort(), second, leaving, "0".repeat(64)));
    }

    private Plan plan(SegmentId segment) {
        return PlanCodec.seal(Plan.of(
                "campus",
                segment,
                List.of(
                        target("control:80", "127.0.0.1", peers.tcpPort(), Transport.TCP, ProbeKind.TCP),
                        target("name.example:80", "name.example", peers.tcpPort(), Transport.TCP, ProbeKind.TCP),
                        target("time:123", "127.0.0.1", peers.udpPort(), Transport.UDP, ProbeKind.NTP)),
                new Plan.Settings(Duration.ofSeconds(10), Duration.ofSeconds(2), 1, 20)));
    }

    private static Target target(String id, String host, int port, Transport transport, ProbeKind kind) {
        return new Target(
                new TargetId(id),
                host,
                0,
                port,
                transport,
                kind,
                host,
                kind.seesCertificate() ? IdentityClass.APPLE_PRIVATE : IdentityClass.NONE,
                List.of(),
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

    private boolean hasSummary(SegmentId segment) throws Exception {
        return batches(segment).stream().anyMatch(b -> !b.summaries().isEmpty());
    }

    private List<Attempt> attempts(SegmentId segment) throws Exception {
        return batches(segment).stream()
                .flatMap(b -> b.observations().stream())
                .flatMap(o -> o.attempts().stream())
                .toList();
    }

    /** Where the attempts of a segment left from, as its observations say. */
    private Set<String> locals(SegmentId segment) throws Exception {
        return Set.copyOf(
                attempts(segment).stream().map(a -> a.local().address()).toList());
    }

    private Set<String> sources(SegmentId segment) throws Exception {
        return Set.copyOf(batches(segment).stream()
                .flatMap(b -> b.summaries().stream())
                .flatMap(s -> s.environment().sourceAddresses().stream())
                .toList());
    }

    private List<Batch> batches(SegmentId segment) throws Exception {
        List<Batch> batches = new ArrayList<>();
        for (JournalEntry entry : journal.tail(0, 100_000)) {
            if (entry.record()
                    .agent()
                    .equals("spiffe://campus.example/site/campus/segment/" + segment + "/agent/box")) {
                batches.add(BatchCodec.parse(entry.record().batch().toArray()));
            }
        }
        return batches;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the condition did not come true").isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
