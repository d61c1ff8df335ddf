package dev.plumbline.agent.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.spool.StoredBatch;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.Ack;
import dev.plumbline.v1.Batch;
import dev.plumbline.v1.ClockQuestion;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.Progress;
import dev.plumbline.v1.Throttle;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream from its hello to its end. */
final class Session implements ClientResponseObserver<ConnectRequest, ConnectResponse> {
    /** Batches on the way at once: enough to hide a round trip, few enough to send again. */
    private static final int WINDOW = 4;

    /** A collector that asks for more is asked again after it. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final SqliteSpool spool;
    private final SpiffeId own;
    private final PlanFile planFile;
    private final Orders orders;
    private final Clock clock;
    private final Runnable welcomed;
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable ClientCallStreamObserver<ConnectRequest> requests;
    private final Deque<Long> unacked = new ArrayDeque<>();
    private long sent;
    private boolean welcome;
    private boolean answersClock;
    // When the question was sent that the collector's clock will answer, by a clock that does not jump.
    private @Nullable Long askedNanos;
    private boolean isPaused;
    private long pauseEndsNanos;
    private boolean isGoodbye;
    private @Nullable UUID incarnation;

    Session(SqliteSpool spool, SpiffeId own, PlanFile planFile, Orders orders, Clock clock, Runnable welcomed) {
        this.spool = spool;
        this.own = own;
        this.planFile = planFile;
        this.orders = orders;
        this.clock = clock;
        this.welcomed = welcomed;
    }

    @Override
    public synchronized void beforeStart(ClientCallStreamObserver<ConnectRequest> stream) {
        requests = stream;
        stream.setOnReadyHandler(this::pump);
    }

    void hello(String version) {
        Instant now = clock.instant();
        UUID spooled = spool.incarnation();
        synchronized (this) {
            askedNanos = System.nanoTime();
            incarnation = spooled;
        }
        Hello.Builder hello = Hello.newBuilder()
                .setIncarnation(Fields.uuid(spooled))
                .setAgentVersion(version)
                .setPlanHash(planFile.read().map(Plan::hash).orElse(""))
                .setLastSequence(spool.newestPending())
                .setAgentTime(Fields.timestamp(now));
        send(ConnectRequest.newBuilder().setHello(hello).build());
    }

    /** Completes with the reason when the stream is over. */
    CompletableFuture<Status> ended() {
        return ended;
    }

    synchronized boolean isWelcome() {
        return welcome;
    }

    /** Sends what the spool holds, as far as the window and the transport allow. */
    synchronized void pump() {
        while (welcome && !isPaused && !isGoodbye && !ended.isDone() && unacked.size() < WINDOW && isReady()) {
            var next = spool.after(sent, 1);
            if (!spool.incarnation().equals(incarnation)) {
                beginAnew();
                return;
            }
            if (next.isEmpty()) {
                return;
            }
            send(next.get(0));
        }
    }

    /** Sends on when a pause that the collector asked for is over; called again and again. */
    synchronized void goOn() {
        if (isPaused && System.nanoTime() - pauseEndsNanos >= 0) {
            isPaused = false;
            pump();
        }
    }

    private synchronized void pause(Throttle throttle) {
        long millis = Math.min(LONGEST_PAUSE.toMillis(), Integer.toUnsignedLong(throttle.getPauseMillis()));
        isPaused = true;
        pauseEndsNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    synchronized int unacknowledged() {
        return unacked.size();
    }

    synchronized boolean isPaused() {
        return isPaused;
    }

    /** Whether the collector said that it goes away. */
    synchronized boolean isGoodbye() {
        return isGoodbye;
    }

    private synchronized void goodbye() {
        isGoodbye = true;
    }

    /** The spool was damaged and begun anew: what it has now belongs to another hello. */
    private void beginAnew() {
        ClientCallStreamObserver<ConnectRequest> stream = requests;
        if (stream != null) {
            stream.cancel("the spool begins anew", null);
        }
        ended.complete(Status.ABORTED.withDescription("the spool was begun anew"));
    }

    private void send(StoredBatch batch) {
        try {
            // Before anything can go wrong with it: a batch that cannot be read is passed over, not fetched again and
            // again.
            sent = batch.sequence();
            Batch message = Batch.parseFrom(batch.message().toArray());
            unacked.add(sent);
            send(ConnectRequest.newBuilder().setBatch(message).build());
        } catch (InvalidProtocolBufferException e) {
            LOG.error("batch {} in the spool is damaged and is given up", batch.sequence());
            refuse(batch.sequence());
        }
    }

    private void refuse(long sequence) {
        UUID spooled = incarnation;
        if (spooled != null) {
            spool.refuse(spooled, sequence);
        }
    }

    synchronized void progress(Progress progress) {
        if (welcome && isReady()) {
            send(ConnectRequest.newBuilder().setProgress(progress).build());
        }
    }

    /** Asks for the collector's clock, once at a time; a collector of an older version is not asked. */
    synchronized void askClock() {
        if (welcome && answersClock && askedNanos == null && isReady()) {
            askedNanos = System.nanoTime();
            send(ConnectRequest.newBuilder()
                    .setClockQuestion(ClockQuestion.getDefaultInstance())
                    .build());
        }
    }

    /** Says goodbye: the collector ends the stream when all that was sent is durable. */
    synchronized void finish() {
        ClientCallStreamObserver<ConnectRequest> stream = requests;
        if (stream != null && !ended.isDone()) {
            stream.onCompleted();
        }
    }

    private boolean isReady() {
        ClientCallStreamObserver<ConnectRequest> stream = requests;
        return stream != null && stream.isReady();
    }

    private synchronized void send(ConnectRequest request) {
        ClientCallStreamObserver<ConnectRequest> stream = requests;
        if (stream != null && !ended.isDone()) {
            stream.onNext(request);
        }
    }

    @Override
    public void onNext(ConnectResponse response) {
        switch (response.getMessageCase()) {
            case WELCOME -> {
                synchronized (this) {
                    welcome = true;
                    answersClock = response.getWelcome().getAnswersClock();
                }
                readClock(
                        response.getWelcome().hasCollectorTime(),
                        response.getWelcome().getCollectorTime());
                welcomed.run();
                pump();
            }
            case ACK -> ack(response.getAck());
            case PLAN -> plan(response.getPlan());
            case DEMAND ->
                orders.demand(response.getDemand().getId(), response.getDemand().getRound());
            case CLOCK_ANSWER ->
                readClock(
                        response.getClockAnswer().hasCollectorTime(),
                        response.getClockAnswer().getCollectorTime());
            case THROTTLE -> pause(response.getThrottle());
            case GOING_AWAY -> goodbye();
            case MESSAGE_NOT_SET -> LOG.debug("the collector sent something of a newer version");
        }
    }

    private void readClock(boolean present, Timestamp time) {
        Instant received = clock.instant();
        long nanos = System.nanoTime();
        Long asked;
        synchronized (this) {
            asked = askedNanos;
            askedNanos = null;
        }
        try {
            Instant collector = Fields.instant(present, time, "collector_time");
            if (asked != null) {
                orders.clock(RoundTrip.offset(Duration.ofNanos(nanos - asked), collector, received));
            }
        } catch (WireException e) {
            LOG.warn("the collector sent {}", e.getMessage());
        }
    }

    private void ack(Ack ack) {
        try {
            spool.ack(Fields.uuid(ack.getIncarnation(), "ack.incarnation"), ack.getSequence());
        } catch (WireException e) {
            LOG.warn("the collector sent {}", e.getMessage());
            return;
        }
        synchronized (this) {
            while (!unacked.isEmpty() && unacked.peekFirst() <= ack.getSequence()) {
                unacked.removeFirst();
            }
        }
        pump();
    }

    private void plan(dev.plumbline.v1.Plan message) {
        try {
            Plan plan = PlanCodec.decode(message);
            if (!own.segment().equals(Optional.of(plan.segment()))) {
                LOG.warn("the collector sent a plan for segment {} to {}; it is not used", plan.segment(), own);
                return;
            }
            plan.unread()
                    .forEach((target, problem) ->
                            LOG.warn("target {} of the collector's plan is beyond this version: {}", target, problem));
            planFile.write(message);
            orders.plan(plan);
        } catch (WireException e) {
            LOG.warn("the collector sent a plan that cannot be used: {}", e.getMessage());
        }
    }

    @Override
    public void onError(Throwable problem) {
        Status status = Status.fromThrowable(problem);
        synchronized (this) {
            // Those before it were settled first, so the oldest on the way is the one that is refused.
            if (status.getCode() == Status.Code.INVALID_ARGUMENT && !unacked.isEmpty()) {
                LOG.error("batch {} is given up: {}", unacked.peekFirst(), status.getDescription());
                refuse(unacked.removeFirst());
            }
        }
        ended.complete(status);
    }

    @Override
    public void onCompleted() {
        ended.complete(Status.OK);
    }
}
