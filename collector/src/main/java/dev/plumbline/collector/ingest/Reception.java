package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Tells the doorkeeper who has proved himself, and each call on which connection it came. */
final class Reception extends ServerTransportFilter implements ServerInterceptor {
    private static final Attributes.Key<Guest> GUEST = Attributes.Key.create("dev.plumbline.guest");
    private static final Context.Key<Guest> CURRENT = Context.key("guest");

    private final Doorkeeper doorkeeper;

    Reception(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    /** The connection of the current call. */
    static Guest guest() {
        Guest guest = CURRENT.get();
        if (guest == null) {
            throw new IllegalStateException("a call without a connection went past the interceptor");
        }
        return guest;
    }

    /** Called when the peer's certificate was verified and its HTTP/2 settings are here. */
    @Override
    public Attributes transportReady(Attributes connection) {
        Optional<Guest> guest = doorkeeper.guest(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        if (guest.isEmpty()) {
            return connection; // its end was a moment faster
        }
        if (!doorkeeper.proved(guest.get(), identity(connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)))) {
            guest.get().cut();
        }
        return connection.toBuilder().set(GUEST, guest.get()).build();
    }

    private static String identity(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate own
                    ? SpiffeId.of(own).toString()
                    : "";
        } catch (SSLPeerUnverifiedException | IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Guest guest = call.getAttributes().get(GUEST);
        if (guest == null) {
            call.close(Status.UNAVAILABLE, new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(CURRENT, guest), call, headers, next);
    }
}
