package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.round.AgentConnections;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.metrics.ProgramMetrics;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Losses;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Surroundings;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final UUID INCARNATION = new UUID(4, 2);

    private static SiteAuthority site;

    @TempDir
    Path folder;

    private final Agents agents = new Agents();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private volatile Plan plan = plan(1);
    private volatile PlanSource source = s -> s.equals(WIFI) ? Optional.of(plan) : Optional.empty();
    private Journal journal;
    private CollectorServer server;

    @BeforeAll
    static void found() {
        site = SiteAuthority.create("campus.example", "campus", Instant.now());
    }

    @BeforeEach
    void start() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        PlanSource plans = segment -> source.planFor(segment);
        server = CollectorServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                material(site.collector(List.of("127.0.0.1"), Instant.now()), site),
                List.of(
                        new AgentGatewayService(agents, journal, plans, Clock.systemUTC()),
                        new QueryServiceGrpc.QueryServiceImplBase() {}));
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.close();
        journal.close();
    }

    @Test
    void anAgentIsWelcomedGetsItsPlanAndItsBatchesAreAcknowledgedWhenDurable() throws Exception {
        Client client = client(agent(WIFI, "a"));
        client.hello();
        assertThat(client.next().hasWelcome()).isTrue();
        assertThat(PlanCodec.decode(client.next().getPlan())).isEqualTo(plan);
        Evidence evidence = Evidence.x509(new byte[] {1, 2, 3});
        client.batch(new Batch(INCARNATION, 1, "", List.of(), List.of(), List.of(evidence)));
        assertThat(client.next().getAck().getSequence()).isEqualTo(1);
        assertThat(journal.end()).isEqualTo(1);
        assertThat(journal.evidence(evidence.hash())).contains(evidence);
        assertThat(journal.tail(0, 1).get(0).record().agent())
                .isEqualTo("spiffe://campus.example/site/campus/segment/wifi/agent/a");
        assertThat(agents.connected()).extracting(ConnectedAgent::name).containsExactly("a");
    }

    @Test
    void whatAnAgentCouldNotKeepIsKnownWhileItIsConnected() throws Exception {
        Losses losses = new Losses(1, 2, 3, 4, 5);
        Client client = client(agent(WIFI, "a"));
        client.greet();
        client.batch(new Batch(INCARNATION, 1, "", List.of(), List.of(), List.of(), List.of(), losses));
        assertThat(client.next().getAck().getSequence()).isEqualTo(1);
        assertThat(agents.connected()).extracting(ConnectedAgent::losses).containsExactly(losses);
        assertThat(new AgentConnections(agents).losses()).containsExactly(Map.entry(new AgentId(WIFI, "a"), losses));
    }

    @Test
    void aClockThatIsSetWhileItsAgentIsConnectedIsToldAsItsLatestRoundSays() throws Exception {
        Client client = client(agent(WIFI, "a"));
        client.hello(Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(client.next().hasWelcome()).isTrue();
        assertThat(client.next().hasPlan()).isTrue();
        assertThat(clockAhead()).isGreaterThan(7000 * 365.0 * 86400);
        Instant now = Instant.now();
        client.batch(rounds(1, clock(Duration.ofHours(-2), now.plusSeconds(7200)), clock(Duration.ofSeconds(90), now)));
        assertThat(client.next().getAck().getSequence()).isEqualTo(1);
        assertThat(clockAhead()).isEqualTo(-90);
        // Of the time before the stream: it waited in the spool.
        client.batch(rounds(2, clock(Duration.ofHours(5), now.minusSeconds(86400))));
        assertThat(client.next().getAck().getSequence()).isEqualTo(2);
        assertThat(clockAhead()).isEqualTo(-90);
    }

    private double clockAhead() {
        Site site = new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                Set.of(),
                Set.of(),
                List.of(new Segment(WIFI, "wifi", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), "nat")));
        String ahead = "plumbline_agents_clock_ahead_seconds{segment=\"wifi\"} ";
        try (ProgramMetrics metrics = new ProgramMetrics("test", "1", List.of(new AgentsMetrics(agents, () -> site)))) {
            String page = new String(metrics.page("").body(), StandardCharsets.UTF_8);
            assertThat(page).contains(ahead);
            return Double.parseDouble(page.substring(page.indexOf(ahead) + ahead.length())
                    .lines()
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static Surroundings clock(Duration offset, Instant measuredAt) {
        return Surroundings.UNSEEN.with(new Surroundings.ClockOffset(offset, Duration.ofMillis(1), measuredAt));
    }

    private static Batch rounds(long sequence, Surroundings... seen) {
        Environment host = new Environment("1.0", "linux", "boringssl", List.of(), List.of(), "");
        List<RoundSummary> summaries = Arrays.stream(seen)
                .map(s -> new RoundSummary(0, "", Instant.EPOCH, Instant.EPOCH, List.of(), Map.of(), host.with(s), ""))
                .toList();
        return new Batch(INCARNATION, sequence, "", List.of(), summaries, List.of());
    }

    @Test
    void aBatchSentAgainAfterReconnectingIsAcknowledgedAndNotJournalledTwice() throws Exception {
        for (int i = 0; i < 2; i++) {
            Client client = client(agent(WIFI, "a"));
            client.greet();
            client.batch(batch(1));
            assertThat(client.next().getAck().getSequence()).isEqualTo(1);
        }
        assertThat(journal.tail(0, 10)).hasSize(1);
        assertThat(journal.counts()).isEqualTo(new Journal.Counts(2, 1, 1, 0));
    }

    @Test
    void whoIsAskedAtOnceHearsTheWelcomeFirst() throws Exception {
        agents.listen(new AgentListener() {
            @Override
            public void connected(ConnectedAgent agent) {
                agents.demand("at once", 7);
            }
        });
        Client client = client(agent(WIFI, "a"));
        client.hello();
        assertThat(client.next().hasWelcome()).isTrue();
        assertThat(client.next().getDemand().getId()).isEqualTo("at once");
        assertThat(client.next().hasPlan()).isTrue();
    }

    @Test
    void anotherAgentBehindTheSameAddressTakesItsShareAndKeepsItWhenItsStreamEnds() throws Exception {
        Segment wifi = new Segment(WIFI, "wifi", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), "nat");
        SharedPlans shared = new SharedPlans(
                new Site("campus", "campus.example", "plumbline-2026", Set.of(), Set.of(), List.of(wifi)),
                Map.of(WIFI, plan),
                agents);
        source = shared;
        agents.listen(shared);
        Client first = client(agent(WIFI, "a"));
        first.hello();
        assertThat(first.next().hasWelcome()).isTrue();
        assertThat(perSecond(first.next())).isEqualTo(20);
        Client second = client(agent(WIFI, "b"));
        second.hello();
        assertThat(second.next().hasWelcome()).isTrue();
        assertThat(perSecond(second.next())).isEqualTo(10);
        assertThat(perSecond(first.next())).isEqualTo(10);
        Client again = client(agent(WIFI, "b"));
        again.hello();
        assertThat(again.next().hasWelcome()).isTrue();
        assertThat(perSecond(again.next())).isEqualTo(10);
        agents.demand("nothing came between", 7);
        assertThat(first.next().getDemand().getId()).isEqualTo("nothing came between");
    }

    private static int perSecond(ConnectResponse response) throws WireException {
        return PlanCodec.decode(response.getPlan()).settings().connectionsPerSecond();
    }

    @Test
    void demandsAndNewPlansGoDownTheStreamAndProgressComesUp() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        agents.listen(new AgentListener() {
            @Override
            public void progress(SpiffeId agent, String demand, int done, int total) {
                told.complete(agent.name() + " " + demand + " " + done + "/" + total);
            }
        });
        Client client = client(agent(WIFI, "a"));
        client.greet();
        assertThat(agents.demand("d1", 42)).hasSize(1);
        assertThat(client.next().getDemand().getRound()).isEqualTo(42);
        client.requests.onNext(ConnectRequest.newBuilder()
                .setProgress(dev.plumbline.v1.Progress.newBuilder()
                        .setDemandId("d1")
                        .setDone(3)
                        .setTotal(9))
                .build());
        assertThat(told.get(60, TimeUnit.SECONDS)).isEqualTo("a d1 3/9");
        agents.replan();
        plan = plan(2);
        agents.replan();
        assertThat(client.next().getPlan().getHash()).isEqualTo(plan.hash());
    }

    @Test
    void aNewerStreamOfTheSameIdentityReplacesTheOlder() throws Exception {
        Issued identity = agent(WIFI, "a");
        Client older = client(identity);
        older.greet();
        Client newer = client(identity);
        newer.greet();
        assertThat(older.status().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(agents.connected()).hasSize(1);
        newer.batch(batch(1));
        assertThat(newer.next().getAck().getSequence()).isEqualTo(1);
    }

    @Test
    void anAgentOfASegmentThatNobodyDeclaredIsRefusedWithASentence() throws Exception {
        Client client = client(agent(new SegmentId("attic"), "a"));
        client.hello();
        assertThat(client.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(client.status().getDescription())
                .isEqualTo("segment attic is not declared in the collector's site: it was removed, or never there");
    }

    @Test
    void anOperatorMayAskAndNotReportAndAnAgentTheReverse() throws Exception {
        Issued operator = site.operator("admin", Instant.now());
        Client asAgent = client(operator);
        asAgent.hello();
        assertThat(asAgent.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(ask(operator)).isEqualTo(Status.Code.UNIMPLEMENTED); // reached the service
        assertThat(ask(agent(WIFI, "a"))).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void whoeverHasNoCertificateOfTheSiteGetsNothingAtAll() throws Exception {
        SiteAuthority foreign = SiteAuthority.create("campus.example", "campus", Instant.now());
        Client stranger = client(foreign.agent(WIFI, "a", Instant.now()));
        stranger.hello();
        assertThat(stranger.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        Client nobody = new Client(channel(SslContextBuilder.forClient()));
        nobody.hello();
        assertThat(nobody.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(agents.connected()).isEmpty();
    }

    @Test
    void aMessageOverTheBoundEndsTheStreamAndTheRestGoesOn() throws Exception {
        Client huge = client(agent(WIFI, "a"));
        huge.greet();
        huge.requests.onNext(ConnectRequest.newBuilder()
                .setBatch(dev.plumbline.v1.Batch.newBuilder().setPlanHash("x".repeat(5 << 20)))
                .build());
        // Which of the two the client hears depends on what overtakes what.
        assertThat(huge.status().getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        Client other = client(agent(WIFI, "b"));
        other.greet();
        other.batch(batch(1));
        assertThat(other.next().getAck().getSequence()).isEqualTo(1);
    }

    @Test
    void aMalformedBatchIsRefusedByItsFieldAfterThoseBeforeItAreDurable() throws Exception {
        Client client = client(agent(WIFI, "a"));
        client.greet();
        client.batch(batch(1));
        client.requests.onNext(ConnectRequest.newBuilder()
                .setBatch(dev.plumbline.v1.Batch.newBuilder().setSequence(2).setIncarnation(ByteString.EMPTY))
                .build());
        assertThat(client.next().getAck().getSequence()).isEqualTo(1);
        assertThat(client.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(client.status().getDescription())
                .isEqualTo("batch 2: incarnation: 0 bytes are no UUID, which has 16");
    }

    @Test
    void aPortInUseIsNamedInOneSentence() {
        TlsMaterial own = material(site.collector(List.of("127.0.0.1"), Instant.now()), site);
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> CollectorServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), own, List.of()));
        assertThat(e.problems())
                .singleElement()
                .asString()
                .startsWith("listen: localhost:" + server.port() + " cannot be opened (");
    }

    private Status.Code ask(Issued identity) throws Exception {
        QueryServiceGrpc.QueryServiceBlockingStub stub = QueryServiceGrpc.newBlockingStub(channel(identity));
        return catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> stub.withDeadlineAfter(Duration.ofSeconds(60))
                                .listSegments(ListSegmentsRequest.getDefaultInstance()))
                .getStatus()
                .getCode();
    }

    private Client client(Issued identity) throws Exception {
        return new Client(channel(identity));
    }

    private ManagedChannel channel(Issued identity) throws Exception {
        return channel(SslContextBuilder.forClient().keyManager(identity.key(), identity.certificate()));
    }

    private ManagedChannel channel(SslContextBuilder tls) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .sslContext(GrpcSslContexts.configure(tls)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build())
                .build();
        channels.add(channel);
        return channel;
    }

    private static Issued agent(SegmentId segment, String name) {
        return site.agent(segment, name, Instant.now());
    }

    private static TlsMaterial material(Issued issued, SiteAuthority authority) {
        return new TlsMaterial(
                List.of(issued.certificate()),
                issued.key(),
                List.of(authority.certificate()),
                SpiffeId.of(issued.certificate()));
    }

    private static Batch batch(long sequence) {
        return new Batch(INCARNATION, sequence, "", List.of(), List.of(), List.of());
    }

    private static Plan plan(int confirmations) {
        return PlanCodec.seal(Plan.of(
                "campus",
                WIFI,
                List.of(),
                new Plan.Settings(Duration.ofMinutes(1), Duration.ofSeconds(4), confirmations, 20)));
    }

    /** An agent's end of the stream. */
    private static final class Client extends Heard<ConnectResponse> {
        private final StreamObserver<ConnectRequest> requests;

        Client(ManagedChannel channel) {
            requests = AgentGatewayGrpc.newStub(channel).connect(this);
        }

        void hello() {
            hello(Instant.now());
        }

        void hello(Instant agentTime) {
            requests.onNext(ConnectRequest.newBuilder()
                    .setHello(Hello.newBuilder()
                            .setIncarnation(Fields.uuid(INCARNATION))
                            .setAgentTime(Fields.timestamp(agentTime)))
                    .build());
        }

        void greet() throws Exception {
            hello();
            assertThat(next().hasWelcome()).isTrue();
            assertThat(next().hasPlan()).isTrue();
        }

        void batch(Batch batch) {
            requests.onNext(ConnectRequest.newBuilder()
                    .setBatch(BatchCodec.encode(batch))
                    .build());
        }
    }
}
