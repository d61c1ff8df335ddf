package dev.plumbline.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.Ack;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Demand;
import dev.plumbline.v1.Throttle;
import dev.plumbline.v1.Welcome;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Surroundings.ClockOffset;
import io.grpc.stub.ClientCallStreamObserver;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector, or another version of one, may say on a stream: it is followed or passed over, and the stream goes on. */
final class SessionFuzzTest {
    private static final SpiffeId OWN = SpiffeId.parse("spiffe://campus.example/site/campus/segment/wifi/agent/wifi-1");

    @TempDir
    private Path folder = Path.of("");

    private static byte[] response(ConnectResponse.Builder response) {
        return response.build().toByteArray();
    }

    @Test
    void whatACollectorSays() throws Exception {
        Plan plan = PlanCodec.seal(Plan.of("campus", new SegmentId("wifi"), List.of(), Plan.Settings.DEFAULT));
        try (SqliteSpool spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC())) {
            Fuzz.refusing(
                    "what a collector says on a stream",
                    List.of(
                            response(ConnectResponse.newBuilder()
                                    .setWelcome(Welcome.newBuilder()
                                            .setAnswersClock(true)
                                            .setCollectorTime(Fields.timestamp(Instant.EPOCH)))),
                            response(ConnectResponse.newBuilder()
                                    .setAck(Ack.newBuilder()
                                            .setIncarnation(Fields.uuid(spool.incarnation()))
                                            .setSequence(7))),
                            response(ConnectResponse.newBuilder().setPlan(PlanCodec.encode(plan))),
                            response(ConnectResponse.newBuilder()
                                    .setDemand(Demand.newBuilder().setId("d").setRound(7))),
                            response(ConnectResponse.newBuilder()
                                    .setThrottle(Throttle.newBuilder().setPauseMillis(-1))),
                            response(ConnectResponse.newBuilder()
                                    .setAck(Ack.newBuilder().setIncarnation(ByteString.EMPTY)))),
                    bytes -> converse(spool, ConnectResponse.parseFrom(bytes)),
                    InvalidProtocolBufferException.class);
        }
    }

    private void converse(SqliteSpool spool, ConnectResponse said) {
        Followed followed = new Followed();
        Session session = new Session(spool, OWN, new PlanFile(folder), followed, Clock.systemUTC(), () -> {});
        Requests requests = new Requests();
        session.beforeStart(requests);
        session.hello("1.0");
        session.onNext(said);
        session.onNext(said);
        session.goOn();
        session.askClock();
        assertThat(requests.sent.get(0).hasHello()).isTrue();
        assertThat(session.isWelcome()).isEqualTo(said.hasWelcome());
        // Before a welcome nothing follows the hello, and without batches in the spool nothing but a question about the
        // time.
        assertThat(requests.sent.stream().skip(1)).allMatch(r -> r.hasClockQuestion() && session.isWelcome());
        assertThat(followed.plans).allMatch(p -> p.segment().equals(new SegmentId("wifi")));
        assertThat(session.ended()).isNotDone();
    }

    /** What the agent is told to do. */
    private static final class Followed implements Orders {
        private final List<Plan> plans = new ArrayList<>();

        @Override
        public void plan(Plan plan) {
            plans.add(plan);
        }

        @Override
        public void demand(String id, long round) {}

        @Override
        public void clock(ClockOffset offset) {}
    }

    /** The way up. */
    private static final class Requests extends ClientCallStreamObserver<ConnectRequest> {
        private final List<ConnectRequest> sent = new ArrayList<>();

        @Override
        public void onNext(ConnectRequest request) {
            sent.add(request);
        }

        @Override
        public void onError(Throwable problem) {
            throw new AssertionError("a stream is not cut for what the collector says", problem);
        }

        @Override
        public void onCompleted() {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            throw new AssertionError("a stream is not cut for what the collector says: " + message);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}
    }
}
