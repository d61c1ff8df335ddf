package dev.plumbline.collector.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call whose answers are server-sent events: each message one event, a refusal after the first one an event {@code status} that is
 * the last. A refusal before any is an answer like every other refusal. Any thread.
 */
final class EventCall<Q, A> extends ServerCall<Q, A> {
    private static final Logger LOG = LoggerFactory.getLogger(EventCall.class);

    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    private final MethodDescriptor<Q, A> method;
    private final ServiceRequestContext context;
    private final Patience patience;
    private final CompletableFuture<HttpResponse> begun = new CompletableFuture<>();
    private final HttpResponse answer = HttpResponse.of(begun);
    private final HttpResponseWriter events = HttpResponse.streaming();
    /** In which the call's own side is told what happens, one after the other. */
    private final SynchronizationContext inOrder = new SynchronizationContext((thread, broken) -> failed(broken));

    private volatile boolean isReady = true;
    private volatile boolean isCancelled;

    // Of inOrder.
    private ServerCall.@Nullable Listener<Q> listener;

    // Guarded by this.
    private boolean isBegun;
    private boolean isClosed;

    EventCall(MethodDescriptor<Q, A> method, ServiceRequestContext context, Patience patience) {
        this.method = method;
        this.context = context;
        this.patience = patience;
    }

    HttpResponse answer() {
        return answer;
    }

    void begin(ServerCallHandler<Q, A> handler, Metadata headers, Q question) {
        later(() -> {
            ServerCall.Listener<Q> begins = handler.startCall(this, headers);
            listener = begins;
            begins.onMessage(question);
            begins.onHalfClose();
        });
        answer.whenComplete().whenComplete((nothing, broken) -> {
            isCancelled = broken != null;
            events.close();
            tell(broken == null ? ServerCall.Listener::onComplete : ServerCall.Listener::onCancel);
        });
    }

    private void failed(Throwable broken) {
        LOG.error("{} could not be answered", method.getFullMethodName(), broken);
        close(Status.INTERNAL, new Metadata());
    }

    private interface Event<Q> {
        void to(ServerCall.Listener<Q> listener);
    }

    private void tell(Event<Q> event) {
        later(() -> {
            ServerCall.Listener<Q> told = listener;
            if (told != null) {
                event.to(told);
            }
        });
    }

    private void later(Runnable task) {
        inOrder.executeLater(task);
        context.blockingTaskExecutor().execute(inOrder::drain);
    }

    @Override
    public void request(int messages) {
        // There is one question, and it is there.
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (isBegun || isClosed) {
            return;
        }
        isBegun = true;
        context.clearRequestTimeout();
        boolean isThere = events.tryWrite(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        if (!isThere) {
            // Whoever asked has left, which the call's own side is told elsewhere.
            return;
        }
        begun.complete(events);
        long each = patience.keepAlive().toMillis();
        ScheduledFuture<?> comments = context.eventLoop()
                .withoutContext()
                .scheduleAtFixedRate(this::comment, each, each, TimeUnit.MILLISECONDS);
        events.whenComplete().whenComplete((nothing, broken) -> comments.cancel(false));
    }

    /** Whoever reads nothing needs none. */
    private void comment() {
        if (isReady) {
            write(": still here\n\n");
        }
    }

    @Override
    public void sendMessage(A message) {
        Message told = (Message) message;
        FieldDescriptor id = told.getDescriptorForType().findFieldByName("id");
        try {
            write((id == null ? "" : "id: " + told.getField(id) + "\n") + "data: " + JSON.print(told) + "\n\n");
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message of the contract cannot be written as JSON", e);
        }
    }

    private void write(String event) {
        isReady = false;
        if (events.tryWrite(HttpData.ofUtf8(event))) {
            events.whenConsumed().thenRun(() -> {
                isReady = true;
                tell(ServerCall.Listener::onReady);
            });
        }
    }

    @Override
    public boolean isReady() {
        return isReady;
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (!isBegun) {
            begun.complete(RefusedAnswer.of(RefusedAnswer.message(status, trailers)));
            return;
        }
        if (!status.isOk()) {
            // Whoever is gone cannot be told.
            boolean unused = events.tryWrite(HttpData.ofUtf8(
                    "event: status\ndata: " + RefusedAnswer.json(RefusedAnswer.message(status, trailers)) + "\n\n"));
        }
        events.close();
        // Whoever reads nothing takes no end either, and a stream has no time-out.
        ScheduledFuture<?> farewell = context.eventLoop()
                .withoutContext()
                .schedule(() -> answer.abort(), patience.farewell().toMillis(), TimeUnit.MILLISECONDS);
        answer.whenComplete().whenComplete((nothing, broken) -> farewell.cancel(false));
    }

    @Override
    public boolean isCancelled() {
        return isCancelled;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
        return method;
    }
}
