package dev.plumbline.collector.ingest;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.time.Duration;

/** How long the message that a call is receiving has been on the way: who sends a byte a second is seen by this alone. */
final class Inflow extends ServerStreamTracer {
    private static final Context.Key<Inflow> CURRENT = Context.key("inflow");

    private volatile Course course = Course.NOWHERE;
    private boolean isUnfinished;
    private long begunNanos;

    /** Is told of what comes, on the connection's thread. */
    interface Course {
        Course NOWHERE = new Course() {
            @Override
            public void arrived(long bytes) {}

            @Override
            public void whole() {}
        };

        /** A part of a message. */
        void arrived(long bytes);

        /** The message that was begun. */
        void whole();
    }

    /** One for each call. */
    static final class Each extends ServerStreamTracer.Factory {
        @Override
        public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            return new Inflow();
        }
    }

    /** Of the current call. */
    static Inflow current() {
        Inflow inflow = CURRENT.get();
        if (inflow == null) {
            throw new IllegalStateException("a call came in past the server's tracers");
        }
        return inflow;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    @Override
    public synchronized void inboundMessage(int number) {
        isUnfinished = true;
        begunNanos = System.nanoTime();
    }

    @Override
    public void inboundWireSize(long bytes) {
        course.arrived(bytes);
    }

    @Override
    public void inboundMessageRead(int number, long onTheWire, long unpacked) {
        synchronized (this) {
            isUnfinished = false;
        }
        course.whole();
    }

    /** Whoever is told from now on. */
    void into(Course next) {
        course = next;
    }

    /** Since the length of the present message was read; nothing when none has begun. */
    synchronized Duration unfinished(long nowNanos) {
        return isUnfinished ? Duration.ofNanos(nowNanos - begunNanos) : Duration.ZERO;
    }
}
