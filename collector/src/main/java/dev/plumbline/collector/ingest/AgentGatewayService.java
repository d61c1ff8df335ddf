package dev.plumbline.collector.ingest;

import dev.plumbline.collector.journal.Journal;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.words.SegmentId;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a stream for each agent of a declared segment. Runs behind {@link Identity}. */
public final class AgentGatewayService extends AgentGatewayGrpc.AgentGatewayImplBase implements Draining {
    private static final Logger LOG = LoggerFactory.getLogger(AgentGatewayService.class);

    /**
     * What all streams share.
     *
     * @param clock the site's time
     */
    record Parts(Agents agents, Journal journal, PlanSource plans, Clock clock, Room room, Patience patience) {}

    private final Parts parts;
    private volatile boolean isDraining;

    public AgentGatewayService(Agents agents, Journal journal, PlanSource plans, Clock clock) {
        this(new Parts(
                agents, journal, plans, clock, new Room(Bounds.ALL_BYTES, Bounds.MESSAGE_BYTES), Patience.STANDARD));
    }

    AgentGatewayService(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
        Caller caller = Identity.caller();
        SpiffeId identity = caller.identity();
        SegmentId segment = identity.segment().orElseThrow();
        if (parts.plans().planFor(segment).isEmpty()) {
            LOG.warn("agent {} refused: {}", identity, undeclared(segment));
            return refused(responses, Status.PERMISSION_DENIED.withDescription(undeclared(segment)));
        }
        AgentStream stream = new AgentStream(
                parts, caller, segment, Reception.guest(), Inflow.current(), (ServerCallStreamObserver<ConnectResponse>)
                        responses);
        Optional<Status> full = parts.agents().enter(stream);
        if (full.isPresent()) {
            LOG.debug("agent {} refused: {}", identity, full.get().getDescription());
            return refused(responses, full.get());
        }
        stream.begin();
        // After it is among those that are drained: one of the two sees the other.
        if (isDraining) {
            stream.drain();
        }
        return stream;
    }

    /** What is on its way in. */
    public MetricSource metrics() {
        return new RoomMetrics(parts.room());
    }

    @Override
    public void drain() {
        isDraining = true;
        parts.agents().drain();
    }

    private static StreamObserver<ConnectRequest> refused(StreamObserver<ConnectResponse> responses, Status why) {
        responses.onError(why.asRuntimeException());
        return new Ignored();
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
