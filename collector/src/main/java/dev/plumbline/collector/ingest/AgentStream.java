package dev.plumbline.collector.ingest;

import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.Ack;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Demand;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.Progress;
import dev.plumbline.v1.Welcome;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's stream: a hello, then batches in ascending sequence. The next batch is asked for when one has become
 * durable, so that a slow disk slows the agents and fills no memory.
 */
final class AgentStream implements StreamObserver<ConnectRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);

    private final Caller caller;
    private final SpiffeId identity;
    private final SegmentId segment;
    private final Agents agents;
    private final Journal journal;
    private final PlanSource plans;
    private final Clock clock;
    private final ServerCallStreamObserver<ConnectResponse> calls;

    // Guarded by this.
    private @Nullable ConnectedAgent state;
    private @Nullable UUID incarnation;
    private long lastSequence;
    private CompletableFuture<?> lastAppend = CompletableFuture.completedFuture(0L);
    private boolean welcomed;
    private final List<ConnectResponse> beforeWelcome = new ArrayList<>();
    private boolean ended;

    AgentStream(
            Caller caller,
            SegmentId segment,
            Agents agents,
            Journal journal,
            PlanSource plans,
            Clock clock,
            ServerCallStreamObserver<ConnectResponse> calls) {
        this.caller = caller;
        this.identity = caller.identity();
        this.segment = segment;
        this.agents = agents;
        this.journal = journal;
        this.plans = plans;
        this.clock = clock;
        this.calls = calls;
        calls.disableAutoRequest();
        calls.setOnCancelHandler(() -> left("the connection ended"));
        calls.request(Bounds.WINDOW);
    }

    synchronized Optional<ConnectedAgent> state() {
        return Optional.ofNullable(state);
    }

    /** False when the stream has ended. */
    synchronized boolean demand(String id, long round) {
        return send(ConnectResponse.newBuilder()
                .setDemand(Demand.newBuilder().setId(id).setRound(round))
                .build());
    }

    synchronized void replan() {
        ConnectedAgent now = state;
        Optional<Plan> plan = plans.planFor(segment);
        if (now == null || ended) {
            return;
        }
        if (plan.isEmpty()) {
            refuse(Status.PERMISSION_DENIED.withDescription(AgentGatewayService.undeclared(segment)));
        } else if (!plan.get().hash().equals(now.planHash())) {
            send(ConnectResponse.newBuilder()
                    .setPlan(PlanCodec.encode(plan.get()))
                    .build());
            state = now.heard(clock.instant(), plan.get().hash());
        }
    }

    @Override
    public void onNext(ConnectRequest request) {
        switch (request.getMessageCase()) {
            case HELLO -> hello(request.getHello());
            case BATCH -> batch(request.getBatch());
            case PROGRESS -> progress(request.getProgress());
            case MESSAGE_NOT_SET -> calls.request(1); // something of a newer agent
        }
    }

    private void hello(Hello hello) {
        ConnectedAgent agent;
        synchronized (this) {
            if (ended) {
                return; // what was on its way when the stream was refused must not make a connected agent of it
            }
            if (state != null) {
                refuse(Status.INVALID_ARGUMENT.withDescription("a stream says hello once"));
                return;
            }
            Instant now = clock.instant();
            try {
                UUID own = Fields.uuid(hello.getIncarnation(), "hello.incarnation");
                Instant theirs = Fields.instant(hello.hasAgentTime(), hello.getAgentTime(), "hello.agent_time");
                incarnation = own;
                agent = new ConnectedAgent(
                        caller,
                        segment,
                        own,
                        hello.getAgentVersion(),
                        now,
                        now,
                        Duration.between(now, theirs),
                        hello.getPlanHash(),
                        Losses.NONE);
            } catch (WireException e) {
                refuse(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
                return;
            }
            state = agent;
        }
        LOG.info("agent {} connected, version {}", identity, agent.version());
        // Who was welcomed can count on being asked: it is among the connected before it hears so.
        agents.join(this, agent);
        welcome();
        replan();
        calls.request(1);
    }

    private synchronized void welcome() {
        welcomed = true;
        send(ConnectResponse.newBuilder()
                .setWelcome(Welcome.newBuilder().setCollectorTime(Fields.timestamp(clock.instant())))
                .build());
        beforeWelcome.forEach(this::send);
        beforeWelcome.clear();
    }

    private synchronized void batch(dev.plumbline.v1.Batch message) {
        ConnectedAgent now = state;
        if (ended) {
            return;
        }
        if (now == null) {
            refuse(Status.INVALID_ARGUMENT.withDescription("the first message of a stream is a hello"));
            return;
        }
        Instant at = clock.instant();
        if (at.isAfter(caller.certificateEnds())) {
            refuse(Identity.ended(caller));
            return;
        }
        state = now.heard(at, now.planHash());
        Batch batch;
        try {
            batch = BatchCodec.decode(message);
        } catch (WireException e) {
            refuseAfterAppends("batch " + message.getSequence() + ": " + e.getMessage());
            return;
        }
        Optional<String> passed = Bounds.passedBy(batch).or(() -> order(batch));
        if (passed.isPresent()) {
            refuseAfterAppends("batch " + batch.sequence() + ": " + passed.get());
            return;
        }
        lastSequence = batch.sequence();
        losses(batch.losses());
        JournalRecord record = new JournalRecord(
                identity.toString(),
                segment,
                batch.incarnation(),
                batch.sequence(),
                clock.instant(),
                Bytes.of(message.toBuilder().clearEvidence().build().toByteArray()));
        lastAppend =
                journal.append(record, batch.evidence()).whenComplete((position, problem) -> durable(batch, problem));
    }

    private void losses(Losses told) {
        ConnectedAgent now = state;
        if (now == null || told.equals(now.losses())) {
            return;
        }
        if (!told.isNone()) {
            LOG.warn("agent {} could not keep {} observations: {}", identity, told.observations(), told);
        }
        state = now.with(told);
    }

    private Optional<String> order(Batch batch) {
        if (!batch.incarnation().equals(incarnation)) {
            return Optional.of("its incarnation is not that of the hello");
        }
        return batch.sequence() <= lastSequence
                ? Optional.of("it came after batch " + lastSequence + "; sequences ascend within a stream")
                : Optional.empty();
    }

    private synchronized void durable(Batch batch, @Nullable Throwable problem) {
        if (problem != null) {
            refuse(Status.UNAVAILABLE.withDescription("the journal cannot be written; try again later"));
            return;
        }
        Ack ack = Ack.newBuilder()
                .setIncarnation(Fields.uuid(batch.incarnation()))
                .setSequence(batch.sequence())
                .build();
        if (send(ConnectResponse.newBuilder().setAck(ack).build())) {
            calls.request(1);
        }
    }

    private void progress(Progress progress) {
        agents.progress(identity, progress.getDemandId(), progress.getDone(), progress.getTotal());
        calls.request(1);
    }

    /** A wrong batch ends the stream only when those before it are settled: the agent sets its oldest one aside. */
    private synchronized void refuseAfterAppends(String sentence) {
        LOG.warn("agent {}: {}", identity, sentence);
        lastAppend = lastAppend.whenComplete(
                (position, problem) -> refuse(Status.INVALID_ARGUMENT.withDescription(sentence)));
    }

    private synchronized boolean send(ConnectResponse response) {
        if (ended || calls.isCancelled()) {
            return false;
        }
        if (welcomed) {
            calls.onNext(response);
        } else {
            beforeWelcome.add(response);
        }
        return true;
    }

    /** Ends the stream with a reason. */
    void refuse(Status status) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            calls.onError(status.asRuntimeException());
        }
        leave(String.valueOf(status.getDescription()));
    }

    private void left(String why) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        leave(why);
    }

    private void leave(String why) {
        LOG.info("agent {} left: {}", identity, why);
        agents.leave(this, identity, why);
    }

    @Override
    public void onError(Throwable broken) {
        left("the connection broke");
    }

    @Override
    public void onCompleted() {
        synchronized (this) {
            if (!ended && !calls.isCancelled()) {
                lastAppend = lastAppend.whenComplete((position, problem) -> complete());
            }
        }
    }

    private void complete() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            calls.onCompleted();
        }
        leave("it said goodbye");
    }
}
