package dev.plumbline.collector.people;

import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.enrol.Admission;
import dev.plumbline.collector.enrol.TokenRegister;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Admits whoever shows a token that opens something, to what its role may do. It is asked at every call, and again at each message
 * of an answer: a token that is revoked, narrowed or ends, ends the calls that are under way with it.
 */
final class TokenInterceptor implements ServerInterceptor {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Admittance admittance;
    private final TokenRegister tokens;
    private final OpenCalls open;
    private final Clock clock;

    TokenInterceptor(Admittance admittance, TokenRegister tokens, OpenCalls open, Clock clock) {
        this.admittance = admittance;
        this.tokens = tokens;
        this.open = open;
        this.clock = clock;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        List<String> shown = new ArrayList<>();
        Iterable<String> all = headers.getAll(AUTHORIZATION);
        if (all != null) {
            all.forEach(shown::add);
        }
        String method = call.getMethodDescriptor().getFullMethodName();
        Admittance.Answer answer = admittance.ask(remote, shown, method, Permissions.of(method));
        if (answer instanceof Admittance.Answer.Refused no) {
            call.close(no.status(), new Metadata());
            admittance.told(remote, no);
            return new ServerCall.Listener<>() {};
        }
        return begin(((Admittance.Answer.Granted) answer).to(), call, headers, next);
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
}
