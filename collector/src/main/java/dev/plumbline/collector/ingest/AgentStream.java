package dev.plumbline.collector.ingest;

import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.Ack;
import dev.plumbline.v1.ClockAnswer;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Demand;
import dev.plumbline.v1.GoingAway;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.Progress;
import dev.plumbline.v1.Throttle;
import dev.plumbline.v1.Welcome;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Losses;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's stream: a hello, then batches in ascending sequence. A message is asked for when there is room for it, in the
 * stream's own share and in that of all, and when the agent reads what it is told, so that a slow disk or a slow reader slows the
 * agents and fills no memory. The stream looks after itself once a second: whatever it waits for has an end.
 */
final class AgentStream implements StreamObserver<ConnectRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);
    private static final long LOOK_MILLIS = 1000;
    /** While it waits for room. */
    private static final long SOON_MILLIS = 100;

    private final AgentGatewayService.Parts parts;
    private final Caller caller;
    private final SpiffeId identity;
    private final SegmentId segment;
    private final Guest guest;
    private final Inflow inflow;
    private final Room.Share share;
    private final ServerCallStreamObserver<ConnectResponse> calls;
    private final long begunNanos = System.nanoTime();

    // Guarded by this.
    private final Outbound outbound;
    private @Nullable ConnectedAgent state;
    private @Nullable UUID incarnation;
    private long lastSequence;
    private CompletableFuture<?> lastAppend = CompletableFuture.completedFuture(0L);
    private int waitingBatches;
    private long waitingBytes;
    private long lastDurableNanos;
    private boolean isAsked;
    private boolean isWithoutRoom;
    private long pausedNanos;
    private boolean isDraining;
    private boolean ended;
    private long endedNanos;
    private boolean isClosed;
    private boolean isOverdue;

    AgentStream(
            AgentGatewayService.Parts parts,
            Caller caller,
            SegmentId segment,
            Guest guest,
            Inflow inflow,
            ServerCallStreamObserver<ConnectResponse> calls) {
        this.parts = parts;
        this.caller = caller;
        this.identity = caller.identity();
        this.segment = segment;
        this.guest = guest;
        this.inflow = inflow;
        this.share = parts.room().share(guest.line());
        this.calls = calls;
        this.outbound = new Outbound(calls);
    }

    /** Takes the first message. Call while the call is being opened. */
    void begin() {
        calls.disableAutoRequest();
        inflow.into(new Inflow.Course() {
            private boolean isGreeted;
            private long greeting;

            @Override
            public void arrived(long bytes) {
                parts.room().arrived(share, bytes);
                if (!isGreeted) {
                    greeting += bytes;
                    refuseLongGreeting(greeting);
                }
            }

            @Override
            public void whole() {
                isGreeted = true;
                parts.room().whole(share);
            }
        });
        calls.setOnCancelHandler(() -> {
            closed();
            left("the connection ended");
        });
        calls.setOnCloseHandler(() -> {
            closed();
            // A message that is none ends the call in gRPC itself, without a word to us: its place is free all the
            // same.
            left("the call ended");
        });
        calls.setOnReadyHandler(this::readable);
        askForNext();
        lookLater(LOOK_MILLIS);
    }

    /** Before it greets a stream takes no room that others may need. */
    private void refuseLongGreeting(long bytes) {
        if (bytes > Bounds.HELLO_BYTES) {
            refuse(Status.RESOURCE_EXHAUSTED.withDescription(
                    "the first message of a stream is a hello, which has at most " + Bounds.HELLO_BYTES + " bytes"));
        }
    }

    SpiffeId identity() {
        return identity;
    }

    Guest guest() {
        return guest;
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
        Optional<Plan> plan = parts.plans().planFor(segment);
        if (now == null || ended) {
            return;
        }
        if (plan.isEmpty()) {
            refuse(Status.PERMISSION_DENIED.withDescription(AgentGatewayService.undeclared(segment)));
        } else if (!plan.get().hash().equals(now.planHash())) {
            send(ConnectResponse.newBuilder()
                    .setPlan(PlanCodec.encode(plan.get()))
                    .build());
            state = now.heard(parts.clock().instant(), plan.get().hash());
        }
    }

    @Override
    public void onNext(ConnectRequest request) {
        // Before the next is asked for, whose first bytes would else be taken for this one's.
        long bytes = parts.room().handed(share);
        synchronized (this) {
            isAsked = false;
        }
        boolean isKept = false;
        try {
            switch (request.getMessageCase()) {
                case HELLO -> hello(request.getHello());
                case BATCH -> isKept = batch(request.getBatch(), bytes);
                case PROGRESS -> progress(request.getProgress());
                case CLOCK_QUESTION -> clock();
                case MESSAGE_NOT_SET -> LOG.debug("agent {} sent something of a newer version", identity);
            }
        } finally {
            if (!isKept) {
                parts.room().giveBack(bytes);
            }
        }
        askForNext();
    }

    /** Asks for one message, where there is room for it and none is asked for. */
    private synchronized void askForNext() {
        if (ended || isDraining || isAsked || !outbound.isClear()) {
            return;
        }
        if (waitingBatches >= Bounds.WINDOW || waitingBytes >= Bounds.STREAM_BYTES) {
            return;
        }
        // A hello takes no room: whoever comes while there is none is welcomed, and told to wait.
        isWithoutRoom = state != null && parts.room().isFull();
        if (isWithoutRoom) {
            pauseAgent();
            return;
        }
        isAsked = true;
        calls.request(1);
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
            Instant now = parts.clock().instant();
            try {
                Greeting greeting = Greeting.of(hello);
                incarnation = greeting.incarnation();
                agent = new ConnectedAgent(
                        caller,
                        segment,
                        greeting.incarnation(),
                        greeting.version(),
                        now,
                        now,
                        Duration.between(now, greeting.agentTime()),
                        greeting.planHash(),
                        Losses.NONE);
            } catch (WireException e) {
                refuse(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
                return;
            }
            state = agent;
        }
        LOG.info("agent {} connected, version {}", identity, agent.version());
        // Who was welcomed can count on being asked: it is among the connected before it hears so.
        if (parts.agents().join(this, agent)) {
            welcome();
            replan();
        }
        boolean isOver;
        synchronized (this) {
            isOver = ended;
        }
        if (isOver) {
            // It ended between the hello and the joining: nobody else takes it out again.
            parts.agents().leave(this, identity, "the stream ended with its hello");
        }
    }

    private synchronized void welcome() {
        if (ended || calls.isCancelled()) {
            return;
        }
        outbound.welcome(ConnectResponse.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setCollectorTime(Fields.timestamp(parts.clock().instant()))
                        .setAnswersClock(true))
                .build());
    }

    private synchronized void clock() {
        if (state == null) {
            refuse(Status.INVALID_ARGUMENT.withDescription("the first message of a stream is a hello"));
            return;
        }
        send(ConnectResponse.newBuilder()
                .setClockAnswer(ClockAnswer.newBuilder()
                        .setCollectorTime(Fields.timestamp(parts.clock().instant())))
                .build());
    }

    /** True when its bytes are given back once it is durable. */
    private synchronized boolean batch(dev.plumbline.v1.Batch message, long bytes) {
        ConnectedAgent now = state;
        if (ended || isDraining) {
            return false;
        }
        if (now == null) {
            refuse(Status.INVALID_ARGUMENT.withDescription("the first message of a stream is a hello"));
            return false;
        }
        Instant at = parts.clock().instant();
        if (caller.hasEnded()) {
            refuse(Identity.ended(caller));
            return false;
        }
        state = now.heard(at, now.planHash());
        Batch batch;
        try {
            batch = BatchCodec.decode(message);
        } catch (WireException e) {
            refuseAfterAppends("batch " + message.getSequence() + ": " + e.getMessage());
            return false;
        }
        Optional<String> passed = Bounds.passedBy(batch).or(() -> order(batch));
        if (passed.isPresent()) {
            refuseAfterAppends("batch " + batch.sequence() + ": " + passed.get());
            return false;
        }
        lastSequence = batch.sequence();
        losses(batch.losses());
        clock(batch.summaries());
        append(message, batch, bytes);
        return true;
    }

    private void append(dev.plumbline.v1.Batch message, Batch batch, long bytes) {
        JournalRecord record = new JournalRecord(
                identity.toString(),
                segment,
                batch.incarnation(),
                batch.sequence(),
                parts.clock().instant(),
                Bytes.of(message.toBuilder().clearEvidence().build().toByteArray()));
        if (waitingBatches == 0) {
            lastDurableNanos = System.nanoTime();
        }
        waitingBatches++;
        waitingBytes += bytes;
        // Not the batch itself: what is read out of it takes several times its bytes.
        Ack ack = Ack.newBuilder()
                .setIncarnation(Fields.uuid(batch.incarnation()))
                .setSequence(batch.sequence())
                .build();
        lastAppend = parts.journal()
                .append(record, batch.evidence())
                .whenComplete((position, problem) -> durable(ack, bytes, problem));
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

    private void clock(List<RoundSummary> rounds) {
        ConnectedAgent now = state;
        state = now == null ? null : now.told(rounds);
    }

    private Optional<String> order(Batch batch) {
        if (!batch.incarnation().equals(incarnation)) {
            return Optional.of("its incarnation is not that of the hello");
        }
        return batch.sequence() <= lastSequence
                ? Optional.of("it came after batch " + lastSequence + "; sequences ascend within a stream")
                : Optional.empty();
    }

    private synchronized void durable(Ack ack, long bytes, @Nullable Throwable problem) {
        parts.room().giveBack(bytes);
        waitingBytes -= bytes;
        waitingBatches--;
        lastDurableNanos = System.nanoTime();
        if (problem != null) {
            refuse(Status.UNAVAILABLE.withDescription("the journal cannot be written; try again later"));
            return;
        }
        send(ConnectResponse.newBuilder().setAck(ack).build());
        askForNext();
    }

    private void progress(Progress progress) {
        if (progress.getDemandId().length() <= Bounds.NAME_LENGTH) {
            parts.agents().progress(identity, progress.getDemandId(), progress.getDone(), progress.getTotal());
        }
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
        outbound.send(response);
        return true;
    }

    /** The agent has read something. */
    private synchronized void readable() {
        if (!ended && !calls.isCancelled()) {
            outbound.flush();
            askForNext();
        }
    }

    /** At most once in the time that it is asked to wait. */
    private void pauseAgent() {
        long now = System.nanoTime();
        long pause = Bounds.PAUSE.toMillis();
        if (state == null || (pausedNanos != 0 && now - pausedNanos < TimeUnit.MILLISECONDS.toNanos(pause))) {
            return;
        }
        pausedNanos = now;
        parts.room().askedToPause();
        send(ConnectResponse.newBuilder()
                .setThrottle(Throttle.newBuilder().setPauseMillis((int)
                        (pause + ThreadLocalRandom.current().nextLong(pause))))
                .build());
    }

    private void lookLater(long millis) {
        // On the platform's own timer: looking is quick, and thousands of streams need no thread for it.
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(this::look);
    }

    private void look() {
        try {
            lookOnce();
        } catch (RuntimeException e) {
            // Or nothing would ever end this stream.
            LOG.error("agent {}: a fault of the collector's own; its stream is looked at on", identity, e);
            lookLater(LOOK_MILLIS);
        }
    }

    private void lookOnce() {
        long now = System.nanoTime();
        boolean cut;
        boolean goesOn;
        long next;
        Optional<Status> over = overdue(now);
        over.ifPresent(this::refuse);
        synchronized (this) {
            // Who let a deadline pass may keep the connection as well: it is no longer of use.
            isOverdue |= over.isPresent();
            if (!ended) {
                tend(now);
            }
            boolean stands = !isClosed || isOverdue;
            cut = ended
                    && stands
                    && now - endedNanos > parts.patience().farewell().toNanos();
            goesOn = stands && !cut;
            next = isWithoutRoom && !ended ? SOON_MILLIS : LOOK_MILLIS;
        }
        if (cut) {
            guest.cut();
        }
        if (goesOn) {
            lookLater(next);
        }
    }

    private void tend(long now) {
        if (!outbound.isClear()) {
            guest.line().look();
        }
        boolean isLagging = waitingBatches > 0 && now - lastDurableNanos > Bounds.LAG.toNanos();
        if (isLagging || parts.room().isPaused(share)) {
            pauseAgent();
        }
        askForNext();
    }

    /** What the stream has waited for in vain. */
    private synchronized Optional<Status> overdue(long now) {
        if (ended) {
            return Optional.empty();
        }
        Patience patience = parts.patience();
        if (caller.hasEnded()) {
            return Optional.of(Identity.ended(caller));
        }
        if (state == null && now - begunNanos > patience.hello().toNanos()) {
            return Optional.of(Status.DEADLINE_EXCEEDED.withDescription(
                    "no hello came within " + patience.hello().toSeconds() + " s of the stream's beginning"));
        }
        // A line that is slow takes long for a plan, and what follows it waits: that is not an agent that reads
        // nothing.
        if (outbound.stuck(now).compareTo(patience.reading()) > 0
                && guest.line().standsFor(now) > patience.reading().toNanos()) {
            return Optional.of(
                    Status.RESOURCE_EXHAUSTED.withDescription("nothing of what the collector sends was read for "
                            + patience.reading().toSeconds() + " s"));
        }
        if (inflow.unfinished(now).compareTo(patience.message()) > 0) {
            return Optional.of(Status.DEADLINE_EXCEEDED.withDescription("a message that was begun was not whole within "
                    + patience.message().toSeconds() + " s"));
        }
        if (parts.room().isInTheWay(share, now, Bounds.IN_THE_WAY)) {
            return Optional.of(Status.UNAVAILABLE.withDescription("others waited for " + Bounds.IN_THE_WAY.toSeconds()
                    + " s for room that a message takes which was begun, is not whole, and was first or got no"
                    + " further"));
        }
        return Optional.empty();
    }

    /** Takes nothing more, and ends the stream when what it brought is durable and acknowledged. */
    synchronized void drain() {
        if (!ended && !isDraining) {
            isDraining = true;
            lastAppend = lastAppend.whenComplete((position, problem) -> goAway());
        }
    }

    private void goAway() {
        synchronized (this) {
            if (ended) {
                return;
            }
            end();
            if (!calls.isCancelled()) {
                outbound.flushAll();
                if (state != null) {
                    calls.onNext(ConnectResponse.newBuilder()
                            .setGoingAway(GoingAway.getDefaultInstance())
                            .build());
                }
                calls.onError(Status.UNAVAILABLE
                        .withDescription("the collector is going away; what it acknowledged is durable")
                        .asRuntimeException());
            }
        }
        leave("the collector is going away");
    }

    /** Ends the stream with a reason. */
    void refuse(Status status) {
        synchronized (this) {
            if (ended) {
                return;
            }
            end();
            // What is durable is acknowledged before the reason: else the agent takes another batch for the refused
            // one.
            outbound.flushAll();
            calls.onError(status.asRuntimeException());
        }
        leave(String.valueOf(status.getDescription()));
    }

    private void end() {
        ended = true;
        endedNanos = System.nanoTime();
        parts.room().leave(share);
    }

    private synchronized void closed() {
        isClosed = true;
    }

    private void left(String why) {
        synchronized (this) {
            if (ended) {
                return;
            }
            end();
        }
        leave(why);
    }

    private void leave(String why) {
        LOG.info("agent {} left: {}", identity, why);
        parts.agents().leave(this, identity, why);
    }

    @Override
    public void onError(Throwable broken) {
        closed();
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
            end();
            outbound.flushAll();
            calls.onCompleted();
        }
        leave("it said goodbye");
    }
}
