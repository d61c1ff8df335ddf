package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.Batch;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.Observation;
import dev.plumbline.v1.Progress;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.SegmentId;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an agent may say on its stream, from the first message on: it is taken, or the stream ends with a sentence. */
final class GreetingFuzzTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final UUID INCARNATION = new UUID(4, 2);

    private final X509Certificate certificate = SiteAuthority.create("campus.example", "campus", Instant.now())
            .agent(WIFI, "a", Instant.now())
            .certificate();
    private final Plan plan = PlanCodec.seal(Plan.of("campus", WIFI, List.of(), Plan.Settings.DEFAULT));

    @Test
    void streams() {
        Journal journal = mock(Journal.class, withSettings().stubOnly());
        when(journal.append(any(), any())).thenReturn(CompletableFuture.completedFuture(1L));
        Fuzz.refusing(
                "messages of an agent's stream",
                List.of(
                        request(ConnectRequest.newBuilder()
                                .setHello(Hello.newBuilder()
                                        .setIncarnation(Fields.uuid(INCARNATION))
                                        .setAgentVersion("1.0")
                                        .setPlanHash("00")
                                        .setLastSequence(7)
                                        .setAgentTime(Fields.timestamp(Instant.EPOCH)))),
                        request(ConnectRequest.newBuilder()
                                .setBatch(Batch.newBuilder()
                                        .setIncarnation(Fields.uuid(INCARNATION))
                                        .setSequence(1)
                                        .addObservations(Observation.newBuilder()
                                                .setTargetId("courier:5223")
                                                .setTryNumber(1)
                                                .setStartedAt(Fields.timestamp(Instant.EPOCH))))),
                        request(ConnectRequest.newBuilder()
                                .setProgress(Progress.newBuilder()
                                        .setDemandId("d")
                                        .setDone(1)
                                        .setTotal(2)))),
                bytes -> converse(journal, ConnectRequest.parseFrom(bytes)),
                InvalidProtocolBufferException.class);
    }

    private static byte[] request(ConnectRequest.Builder request) {
        return request.build().toByteArray();
    }

    /** As the first message, after a right hello and after a wrong one, and once more. */
    private void converse(Journal journal, ConnectRequest said) {
        ConnectRequest right = hello(said.hasBatch() ? said.getBatch().getIncarnation() : Fields.uuid(INCARNATION));
        ConnectRequest wrong = hello(ByteString.EMPTY);
        for (List<ConnectRequest> order :
                List.of(List.of(said, said), List.of(right, said, said), List.of(wrong, said, said))) {
            Agents agents = new Agents();
            Answers answers = new Answers();
            Caller caller = new Caller(SpiffeId.of(certificate), certificate, "192.0.2.1", Clock.systemUTC());
            InetSocketAddress from = new InetSocketAddress(caller.address(), 40_000);
            AgentStream stream = new AgentStream(
                    new AgentGatewayService.Parts(
                            agents,
                            journal,
                            segment -> Optional.of(plan),
                            Clock.systemUTC(),
                            new Room(Bounds.ALL_BYTES, Bounds.MESSAGE_BYTES),
                            Patience.STANDARD),
                    caller,
                    WIFI,
                    new Guest(from, Neighbourhood.of(from.getAddress()), 0, () -> {}),
                    new Inflow(),
                    answers);
            order.forEach(stream::onNext);
            stream.onCompleted();
            assertThat(agents.connected()).isEmpty();
            if (answers.refusal != null) {
                Status status = Status.fromThrowable(answers.refusal);
                assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(status.getDescription()).isNotBlank().hasSizeLessThan(2_000);
            }
        }
    }

    private static ConnectRequest hello(ByteString incarnation) {
        return ConnectRequest.newBuilder()
                .setHello(Hello.newBuilder().setIncarnation(incarnation).setAgentTime(Fields.timestamp(Instant.EPOCH)))
                .build();
    }

    /** The other end of the stream. */
    private static final class Answers extends ServerCallStreamObserver<ConnectResponse> {
        private @Nullable Throwable refusal;

        @Override
        public void onNext(ConnectResponse response) {
            assertThat(refusal).as("nothing is said after the end").isNull();
        }

        @Override
        public void onError(Throwable problem) {
            assertThat(refusal).as("a stream ends once").isNull();
            refusal = problem;
        }

        @Override
        public void onCompleted() {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {
            assertThat(count).isPositive();
        }

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void disableAutoRequest() {}
    }
}
