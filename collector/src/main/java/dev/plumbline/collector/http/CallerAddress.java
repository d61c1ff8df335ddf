package dev.plumbline.collector.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Attributes;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Tells interceptors after it where a call comes from, as a port of gRPC does. */
final class CallerAddress implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Attributes attributes = call.getAttributes().toBuilder()
                .set(
                        Grpc.TRANSPORT_ATTR_REMOTE_ADDR,
                        ServiceRequestContext.current().remoteAddress())
                .build();
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public Attributes getAttributes() {
                        return attributes;
                    }
                },
                headers);
    }
}
