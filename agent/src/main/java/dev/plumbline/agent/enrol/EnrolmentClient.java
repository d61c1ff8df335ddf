package dev.plumbline.agent.enrol;

import com.google.protobuf.ByteString;
import dev.plumbline.agent.stream.CollectorAddress;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.v1.EnrolAgentRequest;
import dev.plumbline.v1.EnrolAgentResponse;
import dev.plumbline.v1.EnrolmentGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

/** Asks the collector's enrolment port, at each of the token's addresses in turn, a few times. */
final class EnrolmentClient {
    private static final int TURNS = 3;
    private static final int ANSWER_BYTES = 256 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final JoinToken token;
    private final List<CollectorAddress> addresses;
    private final Duration pause;

    /** @param pause before the second turn, twice as long before the third */
    EnrolmentClient(JoinToken token, Duration pause) throws JoinFailure {
        this.token = token;
        this.pause = pause;
        try {
            this.addresses =
                    token.addresses().stream().map(CollectorAddress::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new JoinFailure(JoinFailure.REFUSED, "the token's address is wrong: " + e.getMessage());
        }
    }

    /** What the collector gave, and the authority that it proved to be under. */
    record Answer(EnrolAgentResponse response, X509Certificate authority) {}

    /**
     * Asks with the same key each time, so that asking twice spends the token once.
     *
     * @throws JoinFailure when the collector refuses, is another one, or does not answer
     */
    Answer ask(KeyRequest key, String name, boolean isNameFixed) throws JoinFailure {
        EnrolAgentRequest request = EnrolAgentRequest.newBuilder()
                .setSecret(ByteString.copyFrom(token.secret().toArray()))
                .setCertificateRequest(ByteString.copyFrom(key.request().toArray()))
                .setAgentName(name)
                .setIsNameFixed(isNameFixed)
                .build();
        List<String> problems = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            if (turn > 0) {
                LockSupport.parkNanos(pause.toNanos() * turn);
            }
            problems.clear();
            for (CollectorAddress address : addresses) {
                try {
                    return ask(address, request);
                } catch (StatusRuntimeException e) {
                    problems.add("the collector at " + address + " " + said(e));
                }
            }
        }
        throw new JoinFailure(
                JoinFailure.UNREACHABLE,
                String.join(System.lineSeparator(), problems)
                        + "; check that no firewall is between, and join again with the same token");
    }

    private Answer ask(CollectorAddress address, EnrolAgentRequest request) throws JoinFailure {
        PinnedAuthority trust = new PinnedAuthority(token.authority(), token.collector());
        ManagedChannel channel = channel(address, trust);
        try {
            EnrolAgentResponse response = EnrolmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .enrolAgent(request);
            X509Certificate authority = trust.found()
                    .orElseThrow(() -> new IllegalStateException("a call went through without a trusted peer"));
            return new Answer(response, authority);
        } catch (StatusRuntimeException e) {
            refuseFinal(address, e);
            throw e;
        } finally {
            channel.shutdownNow();
        }
    }

    /** What another try would not change. */
    private static void refuseFinal(CollectorAddress address, StatusRuntimeException e) throws JoinFailure {
        Optional<String> distrust = distrust(e);
        if (distrust.isPresent()) {
            throw new JoinFailure(
                    JoinFailure.REFUSED, address + " is not trusted and was told nothing: " + distrust.get());
        }
        Status status = e.getStatus();
        switch (status.getCode()) {
            case UNAUTHENTICATED, INVALID_ARGUMENT, ALREADY_EXISTS, FAILED_PRECONDITION, PERMISSION_DENIED, NOT_FOUND ->
                throw new JoinFailure(
                        JoinFailure.REFUSED,
                        "the collector at " + address + " refuses: "
                                + Optional.ofNullable(status.getDescription())
                                        .orElse(status.getCode().name()));
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    DEADLINE_EXCEEDED,
                    RESOURCE_EXHAUSTED,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    INTERNAL,
                    UNAVAILABLE,
                    DATA_LOSS -> {
                // Another address or another moment may do better.
            }
        }
    }

    private static Optional<String> distrust(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateException) {
                return Optional.of(String.valueOf(t.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static String said(StatusRuntimeException e) {
        String description = e.getStatus().getDescription();
        Throwable cause = e.getCause();
        return "gives no answer ("
                + (description == null ? e.getStatus().getCode().name() : description)
                + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage()) + ")";
    }

    private static ManagedChannel channel(CollectorAddress address, PinnedAuthority trust) {
        try {
            return NettyChannelBuilder.forAddress(new InetSocketAddress(address.host(), address.port()))
                    .overrideAuthority("collector.plumbline.invalid")
                    .sslContext(GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                            .trustManager(trust)
                            .protocols("TLSv1.3")
                            .build())
                    .maxInboundMessageSize(ANSWER_BYTES)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the platform has no TLS 1.3", e);
        }
    }
}
