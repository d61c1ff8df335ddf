package dev.plumbline.collector.ingest;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A call with one question, from its beginning to the last message of its answer. The question is short and comes soon, or what it
 * announces fills memory; whether its caller may still ask is asked when it is whole, and at each message of the answer. Any
 * thread.
 */
final class QuestionCall<Q, A> extends SimpleForwardingServerCall<Q, A> implements Inflow.Course {
    private final Supplier<Optional<Status>> over;
    private final Guest guest;
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    // Guarded by this.
    private long bytes;
    private boolean isClosed;
    private boolean isEnded;

    /** @param over why the caller may ask nothing more; empty while it may */
    QuestionCall(ServerCall<Q, A> call, Supplier<Optional<Status>> over, Guest guest) {
        super(call);
        this.over = over;
        this.guest = guest;
    }

    /** From now on what comes is counted, and the time too. */
    void begin(Inflow inflow) {
        inflow.into(this);
        after(
                asked,
                Bounds.QUESTION,
                () -> end(Status.DEADLINE_EXCEEDED.withDescription(
                        "no question was whole within " + Bounds.QUESTION.toSeconds() + " s of the call's beginning")));
    }

    /** On the platform's own timer, which forgets what was done in time. */
    private static void after(CompletableFuture<Void> inTime, Duration most, Runnable action) {
        inTime.orTimeout(most.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, late) -> {
            if (late != null) {
                action.run();
            }
        });
    }

    @Override
    public void arrived(long more) {
        boolean isLong;
        synchronized (this) {
            bytes += more;
            isLong = bytes > Bounds.QUESTION_BYTES;
        }
        if (isLong) {
            end(Status.RESOURCE_EXHAUSTED.withDescription(
                    "a question has at most " + Bounds.QUESTION_BYTES + " bytes"));
        }
    }

    @Override
    public void whole() {}

    /** With a reason; whoever does not go keeps what it brought on the way, and is cut off. */
    private void end(Status why) {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isEnded = true;
            close(why, new Metadata());
        }
        after(left, Bounds.FAREWELL, guest::cut);
    }

    /** False when the call was ended, for this or before. */
    private synchronized boolean goesOn() {
        if (!isClosed) {
            over.get().ifPresent(this::end);
        }
        return !isClosed;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!isClosed) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(A message) {
        if (goesOn()) {
            super.sendMessage(message);
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (!isClosed) {
            isClosed = true;
            asked.complete(null);
            super.close(status, trailers);
        }
    }

    /** Also for who answers on and on: it would go nowhere. */
    @Override
    public synchronized boolean isCancelled() {
        return isEnded || super.isCancelled();
    }

    /** Begins to answer only whoever may still ask when the question is whole. */
    ServerCall.Listener<Q> asked(ServerCall.Listener<Q> answering) {
        return new SimpleForwardingServerCallListener<>(answering) {
            @Override
            public void onHalfClose() {
                asked.complete(null);
                if (goesOn()) {
                    super.onHalfClose();
                }
            }

            @Override
            public void onComplete() {
                gone();
                if (isCancelled()) {
                    super.onCancel();
                } else {
                    super.onComplete();
                }
            }

            @Override
            public void onCancel() {
                gone();
                super.onCancel();
            }
        };
    }

    private void gone() {
        asked.complete(null);
        left.complete(null);
    }
}
