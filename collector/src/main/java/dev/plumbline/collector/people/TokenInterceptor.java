package dev.plumbline.collector.people;

import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.Admission;
import dev.plumbline.collector.enrol.TokenRegister;
import dev.plumbline.collector.ingest.Door;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;

/**
 * Admits whoever shows a token that opens something, to what its role may do. It is asked at every call, and again at each message
 * of an answer: a token that is revoked, narrowed or ends, ends the calls that are under way with it.
 */
final class TokenInterceptor implements ServerInterceptor {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** RFC 6750 section 2.1; the scheme's letters may be of any case (RFC 9110 section 11.1). */
    private static final String SCHEME = "bearer ";

    private static final Status TOO_MANY =
            Status.RESOURCE_EXHAUSTED.withDescription("there are too many connections with"
                    + " this token from this address, or with all tokens; ask several questions over one connection");

    private final TokenRegister tokens;
    private final RefusedCalls refused;
    private final OpenCalls open;
    private final Door door;
    private final Clock clock;

    TokenInterceptor(TokenRegister tokens, RefusedCalls refused, OpenCalls open, Door door, Clock clock) {
        this.tokens = tokens;
        this.refused = refused;
        this.open = open;
        this.door = door;
        this.clock = clock;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote)
                || remote.getAddress() == null) {
            return refuse(call, Status.UNAUTHENTICATED);
        }
        Admission admission = tokens.admit(shown(headers), remote.getAddress());
        if (admission instanceof Admission.Refused no) {
            return refuse(call, no.status());
        }
        Admission.Granted granted = (Admission.Granted) admission;
        if (!door.isLetIn(remote, granted.tokenId())) {
            ServerCall.Listener<Q> told = refuse(call, TOO_MANY);
            door.sendAway(remote);
            return told;
        }
        Asker asker = granted.asker();
        String method = call.getMethodDescriptor().getFullMethodName();
        Audience audience = Permissions.of(method);
        if (!audience.includes(asker.role())) {
            refused.refused(
                    asker.who(),
                    method,
                    "the token's role is " + asker.role().word() + ", and the call " + audience.said());
            return refuse(
                    call,
                    Status.PERMISSION_DENIED.withDescription(
                            "the role " + asker.role().word() + " of this token may not call " + method + ", which "
                                    + audience.said()));
        }
        return begin(granted, call, headers, next);
    }

    private <Q, A> ServerCall.Listener<Q> begin(
            Admission.Granted granted, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        EndableCall<Q, A> endable = new EndableCall<>(call, granted.endsAt(), clock);
        open.add(granted.tokenId(), endable);
        // It may have been revoked or narrowed after it was looked at and before it could be ended.
        if (!tokens.isOpen(granted)) {
            endable.end();
        }
        ServerCall.Listener<Q> listener =
                Contexts.interceptCall(granted.asker().in(Context.current()), endable, headers, next);
        return new SimpleForwardingServerCallListener<>(listener) {
            /** What is asked is done now: a token that has ended meanwhile, or was revoked, does nothing any more. */
            @Override
            public void onHalfClose() {
                if (tokens.isOpen(granted)) {
                    super.onHalfClose();
                } else {
                    endable.end();
                }
            }

            @Override
            public void onComplete() {
                open.remove(granted.tokenId(), endable);
                super.onComplete();
            }

            @Override
            public void onCancel() {
                open.remove(granted.tokenId(), endable);
                super.onCancel();
            }
        };
    }

    /** Whatever follows the scheme; several headers are none. */
    private static Optional<String> shown(Metadata headers) {
        Iterable<String> all = headers.getAll(AUTHORIZATION);
        if (all == null) {
            return Optional.empty();
        }
        Iterator<String> each = all.iterator();
        String header = each.next();
        return !each.hasNext() && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
