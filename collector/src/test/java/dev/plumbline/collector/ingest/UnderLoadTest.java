package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import io.grpc.Status;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The collector's port with more than it takes: over real TLS on loopback, where each 127.x.y.z is a host of its own. The numbers
 * are smaller than they are meant: {@code -Dplumbline.storm.strangers=10000 -Dplumbline.storm.agents=1000} is the full size.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class UnderLoadTest {
    private static final int STRANGERS = Integer.getInteger("plumbline.storm.strangers", 1000);
    private static final int AGENTS = Integer.getInteger("plumbline.storm.agents", 150);
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1));

    @TempDir
    Path folder;

    private final SiteAuthority site = SiteAuthority.create("campus.example", "campus", Instant.now());
    private Plan plan = PlanCodec.seal(Plan.of("campus", WIFI, List.of(), Plan.Settings.DEFAULT));
    private final Agents agents = new Agents();
    private final SetClock clock = SetClock.running();
    private final SetClock siteTime = SetClock.running();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<BareAgent> peers = new ArrayList<>();
    /** Completed: the journal says what is durable as soon as it is. */
    private final CompletableFuture<Void> disk = new CompletableFuture<>();

    private CompletableFuture<?> latest = disk;
    private Room room = new Room(Bounds.ALL_BYTES, Bounds.MESSAGE_BYTES);
    private @Nullable Journal opened;
    private @Nullable CollectorServer started;

    private CollectorServer server() {
        return Objects.requireNonNull(started, "the port is not open");
    }

    private Journal journal() {
        return Objects.requireNonNull(opened, "the journal is not open");
    }

    private void open(Patience patience) throws Exception {
        Journal journal = SqliteJournal.open(folder.resolve("journal.db"));
        opened = journal;
        started = CollectorServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                collector(),
                List.of(new AgentGatewayService(new AgentGatewayService.Parts(
                        agents,
                        held(journal),
                        segment -> segment.equals(WIFI) ? Optional.of(plan) : Optional.empty(),
                        siteTime,
                        room,
                        patience))),
                Revocations.NONE,
                clock);
    }

    @AfterEach
    void close() throws IOException {
        disk.complete(null);
        peers.forEach(BareAgent::close);
        for (Socket socket : sockets) {
            socket.close();
        }
        if (started != null) {
            server().close();
            journal().close();
        }
    }

    @Test
    void strangersOfOneAddressShutOutNobody() throws Exception {
        disk.complete(null);
        open(Patience.STANDARD);
        BareAgent standing = agent("standing", "127.0.0.1");
        standing.greet();
        long began = System.nanoTime();
        for (int i = 0; i < STRANGERS; i++) {
            stranger("127.0.0.1", i % 2 == 0);
        }
        standing.report(1);
        long served = System.nanoTime();
        try (HonestAgent elsewhere = HonestAgent.connect(server().port(), issued("elsewhere"), "127.0.0.2")) {
            elsewhere.report();
        }
        Doorkeeper.Seen seen = server().seen();
        System.out.println(STRANGERS + " strangers of one address in " + millis(began, served) + " ms: " + seen
                + "; an agent elsewhere was served after " + millis(served, System.nanoTime()) + " ms");
        assertThat(seen.mostStrangers()).isLessThanOrEqualTo(Bounds.STRANGERS.ofOne() + 1);
        assertThat(seen.turnedAway() + seen.gaveWay() + Bounds.STRANGERS.ofOne())
                .isGreaterThanOrEqualTo(STRANGERS);
        standing.report(2);
        await(() -> server().seen().strangers() == 0);
    }

    @Test
    void strangersOfManyAddressesHoldNoPlaceForLong() throws Exception {
        disk.complete(null);
        open(Patience.STANDARD);
        BareAgent standing = agent("standing", "127.0.0.1");
        standing.greet();
        for (int i = 0; i < STRANGERS; i++) {
            stranger("127.1." + i / 250 % 250 + "." + (1 + i % 250), i % 2 == 0);
        }
        standing.report(1);
        long began = System.nanoTime();
        try (HonestAgent newcomer = HonestAgent.connect(server().port(), issued("newcomer"), "127.0.0.2")) {
            newcomer.report();
        }
        Doorkeeper.Seen seen = server().seen();
        System.out.println(STRANGERS + " strangers of as many addresses: " + seen
                + "; an agent that came then was served after " + millis(began, System.nanoTime()) + " ms");
        assertThat(seen.mostStrangers()).isLessThanOrEqualTo(Bounds.STRANGERS.all());
        standing.report(2);
    }

    @Test
    void agentsThatComeBackTogetherAreAllServedAndThoseThatAreThereMeanwhile() throws Exception {
        disk.complete(null);
        open(Patience.STANDARD);
        BareAgent standing = agent("standing", "127.0.0.1");
        standing.greet();
        List<Issued> identities = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            identities.add(issued("agent-" + i));
        }
        try (Returning returning = new Returning(server().port())) {
            CountDownLatch served = new CountDownLatch(AGENTS);
            long began = System.nanoTime();
            identities.forEach(i -> returning.come(i, served));
            long slowest = 0;
            long sequence = 0;
            while (!served.await(100, TimeUnit.MILLISECONDS)) {
                long asked = System.nanoTime();
                standing.report(++sequence);
                slowest = Math.max(slowest, System.nanoTime() - asked);
                assertThat(asked - began).isLessThan(TimeUnit.SECONDS.toNanos(200));
            }
            System.out.println(AGENTS + " agents came back at once: all served after "
                    + millis(began, System.nanoTime())
                    + " ms and " + returning.tries() + " tries; one that was there waited " + slowest / 1_000_000
                    + " ms at most; " + server().seen());
            assertThat(agents.connected()).hasSize(AGENTS + 1);
            assertThat(journal().end()).isEqualTo(AGENTS + sequence);
        }
    }

    @Test
    void aStreamWithoutAHelloEndsWithASentence() throws Exception {
        open(SHORT);
        BareAgent silent = agent("silent", "127.0.0.1");
        silent.open();
        Status end = silent.status();
        assertThat(end.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(end.getDescription()).isEqualTo("no hello came within 2 s of the stream's beginning");
    }

    @Test
    void whatComesInPlaceOfAHelloIsNotWaitedFor() throws Exception {
        open(Patience.STANDARD);
        BareAgent loud = agent("loud", "127.0.0.1");
        loud.open();
        loud.batch(1, List.of(Evidence.x509(new byte[60_000])));
        Status end = loud.status();
        assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(end.getDescription())
                .isEqualTo("the first message of a stream is a hello, which has at most 16384 bytes");
        await(() -> room.taken() == 0);
    }

    @Test
    void whoReadsNothingIsTakenNothingMoreFromAndCutOff() throws Exception {
        disk.complete(null);
        open(SHORT);
        BareAgent deaf = agent("deaf", "127.0.0.1");
        deaf.stopReading();
        deaf.hello();
        long sequence = 0;
        await(() -> agents.connected().size() == 1);
        while (agents.connected().size() == 1 && sequence < 100_000) {
            deaf.batch(++sequence, List.of());
            if (!deaf.isReady()) {
                Thread.sleep(5);
            }
        }
        System.out.println("an agent that reads nothing: " + journal().end() + " batches were taken");
        assertThat(agents.connected()).isEmpty();
        // 64 kB of the transport and 32 kB of gRPC hold so many acknowledgements, and no more were made.
        assertThat(journal().end()).isLessThan(6000);
        await(() -> server().seen().members() == 0);
    }

    /** The site's time runs ahead after the host's clock was set back; the handshake goes by the host's. */
    @Test
    void aCertificateEndsByTheHostsClockAndNotByTheSitesTime() throws Exception {
        disk.complete(null);
        open(Patience.STANDARD);
        siteTime.advance(Duration.ofDays(826));
        BareAgent agent = agent("ahead", "127.0.0.1");
        agent.greet();
        agent.report(1);
        assertThat(agents.connected()).hasSize(1);
    }

    @Test
    void aSlowLineThatReceivesABigPlanIsGivenTheTimeItTakes() throws Exception {
        disk.complete(null);
        plan = PlanCodec.seal(Plan.of("campus", WIFI, List.of(large(800_000)), Plan.Settings.DEFAULT));
        open(new Patience(
                Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(1)));
        try (SlowLine line = SlowLine.to(server().port())) {
            BareAgent slow = new BareAgent(line.port(), issued("slow"), "127.0.0.1");
            peers.add(slow);
            slow.hello();
            // Its acknowledgement waits behind the plan.
            slow.batch(1, List.of());
            assertThat(slow.next().hasWelcome()).isTrue();
            assertThat(slow.next().getPlan().getSerializedSize()).isGreaterThan(800_000);
            slow.acknowledged(1);
        }
    }

    private static Target large(int bytes) {
        Target one = Catalog.builtIn().target(new TargetId("courier:5223")).orElseThrow();
        return new Target(
                one.id(),
                one.host(),
                one.poolSize(),
                one.port(),
                one.transport(),
                one.probe(),
                one.serverName(),
                one.identity(),
                one.alpnLadder(),
                "/" + "x".repeat(bytes),
                one.services(),
                one.roles(),
                one.platforms(),
                one.obligation(),
                one.retiredOn(),
                one.proxy(),
                one.minimumInterval(),
                one.sources());
    }

    @Test
    void anIdleStreamEndsWithItsCertificate() throws Exception {
        open(SHORT);
        BareAgent idle = agent("idle", "127.0.0.1");
        idle.greet();
        clock.advance(Duration.ofDays(826));
        Status end = idle.status();
        assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(end.getDescription()).contains("the certificate of ").contains("join again with a new invitation");
        await(() -> agents.connected().isEmpty());
        // Nor does it open another one.
        BareAgent again = agent("idle", "127.0.0.1");
        again.hello();
        assertThat(again.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aDiskThatLagsSlowsTheAgentsAndFillsNoMemory() throws Exception {
        int batch = 6 * 60_000 + 1000;
        room = new Room(1 << 20, batch);
        open(Patience.STANDARD);
        List<BareAgent> many = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            many.add(agent("agent-" + i, "127.0.0.1"));
            many.get(i).greet();
        }
        List<Evidence> evidence = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 6; i++) {
            byte[] content = new byte[60_000];
            random.nextBytes(content);
            evidence.add(Evidence.x509(content));
        }
        for (long sequence = 1; sequence <= 6; sequence++) {
            for (BareAgent each : many) {
                each.batch(sequence, evidence);
            }
        }
        // Whatever comes first: nothing is durable yet.
        ConnectResponse told = many.get(0).next();
        assertThat(told.hasThrottle()).isTrue();
        assertThat(told.getThrottle().getPauseMillis()).isBetween(2000, 4000);
        assertThat(room.taken()).isPositive();
        disk.complete(null);
        for (BareAgent each : many) {
            each.acknowledged(6);
        }
        System.out.println(
                "a disk that took nothing: of " + 8 * 6 * batch + " bytes " + room.highest() + " were taken");
        // What was read of each at once, before anybody looked.
        assertThat(room.highest()).isLessThan((1 << 20) + 8L * (64 << 10));
        await(() -> room.taken() == 0);
        assertThat(journal().end()).isEqualTo(48);
    }

    @Test
    void aCollectorThatStopsAcknowledgesWhatIsDurableThenSaysThatItGoesAway() throws Exception {
        open(Patience.STANDARD);
        BareAgent busy = agent("busy", "127.0.0.1");
        busy.greet();
        busy.batch(1, List.of());
        busy.batch(2, List.of());
        await(() -> journal().end() == 2);
        Thread closing = new Thread(server()::close, "closing");
        closing.start();
        disk.complete(null);
        busy.acknowledged(2);
        assertThat(busy.next().hasGoingAway()).isTrue();
        assertThat(busy.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(busy.status().getDescription())
                .isEqualTo("the collector is going away; what it acknowledged is durable");
        closing.join();
        assertThat(agents.connected()).isEmpty();
    }

    @Test
    void aThiefWhoHoldsAllPlacesCannotKeepTheHonestOneOutNorSilenceIt() throws Exception {
        disk.complete(null);
        open(Patience.STANDARD);
        AtomicReference<String> crowded = new AtomicReference<>("");
        agents.listen(new AgentListener() {
            @Override
            public void crowded(ConnectedAgent gone, String why) {
                crowded.set(gone.caller().address() + " " + why);
            }
        });
        Issued key = issued("laptop");
        BareAgent honest = agent(key, "127.0.0.1");
        honest.greet();
        List<BareAgent> thieves = new ArrayList<>();
        for (int i = 0; i < Bounds.CLONES - 1; i++) {
            thieves.add(agent(key, "127.0.0.9"));
            thieves.get(i).greet();
        }
        BareAgent oneMore = agent(key, "127.0.0.9");
        oneMore.hello();
        assertThat(oneMore.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(crowded.get()).startsWith("127.0.0.9 spiffe://").contains("has 4 streams of other installations");
        honest.report(1);
        honest.close();
        await(() -> agents.connected().size() == Bounds.CLONES - 1);
        BareAgent inItsPlace = agent(key, "127.0.0.9");
        inItsPlace.greet();
        BareAgent back = agent(key, "127.0.0.1").as(honest);
        back.greet();
        assertThat(inItsPlace.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        back.report(2);
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }

    private BareAgent agent(String name, String from) throws Exception {
        return agent(issued(name), from);
    }

    private BareAgent agent(Issued identity, String from) throws Exception {
        BareAgent agent = new BareAgent(server().port(), identity, from);
        peers.add(agent);
        return agent;
    }

    private void stranger(String from, boolean saysSomething) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server().port()));
        if (saysSomething) {
            try {
                socket.getOutputStream().write(new byte[] {22, 3, 1, 0x40, 0, 1, 0, 0x3f, -4, 3, 3});
            } catch (IOException turnedAway) {
                // As it should be.
                socket.close();
            }
        }
    }

    private Issued issued(String name) {
        return site.agent(WIFI, name, Instant.now());
    }

    private TlsMaterial collector() {
        Issued issued = site.collector(List.of("127.0.0.1"), Instant.now());
        return new TlsMaterial(
                List.of(issued.certificate()),
                issued.key(),
                List.of(site.certificate()),
                SpiffeId.of(issued.certificate()));
    }

    /** The real journal on a disk that tells when something is durable only when it likes to. */
    private Journal held(Journal real) {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, values) -> {
                    try {
                        Object answer = method.invoke(real, values);
                        return method.getName().equals("append") ? inTurn((CompletableFuture<?>) answer) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Durable one after the other, as in the journal. */
    private synchronized CompletableFuture<?> inTurn(CompletableFuture<?> append) {
        latest = latest.thenCombine(append, (before, position) -> position);
        return latest;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the condition did not come true").isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
