package dev.plumbline.collector.enrol;

import com.google.protobuf.ByteString;
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
    private static final Context.Key<InetAddress> FROM = Context.key("from");

    private static final int SHORTEST_WAIT_SECONDS = 2;
    private static final int ASKING_A_SECOND = 8;

    private final Enrolment enrolment;
    private final Doors doors;
    private final Tries tries = new Tries(10, TimeUnit.SECONDS.toNanos(6), 60);

    EnrolmentService(Enrolment enrolment, Doors doors) {
        this.enrolment = enrolment;
        this.doors = doors;
    }

    /** Notes where a call comes from; a call from nowhere is none. */
    static final class Origin implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote
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
        String neighbourhood = Gate.neighbourhood(from);
        if (!tries.begin(neighbourhood, System.nanoTime())) {
            to.onError(Refusal.tooOften("too many tries from this address; try again in a minute")
                    .status()
                    .asRuntimeException());
            return;
        }
        try {
            Enrolment.Given given = enrolment.join(
                    Sha256.of(request.getSecret().toByteArray()),
                    request.getCertificateRequest().toByteArray(),
                    request.getAgentName(),
                    request.getIsNameFixed(),
                    from.getHostAddress());
            if (given.isNew() || given.waiting().isPresent()) {
                // Whoever asks again and again for what was given counts like one who tries in vain: each time is written
                // down. Who waits is to ask again, and nothing is written.
                tries.succeeded(neighbourhood);
            }
            EnrolAgentResponse.Builder answer = EnrolAgentResponse.newBuilder().addAllCollectorAddresses(doors.agents());
            given.certificate().ifPresent(c -> {
                answer.addCertificates(ByteString.copyFrom(c.toArray()));
                enrolment.below().forEach(b -> answer.addCertificates(ByteString.copyFrom(b)));
            });
            given.waiting().ifPresent(w -> answer.setPending(pending(w)));
            to.onNext(answer.build());
            to.onCompleted();
        } catch (Refusal e) {
            LOG.warn("a host at {} may not join: {}", from.getHostAddress(), e.truth());
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
