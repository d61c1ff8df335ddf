package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ApprovalGrpc;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Admits agents to the gateway and operators to the queries, by nothing but the verified certificate. That it has not ended and
 * was not revoked is asked of every call: a session that is resumed, or lasts, was verified long ago.
 */
public final class Identity implements ServerInterceptor {
    private static final Context.Key<Caller> CALLER = Context.key("caller");

    private final Revocations revocations;
    private final Clock clock;

    Identity(Revocations revocations, Clock clock) {
        this.revocations = revocations;
        this.clock = clock;
    }

    /** Whoever makes the current call. */
    public static Caller caller() {
        Caller caller = CALLER.get();
        if (caller == null) {
            throw new IllegalStateException("a call without identity went past the interceptor");
        }
        return caller;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<Caller> verified = verified(call.getAttributes());
        if (verified.isEmpty()) {
            return refuse(call, Status.UNAUTHENTICATED);
        }
        Caller caller = verified.get();
        Instant now = clock.instant();
        if (now.isAfter(caller.certificateEnds())) {
            return refuse(call, ended(caller));
        }
        SpiffeId id = caller.identity();
        if (revocations.isRevoked(id)) {
            return refuse(call, revoked(id));
        }
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        Optional<SpiffeId.Kind> wanted = wanted(service);
        if (wanted.isEmpty() || wanted.get() != id.kind()) {
            return refuse(
                    call,
                    Status.PERMISSION_DENIED.withDescription(id + " may not call " + service
                            + wanted.map(k -> ", which is for an identity of kind " + k)
                                    .orElse("")));
        }
        return Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, headers, next);
    }

    static Status revoked(SpiffeId id) {
        return Status.PERMISSION_DENIED.withDescription(
                id + " was revoked; a host comes back under another name, with a new invitation");
    }

    static Status ended(Caller caller) {
        return Status.UNAUTHENTICATED.withDescription("the certificate of " + caller.identity() + " ended on "
                + caller.certificateEnds() + "; join again with a new invitation");
    }

    private static Optional<SpiffeId.Kind> wanted(String service) {
        return switch (service) {
            case AgentGatewayGrpc.SERVICE_NAME, CertificateRenewalGrpc.SERVICE_NAME -> Optional.of(SpiffeId.Kind.AGENT);
            case QueryServiceGrpc.SERVICE_NAME,
                    AdministrationGrpc.SERVICE_NAME,
                    ApprovalGrpc.SERVICE_NAME,
                    SegmentAdministrationGrpc.SERVICE_NAME ->
                Optional.of(SpiffeId.Kind.OPERATOR);
            default -> Optional.empty();
        };
    }

    private static Optional<Caller> verified(Attributes connection) {
        SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain[0] instanceof X509Certificate own
                    ? Optional.of(
                            new Caller(SpiffeId.of(own), own, address(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without the port; empty for what is no internet address. */
    public static String address(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? inet.getAddress().getHostAddress()
                : "";
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
