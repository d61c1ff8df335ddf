package dev.plumbline.collector.ingest;

import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.identity.SpiffeId;
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
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Admits agents to what is for agents, and operators as administrators, by nothing but the verified certificate. That it has not
 * ended and was not revoked is asked of every call, and again while it is asked and answered ({@link QuestionCall}): a
 * session that is resumed, or lasts, was verified long ago.
 */
public final class Identity implements ServerInterceptor {
    private static final Context.Key<Caller> CALLER = Context.key("caller");

    private final Revocations revocations;
    private final RefusedCalls refused;
    private final Clock clock;

    Identity(Revocations revocations, RefusedCalls refused, Clock clock) {
        this.revocations = revocations;
        this.refused = refused;
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
        Optional<Status> over = over(caller);
        if (over.isPresent()) {
            return refuse(call, over.get());
        }
        SpiffeId id = caller.identity();
        String method = call.getMethodDescriptor().getFullMethodName();
        Audience audience = Permissions.of(method);
        if (!isOf(audience, id.kind())) {
            refused.refused(id.toString(), method, "a certificate of this kind may not call what " + audience.said());
            return refuse(
                    call,
                    Status.PERMISSION_DENIED.withDescription(
                            id + " may not call " + method + ", which " + audience.said()));
        }
        Context context = Context.current().withValue(CALLER, caller);
        if (id.kind() == SpiffeId.Kind.OPERATOR) {
            context = new Asker(id.toString(), AccessRole.ADMINISTRATOR, Purview.WHOLE_SITE, caller.address())
                    .in(context);
        }
        if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) {
            // A stream of messages looks after itself.
            return Contexts.interceptCall(context, call, headers, next);
        }
        QuestionCall<Q, A> question = new QuestionCall<>(call, () -> over(caller), Reception.guest());
        question.begin(Inflow.current());
        return question.asked(Contexts.interceptCall(context, question, headers, next));
    }

    /** Why the caller may ask nothing more. */
    private Optional<Status> over(Caller caller) {
        if (caller.hasEnded()) {
            return Optional.of(ended(caller));
        }
        SpiffeId id = caller.identity();
        return revocations.isRevoked(id) ? Optional.of(revoked(id)) : Optional.empty();
    }

    private static boolean isOf(Audience audience, SpiffeId.Kind kind) {
        return switch (kind) {
            case AGENT -> audience == Audience.AGENT;
            case OPERATOR -> audience.includes(AccessRole.ADMINISTRATOR);
            case COLLECTOR -> false;
        };
    }

    static Status revoked(SpiffeId id) {
        return Status.PERMISSION_DENIED.withDescription(
                id + " was revoked; a host comes back under another name, with a new invitation");
    }

    static Status ended(Caller caller) {
        return Status.UNAUTHENTICATED.withDescription("the certificate of " + caller.identity() + " ended on "
                + caller.certificateEnds() + "; join again with a new invitation");
    }

    private Optional<Caller> verified(Attributes connection) {
        SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain[0] instanceof X509Certificate own
                    ? Optional.of(new Caller(
                            SpiffeId.of(own), own, address(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)), clock))
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
