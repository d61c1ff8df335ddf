package dev.plumbline.collector.ingest;

import dev.plumbline.collector.journal.Journal;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.words.SegmentId;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a stream for each agent of a declared segment. Runs behind {@link Identity}. */
public final class AgentGatewayService extends AgentGatewayGrpc.AgentGatewayImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(AgentGatewayService.class);

    private final Agents agents;
    private final Journal journal;
    private final PlanSource plans;
    private final Clock clock;

    public AgentGatewayService(Agents agents, Journal journal, PlanSource plans, Clock clock) {
        this.agents = agents;
        this.journal = journal;
        this.plans = plans;
        this.clock = clock;
    }

    @Override
    public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
        Caller caller = Identity.caller();
        SpiffeId identity = caller.identity();
        SegmentId segment = identity.segment().orElseThrow();
        if (plans.planFor(segment).isEmpty()) {
            LOG.warn("agent {} refused: {}", identity, undeclared(segment));
            responses.onError(Status.PERMISSION_DENIED
                    .withDescription(undeclared(segment))
                    .asRuntimeException());
            return new Ignored();
        }
        return new AgentStream(
                caller, segment, agents, journal, plans, clock, (ServerCallStreamObserver<ConnectResponse>) responses);
    }

    static String undeclared(SegmentId segment) {
        return "segment " + segment + " is not declared in the collector's site: it was removed, or never there";
    }

    /** What comes after a refusal. */
    private static final class Ignored implements StreamObserver<ConnectRequest> {
        @Override
        public void onNext(ConnectRequest value) {}

        @Override
        public void onError(Throwable broken) {}

        @Override
        public void onCompleted() {}
    }
}
