package dev.plumbline.collector.enrol;

import com.google.protobuf.ByteString;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.ingest.Neighbourhood;
import dev.plumbline.v1.EnrolAgentRequest;
import dev.plumbline.v1.EnrolAgentResponse;
import dev.plumbline.v1.EnrolmentGrpc;
import dev.plumbline.v1.PendingApproval;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Sha256;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a host without a certificate may ask: one question, and not often in vain. */
final class EnrolmentService extends EnrolmentGrpc.EnrolmentImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentService.class);
    /** A person who mistakes the token, and a host that asks again, try a few times. */
    private static final int TRIES = 10;

    private static final long NANOS_FOR_ONE = TimeUnit.SECONDS.toNanos(6);
    /** About a megabyte. */
    private static final int REMEMBERED = 4096;

    private static final Context.Key<InetAddress> FROM = Context.key("from");

    private static final int SHORTEST_WAIT_SECONDS = 2;
    private static final int ASKING_A_SECOND = 8;

    private final Enrolment enrolment;
    private final Doors doors;
    private final Tries<Neighbourhood> strangers = new Tries<>(TRIES, NANOS_FOR_ONE, REMEMBERED);
    private final Tries<Sha256> tokens = new Tries<>(TRIES, NANOS_FOR_ONE, REMEMBERED);

    EnrolmentService(Enrolment enrolment, Doors doors) {
        this.enrolment = enrolment;
        this.doors = doors;
    }

    /** Notes where a call comes from; a call from nowhere is none, nor is one that is for somebody else. */
    static final class Origin implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Audience audience = Permissions.of(call.getMethodDescriptor().getFullMethodName());
            if (audience == Audience.STRANGER
                    && call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote
                    && remote.getAddress() != null) {
                return Contexts.interceptCall(
                        Context.current().withValue(FROM, remote.getAddress()), call, headers, next);
            }
            call.close(Status.UNAUTHENTICATED, new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    @Override
    public void enrolAgent(EnrolAgentRequest request, StreamObserver<EnrolAgentResponse> to) {
        InetAddress from = FROM.get();
        Sha256 token = Sha256.of(request.getSecret().toByteArray());
        try {
            // Whoever has a token that is good for something is no stranger: no flood of others takes his tries.
            boolean isLive = enrolment.isLive(token);
            long now = System.nanoTime();
            if (isLive ? !tokens.begin(token, now) : !strangers.begin(Neighbourhood.of(from), now)) {
                throw Refusal.tooOften("too many tries " + (isLive ? "with this token" : "from this address")
                        + "; try again in a minute");
            }
            Enrolment.Given given = enrolment.join(
                    token,
                    request.getCertificateRequest().toByteArray(),
                    request.getAgentName(),
                    request.getIsNameFixed(),
                    from);
            if (given.isNew() || given.waiting().isPresent()) {
                // Whoever asks again and again for what was given counts like one who tries in vain: each time is
                // written
                // down. Who waits is to ask again, and nothing is written.
                tokens.succeeded(token);
            }
            EnrolAgentResponse.Builder answer =
                    EnrolAgentResponse.newBuilder().addAllCollectorAddresses(doors.agents());
            given.certificate().ifPresent(c -> {
                answer.addCertificates(ByteString.copyFrom(c.toArray()));
                enrolment.below().forEach(b -> answer.addCertificates(ByteString.copyFrom(b)));
            });
            given.waiting().ifPresent(w -> answer.setPending(pending(w)));
            to.onNext(answer.build());
            to.onCompleted();
        } catch (Refusal e) {
            to.onError(e.status().asRuntimeException());
        } catch (EnrolmentFileException e) {
            LOG.error("a host at {} may not join: {}", from.getHostAddress(), e.getMessage(), e);
            // Not the file's name: this is a stranger.
            to.onError(Status.UNAVAILABLE
                    .withDescription("the collector cannot enrol anybody now; try again later")
                    .asRuntimeException());
        }
    }

    /** The more wait, the less often each is to ask: every time is a handshake. */
    private static PendingApproval pending(Enrolment.Waiting waiting) {
        return PendingApproval.newBuilder()
                .setIdentity(waiting.pending().identity().toString())
                .setRetryAfterSeconds(SHORTEST_WAIT_SECONDS + waiting.all() / ASKING_A_SECOND)
                .setEndsAt(Fields.timestamp(waiting.pending().endsAt()))
                .build();
    }
}
