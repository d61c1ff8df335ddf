package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of an rpc that answers with several messages, which become one answer over HTTP. A refusal before any is an answer like
 * every other refusal. Any thread.
 */
abstract class StreamedCall<Q, A> extends ServerCall<Q, A> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedCall.class);

    private final MethodDescriptor<Q, A> method;
    private final ServiceRequestContext context;
    private final CompletableFuture<HttpResponse> begun = new CompletableFuture<>();
    private final HttpResponse answer = HttpResponse.of(begun);
    /** In which the call's own side is told what happens, one after the other. */
    private final SynchronizationContext inOrder = new SynchronizationContext((thread, broken) -> failed(broken));

    private volatile boolean isCancelled;

    // Of inOrder.
    private ServerCall.@Nullable Listener<Q> listener;

    StreamedCall(MethodDescriptor<Q, A> method, ServiceRequestContext context) {
        this.method = method;
        this.context = context;
    }

    /** How a call of an rpc is made. */
    interface Maker {
        <Q, A> StreamedCall<Q, A> of(MethodDescriptor<Q, A> method, ServiceRequestContext context);
    }

    final HttpResponse answer() {
        return answer;
    }

    final ServiceRequestContext context() {
        return context;
    }

    final void begin(ServerCallHandler<Q, A> handler, Metadata headers, Q question) {
        later(() -> {
            ServerCall.Listener<Q> begins = handler.startCall(this, headers);
            listener = begins;
            begins.onMessage(question);
            begins.onHalfClose();
        });
        answer.whenComplete().whenComplete((nothing, broken) -> {
            isCancelled = broken != null;
            over();
            tell(broken == null ? ServerCall.Listener::onComplete : ServerCall.Listener::onCancel);
        });
    }

    /** What comes over HTTP, from here on. */
    final void answer(HttpResponse with) {
        begun.complete(with);
    }

    /** The answer was taken, or nobody takes it any more. */
    abstract void over();

    private void failed(Throwable broken) {
        LOG.error("{} could not be answered", method.getFullMethodName(), broken);
        close(Status.INTERNAL, new Metadata());
    }

    interface Event<Q> {
        void to(ServerCall.Listener<Q> listener);
    }

    final void tell(Event<Q> event) {
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
    public final void request(int messages) {
        // There is one question, and it is there.
    }

    @Override
    public final boolean isCancelled() {
        return isCancelled;
    }

    @Override
    public final MethodDescriptor<Q, A> getMethodDescriptor() {
        return method;
    }
}
