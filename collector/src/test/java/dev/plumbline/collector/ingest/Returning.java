package dev.plumbline.collector.ingest;

import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Batch;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** Agents that lost the collector together and come back as the agent does: at once, then with a doubling span of full jitter. */
final class Returning implements AutoCloseable {
    private static final long SHORTEST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 30_000;

    private final int port;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final Set<ManagedChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tries = new AtomicInteger();

    Returning(int port) {
        this.port = port;
    }

    /** Counts down when the agent was welcomed and its batch acknowledged; its stream stands from then on. */
    void come(Issued identity, CountDownLatch served) {
        timer.execute(() -> attempt(identity, UUID.randomUUID(), 0, served));
    }

    int tries() {
        return tries.get();
    }

    private void attempt(Issued identity, UUID incarnation, int failures, CountDownLatch served) {
        tries.incrementAndGet();
        ManagedChannel channel = channel(identity);
        open.add(channel);
        StreamObserver<ConnectRequest> requests = AgentGatewayGrpc.newStub(channel)
                .connect(new StreamObserver<>() {
                    @Override
                    public void onNext(ConnectResponse response) {
                        if (response.hasAck()) {
                            served.countDown();
                        }
                    }

                    @Override
                    public void onError(Throwable problem) {
                        open.remove(channel);
                        channel.shutdownNow();
                        again(identity, incarnation, failures + 1, served);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ConnectRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setIncarnation(Fields.uuid(incarnation))
                        .setAgentTime(Fields.timestamp(Instant.now())))
                .build());
        requests.onNext(ConnectRequest.newBuilder()
                .setBatch(BatchCodec.encode(new Batch(incarnation, 1, "", List.of(), List.of(), List.of())))
                .build());
    }

    private ManagedChannel channel(Issued identity) {
        try {
            return BareAgent.channel(port, identity, "127.0.0.1")
                    .directExecutor()
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void again(Issued identity, UUID incarnation, int failures, CountDownLatch served) {
        if (!timer.isShutdown()) {
            long span = Math.min(LONGEST_MILLIS, SHORTEST_MILLIS << Math.min(20, failures - 1));
            timer.schedule(
                    () -> attempt(identity, incarnation, failures, served),
                    ThreadLocalRandom.current().nextLong(span),
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        open.forEach(ManagedChannel::shutdownNow);
    }
}
