package dev.plumbline.collector.people;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Clock;
import java.time.Instant;

/** A call that can be ended from outside at any time; what is answered afterwards goes nowhere. Any thread. */
final class EndableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private static final Status ENDED = Status.UNAUTHENTICATED.withDescription(
            "the token of this call opens nothing any more, or less than when the call began; ask again, and where that is"
                    + " refused ask an administrator for another one (plumbline token create)");

    private final Instant endsAt;
    private final Clock clock;
    private boolean isClosed;

    /** @param endsAt no message is sent from then on */
    EndableCall(ServerCall<Q, A> call, Instant endsAt, Clock clock) {
        super(call);
        this.endsAt = endsAt;
        this.clock = clock;
    }

    synchronized void end() {
        if (!isClosed) {
            isClosed = true;
            super.close(ENDED, new Metadata());
        }
    }

    /** What is sent to nobody would otherwise not be looked at. */
    synchronized void endIfOver() {
        if (!clock.instant().isBefore(endsAt)) {
            end();
        }
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!isClosed) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(A message) {
        endIfOver();
        if (!isClosed) {
            super.sendMessage(message);
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (!isClosed) {
            isClosed = true;
            super.close(status, trailers);
        }
    }
}
