package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** An agent as the collector likes it: says hello, hears the welcome and its plan, sends one batch. */
final class HonestAgent implements AutoCloseable, StreamObserver<ConnectResponse> {
    private static final long PATIENCE_SECONDS = 120;

    private final UUID incarnation = UUID.randomUUID();
    private final BlockingQueue<ConnectResponse> responses = new LinkedBlockingQueue<>();
    private final ManagedChannel channel;
    private volatile @Nullable Throwable refusal;

    private HonestAgent(ManagedChannel channel) {
        this.channel = channel;
    }

    static HonestAgent connect(int port, Issued identity) throws SSLException {
        return connect(port, identity, "127.0.0.1");
    }

    /** From one of loopback's addresses. */
    static HonestAgent connect(int port, Issued identity, String from) throws SSLException {
        return new HonestAgent(BareAgent.channel(port, identity, from).build());
    }

    /** Fails unless the batch is acknowledged. */
    void report() throws InterruptedException {
        // As an agent does it: a handshake that a busy collector did not come to is tried again.
        StreamObserver<ConnectRequest> requests =
                AgentGatewayGrpc.newStub(channel).withWaitForReady().connect(this);
        requests.onNext(ConnectRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setIncarnation(Fields.uuid(incarnation))
                        .setAgentTime(Fields.timestamp(Instant.now())))
                .build());
        assertThat(next().hasWelcome()).isTrue();
        assertThat(next().hasPlan()).isTrue();
        Batch batch = new Batch(incarnation, 1, "", List.of(), List.of(), List.of());
        requests.onNext(
                ConnectRequest.newBuilder().setBatch(BatchCodec.encode(batch)).build());
        assertThat(next().getAck().getSequence()).isEqualTo(1);
        requests.onCompleted();
    }

    private ConnectResponse next() throws InterruptedException {
        ConnectResponse response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(response)
                .as("an answer of the collector, which said %s", refusal)
                .isNotNull();
        assertThat(refusal).isNull();
        return response;
    }

    @Override
    public void onNext(ConnectResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable problem) {
        refusal = problem;
        responses.add(ConnectResponse.getDefaultInstance());
    }

    @Override
    public void onCompleted() {}

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        assertThat(channel.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
