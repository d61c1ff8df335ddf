package dev.plumbline.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Demand;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.Plan;
import dev.plumbline.v1.Progress;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Environment;
import dev.plumbline.words.RoundSummary;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An agent for tests that answers each demand with progress and the summary of a round without observations. */
final class ScriptedAgent implements StreamObserver<ConnectResponse>, AutoCloseable {
    private final UUID incarnation = UUID.randomUUID();
    private final CountDownLatch planned = new CountDownLatch(1);
    private final ManagedChannel channel;
    private final StreamObserver<ConnectRequest> requests;
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private final BlockingQueue<Plan> plans = new LinkedBlockingQueue<>();
    private volatile long lastDemand;
    private long sequence;

    private ScriptedAgent(ManagedChannel channel) {
        this.channel = channel;
        this.requests = AgentGatewayGrpc.newStub(channel).connect(this);
    }

    static ScriptedAgent connect(Path folder, int port) throws Exception {
        TlsMaterial own = new TlsFiles(
                        folder.resolve("agent.pem"), folder.resolve("agent.key"), folder.resolve("ca.pem"))
                .load(Instant.now());
        ScriptedAgent agent = new ScriptedAgent(NettyChannelBuilder.forTarget("127.0.0.1:" + port)
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(own.key(), own.chain().toArray(new X509Certificate[0]))
                        .trustManager(PeerTrust.collectorOf(own))
                        .build())
                .build());
        agent.requests.onNext(ConnectRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setIncarnation(Fields.uuid(agent.incarnation))
                        .setAgentVersion("test")
                        .setAgentTime(Fields.timestamp(Instant.now())))
                .build());
        return agent;
    }

    void awaitPlan(Duration atMost) throws InterruptedException {
        assertThat(planned.await(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as("the plan comes")
                .isTrue();
    }

    /** The next plan that came, however long ago. */
    Plan nextPlan() throws InterruptedException {
        Plan next = plans.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("a plan comes").isNotNull();
        return next;
    }

    /** With what its stream was ended. */
    Status ended() throws Exception {
        return ended.get(30, TimeUnit.SECONDS);
    }

    long lastDemand() {
        return lastDemand;
    }

    @Override
    public void onNext(ConnectResponse response) {
        if (response.hasPlan()) {
            plans.add(response.getPlan());
            planned.countDown();
        } else if (response.hasDemand()) {
            lastDemand = response.getDemand().getRound();
            answer(response.getDemand());
        }
    }

    private void answer(Demand demand) {
        requests.onNext(ConnectRequest.newBuilder()
                .setProgress(Progress.newBuilder()
                        .setDemandId(demand.getId())
                        .setDone(1)
                        .setTotal(1))
                .build());
        Instant now = Instant.now();
        RoundSummary summary = new RoundSummary(
                demand.getRound(),
                "",
                now,
                now,
                List.of(),
                Map.of(),
                new Environment("test", "linux", "jdk", List.of(), List.of(), ""),
                demand.getId());
        requests.onNext(ConnectRequest.newBuilder()
                .setBatch(BatchCodec.encode(
                        new Batch(incarnation, ++sequence, "", List.of(), List.of(summary), List.of())))
                .build());
    }

    @Override
    public void onError(Throwable broken) {
        ended.complete(Status.fromThrowable(broken));
        planned.countDown();
    }

    @Override
    public void onCompleted() {}

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
