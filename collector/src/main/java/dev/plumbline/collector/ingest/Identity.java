package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.QueryServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Admits agents to the gateway and operators to the queries, by nothing but the verified certificate. */
public final class Identity implements ServerInterceptor {
    private static final Context.Key<SpiffeId> CALLER = Context.key("caller");

    /** Whoever makes the current call. */
    public static SpiffeId caller() {
        SpiffeId id = CALLER.get();
        if (id == null) {
            throw new IllegalStateException("a call without identity went past the interceptor");
        }
        return id;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<SpiffeId> id = verified(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        if (id.isEmpty()) {
            return refuse(call, Status.UNAUTHENTICATED);
        }
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        Optional<SpiffeId.Kind> wanted = wanted(service);
        if (wanted.isEmpty() || wanted.get() != id.get().kind()) {
            return refuse(
                    call,
                    Status.PERMISSION_DENIED.withDescription(id.get() + " may not call " + service
                            + wanted.map(k -> ", which is for an identity of kind " + k)
                                    .orElse("")));
        }
        return Contexts.interceptCall(Context.current().withValue(CALLER, id.get()), call, headers, next);
    }

    private static Optional<SpiffeId.Kind> wanted(String service) {
        return switch (service) {
            case AgentGatewayGrpc.SERVICE_NAME -> Optional.of(SpiffeId.Kind.AGENT);
            case QueryServiceGrpc.SERVICE_NAME -> Optional.of(SpiffeId.Kind.OPERATOR);
            default -> Optional.empty();
        };
    }

    private static Optional<SpiffeId> verified(@Nullable SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain[0] instanceof X509Certificate own ? Optional.of(SpiffeId.of(own)) : Optional.empty();
        } catch (SSLPeerUnverifiedException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
