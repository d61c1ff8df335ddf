package dev.plumbline.collector.web;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call of a service within this process: what it answers is handed over at once, on its own thread. Any thread. */
final class LocalCall<Q, A> extends ServerCall<Q, A> {
    private final ServerMethodDefinition<Q, A> method;
    private final Consumer<A> answers;
    private final BiConsumer<Status, Metadata> end;

    private volatile boolean isCancelled;
    private volatile ServerCall.@Nullable Listener<Q> listener;
    private volatile boolean isBegun;
    // Guarded by this.
    private boolean isClosed;

    /** @param end is told once how it ended; not where it was cancelled */
    LocalCall(ServerMethodDefinition<Q, A> method, Consumer<A> answers, BiConsumer<Status, Metadata> end) {
        this.method = method;
        this.answers = answers;
        this.end = end;
    }

    /** @param as in which somebody is the asker */
    void begin(Context as, Q question) {
        as.run(() -> {
            ServerCall.Listener<Q> begins = method.getServerCallHandler().startCall(this, new Metadata());
            listener = begins;
            begins.onMessage(question);
            begins.onHalfClose();
        });
        isBegun = true;
        if (isClosed()) {
            complete();
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    /** What is answered afterwards goes nowhere. */
    void cancel() {
        isCancelled = true;
        ServerCall.Listener<Q> told = listener;
        if (told != null) {
            told.onCancel();
        }
    }

    private void complete() {
        ServerCall.Listener<Q> told = listener;
        listener = null;
        if (told != null) {
            told.onComplete();
        }
    }

    @Override
    public void request(int messages) {
        // There is one question, and it is there.
    }

    @Override
    public void sendHeaders(Metadata headers) {
        // Nobody reads them.
    }

    @Override
    public void sendMessage(A message) {
        if (!isCancelled) {
            answers.accept(message);
        }
    }

    @Override
    public boolean isReady() {
        return !isCancelled;
    }

    @Override
    public void close(Status status, Metadata trailers) {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        if (!isCancelled) {
            end.accept(status, trailers);
        }
        if (isBegun) {
            complete();
        }
    }

    @Override
    public boolean isCancelled() {
        return isCancelled;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
        return method.getMethodDescriptor();
    }
}
