package dev.plumbline.collector.http;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What breaks while a question is answered is written into the log, with its stack, and told to nobody. */
final class LoggedBugs implements ServerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedBugs.class);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            /** The question is whole, and answered now. */
            @Override
            public void onHalfClose() {
                try {
                    super.onHalfClose();
                } catch (RuntimeException e) {
                    LOG.error(
                            "{} could not be answered",
                            call.getMethodDescriptor().getFullMethodName(),
                            e);
                    call.close(Status.INTERNAL, new Metadata());
                }
            }
        };
    }
}
