package dev.plumbline.deploy.proof;

import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.Batch;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.Fields;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An agent without probes and without a disk: says hello, sends batches in ascending sequence, four on the way at once, and sends
 * again what was not acknowledged when it comes back. It remembers what was acknowledged. Any thread.
 */
final class BareAgent implements AutoCloseable {
    private static final int WINDOW = 4;
    private static final int SHORTEST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private final Channels channels;
    private final int port;
    private final TlsMaterial own;
    private final InetAddress from;
    private final UUID incarnation = UUID.randomUUID();

    // Guarded by this.
    private final TreeMap<Long, Batch> waiting = new TreeMap<>();
    private final Map<Long, Integer> sums = new HashMap<>();
    private final Map<Long, Long> offeredAt = new HashMap<>();
    private long lastOffered;
    private long lastAcked;
    private long longestWaitNanos;
    private int inFlightAtEnd;
    private int streams;
    private boolean returns = true;
    private @Nullable Status ended;
    private String lastRefusal = "";
    private @Nullable Stream stream;
    private @Nullable ManagedChannel channel;

    BareAgent(Channels channels, int port, TlsMaterial own, InetAddress from) {
        this.channels = channels;
        this.port = port;
        this.own = own;
        this.from = from;
    }

    String identity() {
        return own.identity().toString();
    }

    UUID incarnation() {
        return incarnation;
    }

    /** One that stays away when its stream ends. */
    synchronized BareAgent once() {
        returns = false;
        return this;
    }

    synchronized BareAgent connect() {
        ManagedChannel opened = channels.open(port, own, from);
        channel = opened;
        streams++;
        Stream begun = new Stream();
        stream = begun;
        ended = null;
        begun.requests = AgentGatewayGrpc.newStub(opened).connect(begun);
        begun.requests.onNext(ConnectRequest.newBuilder().setHello(hello()).build());
        return this;
    }

    private Hello hello() {
        return Hello.newBuilder()
                .setIncarnation(Fields.uuid(incarnation))
                .setAgentVersion("proof")
                .setLastSequence(lastOffered)
                .setAgentTime(Fields.timestamp(Instant.now()))
                .build();
    }

    /** Takes a batch, gives it the next sequence, and sends it as soon as the window allows. */
    synchronized void offer(Batch.Builder content) {
        lastOffered++;
        Batch batch = content.setIncarnation(Fields.uuid(incarnation))
                .setSequence(lastOffered)
                .build();
        waiting.put(lastOffered, batch);
        sums.put(lastOffered, sum(batch.toBuilder().clearEvidence().build().toByteArray()));
        offeredAt.put(lastOffered, System.nanoTime());
        pump();
    }

    static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    private void pump() {
        Stream now = stream;
        if (now == null || !now.isWelcome) {
            return;
        }
        while (now.lastSent < lastOffered && now.lastSent - Math.max(lastAcked, now.firstSent - 1) < WINDOW) {
            Map.Entry<Long, Batch> next = waiting.higherEntry(now.lastSent);
            if (next == null) {
                return;
            }
            if (now.lastSent == 0) {
                now.firstSent = next.getKey();
            }
            now.lastSent = next.getKey();
            now.requests.onNext(
                    ConnectRequest.newBuilder().setBatch(next.getValue()).build());
        }
    }

    /** Sent on the stream that stands, and not acknowledged. */
    synchronized int inFlight() {
        Stream now = stream;
        return now == null || now.lastSent == 0
                ? 0
                : (int) Math.max(0, now.lastSent - Math.max(lastAcked, now.firstSent - 1));
    }

    /** What was in flight when the latest stream ended. */
    synchronized int inFlightAtEnd() {
        return inFlightAtEnd;
    }

    synchronized boolean isWelcome() {
        Stream now = stream;
        return now != null && now.isWelcome;
    }

    synchronized boolean isConnected() {
        return stream != null;
    }

    /** Why the latest stream ended; empty while it stands. */
    synchronized Optional<Status> ended() {
        return Optional.ofNullable(ended);
    }

    /** What was said at the end of the latest stream that ended with words. */
    synchronized String lastRefusal() {
        return lastRefusal;
    }

    synchronized long offered() {
        return lastOffered;
    }

    /** Every batch up to this one was acknowledged. */
    synchronized long acked() {
        return lastAcked;
    }

    /** How many streams it has begun. */
    synchronized int streams() {
        return streams;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** What the journal must hold of it, by sequence. */
    synchronized Map<Long, Integer> sums() {
        return Map.copyOf(sums);
    }

    /** The longest time from an offer to its acknowledgement since this was asked before; one that still waits counts too. */
    synchronized Duration takeLongestWait() {
        long now = System.nanoTime();
        long longest = Math.max(
                longestWaitNanos,
                offeredAt.values().stream().mapToLong(at -> now - at).max().orElse(0));
        longestWaitNanos = 0;
        return Duration.ofNanos(longest);
    }

    /** Waits until everything that was offered is acknowledged. */
    void awaitAcked(Duration atMost) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (waiting() > 0) {
            if (System.nanoTime() > deadline) {
                throw new Trouble(waiting() + " batches of " + identity() + " were not acknowledged within "
                        + atMost.toSeconds() + " s"
                        + ended().map(e -> "; the collector said " + e).orElse(""));
            }
            Thread.sleep(5);
        }
    }

    /** Waits for the end of the stream that stands. */
    Status awaitEnd(Duration atMost) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<Status> end = ended();
            if (end.isPresent()) {
                return end.get();
            }
            if (System.nanoTime() > deadline) {
                throw new Trouble("the stream of " + identity() + " still stands after " + atMost.toSeconds() + " s");
            }
            Thread.sleep(5);
        }
    }

    private synchronized void acknowledged(Stream of, long sequence) {
        if (of != stream) {
            return;
        }
        long now = System.nanoTime();
        for (long known = lastAcked + 1; known <= sequence; known++) {
            waiting.remove(known);
            Long at = offeredAt.remove(known);
            if (at != null) {
                longestWaitNanos = Math.max(longestWaitNanos, now - at);
            }
        }
        lastAcked = Math.max(lastAcked, sequence);
        pump();
    }

    private synchronized void welcomed(Stream which) {
        which.isWelcome = true;
        pump();
    }

    private void over(Stream which, Status why) {
        ManagedChannel left;
        synchronized (this) {
            if (which != stream) {
                return;
            }
            inFlightAtEnd = inFlight();
            stream = null;
            ended = why;
            if (why.getDescription() != null) {
                lastRefusal = why.getCode() + ": " + why.getDescription();
            }
            left = channel;
            channel = null;
            if (returns) {
                channels.loops()
                        .schedule(
                                this::comeBack,
                                ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS),
                                TimeUnit.MILLISECONDS);
            }
        }
        if (left != null) {
            left.shutdownNow();
        }
    }

    private synchronized void comeBack() {
        if (returns && stream == null) {
            connect();
        }
    }

    /** Ends the stream and stays away. */
    @Override
    public void close() {
        ManagedChannel left;
        synchronized (this) {
            returns = false;
            stream = null;
            left = channel;
            channel = null;
        }
        if (left != null) {
            left.shutdownNow();
        }
    }

    private final class Stream implements StreamObserver<ConnectResponse> {
        // Guarded by the agent.
        private boolean isWelcome;
        private long firstSent;
        private long lastSent;

        @SuppressWarnings("NullAway.Init")
        private StreamObserver<ConnectRequest> requests;

        @Override
        public void onNext(ConnectResponse response) {
            switch (response.getMessageCase()) {
                case WELCOME -> welcomed(this);
                case ACK -> acknowledged(this, response.getAck().getSequence());
                case PLAN, DEMAND, THROTTLE, GOING_AWAY, CLOCK_ANSWER, MESSAGE_NOT_SET -> {}
            }
        }

        @Override
        public void onError(Throwable problem) {
            over(this, Status.fromThrowable(problem));
        }

        @Override
        public void onCompleted() {
            over(this, Status.OK);
        }
    }
}
