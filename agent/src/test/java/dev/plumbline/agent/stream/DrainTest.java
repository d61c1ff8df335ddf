package dev.plumbline.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.spool.Facts;
import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.Ack;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.Batch;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.GoingAway;
import dev.plumbline.v1.Throttle;
import dev.plumbline.v1.Welcome;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waited while the collector was away, drained over a real stream to one that acknowledges when it likes to. */
final class DrainTest {
    private static final int WAITING = 40;
    /** As many as may be on the way without an acknowledgement. */
    private static final int WINDOW = 4;

    @TempDir
    Path folder;

    private final BlockingQueue<Batch> received = new LinkedBlockingQueue<>();
    private volatile StreamObserver<ConnectResponse> answers = new Nobody();
    private Server server;
    private ManagedChannel channel;
    private SqliteSpool spool;

    @BeforeEach
    void open() throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Gateway())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .usePlaintext()
                .build();
        spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC());
        Semaphore written = new Semaphore(0);
        spool.listen(written::release);
        Random random = new Random(1);
        for (int i = 0; i < WAITING; i++) {
            // More than SQLite keeps in memory: what is damaged on the disk must be read from there.
            byte[] content = new byte[20_000];
            random.nextBytes(content);
            spool.append("p" + i, Facts.observation(i), List.of(Evidence.x509(content)));
            spool.append(Facts.summary("p" + i, ""));
        }
        assertThat(written.tryAcquire(WAITING, 60, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void close() throws Exception {
        channel.shutdownNow();
        server.shutdownNow();
        spool.close();
        assertThat(server.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itComesInOrderAndNoFasterThanTheCollectorAcknowledges() throws Exception {
        Session session = connect();
        List<Long> came = new ArrayList<>();
        for (long acknowledged = 0; acknowledged < WAITING; acknowledged++) {
            while (came.size() < Math.min(WAITING, acknowledged + WINDOW)) {
                came.add(next().getSequence());
            }
            // All that the window lets through is here; more would have to break in between.
            assertThat(received).isEmpty();
            ack(spool.incarnation(), acknowledged + 1);
        }
        await(() -> spool.counts().pending() == 0);
        assertThat(came).isSorted().doesNotHaveDuplicates().hasSize(WAITING);
        assertThat(spool.counts().acked()).isEqualTo(WAITING);
        assertThat(session.ended()).isNotDone();
    }

    @Test
    void whatWasNotAcknowledgedComesAgainOnTheNextStreamAndNothingElse() throws Exception {
        Session session = connect();
        for (int i = 0; i < WINDOW; i++) {
            next();
        }
        ack(spool.incarnation(), 2);
        await(() -> spool.counts().acked() == 2);
        answers.onError(Status.UNAVAILABLE.asRuntimeException());
        session.ended().get(60, TimeUnit.SECONDS);
        received.clear();
        connect();
        assertThat(next().getSequence()).isEqualTo(3);
        assertThat(next().getSequence()).isEqualTo(4);
    }

    @Test
    void aSpoolThatBeginsAnewEndsTheStreamSinceItsHelloWasOfAnother() throws Exception {
        Session session = connect();
        next();
        UUID before = spool.incarnation();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("spool.db").toFile(), "rw")) {
            file.write(new byte[(int) file.length()]);
        }
        try (RandomAccessFile log =
                new RandomAccessFile(folder.resolve("spool.db-wal").toFile(), "rw")) {
            log.write(new byte[(int) log.length()]);
        }
        ack(before, 1);
        assertThat(session.ended().get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(spool.incarnation()).isNotEqualTo(before);
        assertThat(spool.counts().lost()).isPositive();
    }

    @Test
    void aCollectorThatLagsIsSentNothingUntilThePauseIsOver() throws Exception {
        Session session = connect();
        for (int i = 0; i < WINDOW; i++) {
            next();
        }
        answers.onNext(ConnectResponse.newBuilder()
                .setThrottle(Throttle.newBuilder().setPauseMillis(60_000))
                .build());
        ack(spool.incarnation(), WINDOW);
        await(() -> spool.counts().acked() == WINDOW);
        session.goOn();
        assertThat(received.poll(500, TimeUnit.MILLISECONDS)).isNull();
        // A shorter one takes its place.
        answers.onNext(ConnectResponse.newBuilder()
                .setThrottle(Throttle.newBuilder().setPauseMillis(1))
                .build());
        await(() -> {
            session.goOn();
            return !received.isEmpty();
        });
        assertThat(next().getSequence()).isEqualTo(WINDOW + 1);
    }

    @Test
    void aCollectorThatGoesAwayIsSentNothingMoreAndNothingIsLost() throws Exception {
        Session session = connect();
        for (int i = 0; i < WINDOW; i++) {
            next();
        }
        answers.onNext(ConnectResponse.newBuilder()
                .setGoingAway(GoingAway.getDefaultInstance())
                .build());
        await(session::isGoodbye);
        ack(spool.incarnation(), 2);
        answers.onError(Status.UNAVAILABLE.asRuntimeException());
        session.ended().get(60, TimeUnit.SECONDS);
        assertThat(received).isEmpty();
        connect();
        assertThat(next().getSequence()).isEqualTo(3);
    }

    private Session connect() {
        Session session = new Session(
                spool,
                SpiffeId.agent("campus.example", "campus", new SegmentId("wifi"), "wifi-1"),
                new PlanFile(folder),
                new Orders() {
                    @Override
                    public void plan(Plan plan) {}

                    @Override
                    public void demand(String id, long round) {}
                },
                Clock.systemUTC(),
                () -> {});
        AgentGatewayGrpc.newStub(channel).connect(session);
        session.hello("test");
        return session;
    }

    private Batch next() throws InterruptedException {
        Batch batch = received.poll(60, TimeUnit.SECONDS);
        assertThat(batch).as("a batch comes within a minute").isNotNull();
        return batch;
    }

    private void ack(UUID incarnation, long sequence) {
        answers.onNext(ConnectResponse.newBuilder()
                .setAck(Ack.newBuilder()
                        .setIncarnation(Fields.uuid(incarnation))
                        .setSequence(sequence))
                .build());
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static final class Nobody implements StreamObserver<ConnectResponse> {
        @Override
        public void onNext(ConnectResponse unheard) {}

        @Override
        public void onError(Throwable unheard) {}

        @Override
        public void onCompleted() {}
    }

    private final class Gateway extends AgentGatewayGrpc.AgentGatewayImplBase {
        @Override
        public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> down) {
            answers = down;
            return new StreamObserver<>() {
                @Override
                public void onNext(ConnectRequest request) {
                    if (request.hasHello()) {
                        down.onNext(ConnectResponse.newBuilder()
                                .setWelcome(Welcome.newBuilder()
                                        .setCollectorTime(Fields.timestamp(java.time.Instant.now())))
                                .build());
                    } else if (request.hasBatch()) {
                        received.add(request.getBatch());
                    }
                }

                @Override
                public void onError(Throwable gone) {}

                @Override
                public void onCompleted() {}
            };
        }
    }
}
