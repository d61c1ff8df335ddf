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
import io.grpc.Status;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A call whose answers are server-sent events: each message one event, whose id is that of the message where it has one; a refusal
 * after the first an event {@code status} that is the last.
 */
final class EventCall<Q, A> extends StreamedCall<Q, A> {
    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    private final Patience patience;
    private final HttpResponseWriter events = HttpResponse.streaming();

    private volatile boolean isReady = true;

    // Guarded by this.
    private boolean isBegun;
    private boolean isClosed;

    static <Q, A> EventCall<Q, A> patient(MethodDescriptor<Q, A> method, ServiceRequestContext context) {
        return new EventCall<>(method, context, Patience.USUAL);
    }

    EventCall(MethodDescriptor<Q, A> method, ServiceRequestContext context, Patience patience) {
        super(method, context);
        this.patience = patience;
    }

    @Override
    void over() {
        events.close();
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (isBegun || isClosed) {
            return;
        }
        isBegun = true;
        context().clearRequestTimeout();
        boolean isThere = events.tryWrite(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        if (!isThere) {
            // Whoever asked has left, which the call's own side is told elsewhere.
            return;
        }
        answer(events);
        long each = patience.keepAlive().toMillis();
        ScheduledFuture<?> comments = context()
                .eventLoop()
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
            answer(RefusedAnswer.of(RefusedAnswer.message(status, trailers)));
            return;
        }
        if (!status.isOk()) {
            // Whoever is gone cannot be told.
            boolean unused = events.tryWrite(HttpData.ofUtf8(
                    "event: status\ndata: " + RefusedAnswer.json(RefusedAnswer.message(status, trailers)) + "\n\n"));
        }
        events.close();
        // Whoever reads nothing takes no end either, and a stream has no time-out.
        ScheduledFuture<?> farewell = context()
                .eventLoop()
                .withoutContext()
                .schedule(() -> answer().abort(), patience.farewell().toMillis(), TimeUnit.MILLISECONDS);
        answer().whenComplete().whenComplete((nothing, broken) -> farewell.cancel(false));
    }
}
