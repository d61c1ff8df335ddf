package dev.plumbline.collector.cli;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AdministrationGrpc.AdministrationBlockingStub;
import dev.plumbline.v1.ApprovalGrpc;
import dev.plumbline.v1.ApprovalGrpc.ApprovalBlockingStub;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import dev.plumbline.v1.SegmentAdministrationGrpc.SegmentAdministrationBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One connection to the collector, which must prove to be that of the operator's own site. */
final class CollectorClient implements AutoCloseable {
    /** An answer from the store takes milliseconds: whoever needs longer does not answer at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    private final ManagedChannel channel;
    private final String address;

    private final Instant certificateEnds;

    private CollectorClient(ManagedChannel channel, String address, Instant certificateEnds) {
        this.channel = channel;
        this.address = address;
        this.certificateEnds = certificateEnds;
    }

    static CollectorClient open(ClientConfig config, Instant now) throws CommandFailure {
        try {
            TlsMaterial own = config.identity().load(now);
            return new CollectorClient(
                    NettyChannelBuilder.forTarget(config.collector())
                            .sslContext(GrpcSslContexts.forClient()
                                    .keyManager(own.key(), own.chain().toArray(new X509Certificate[0]))
                                    .trustManager(PeerTrust.collectorOf(own))
                                    .build())
                            .maxInboundMessageSize(MAX_ANSWER_BYTES)
                            .build(),
                    config.collector(),
                    own.chain().get(0).getNotAfter().toInstant());
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (SSLException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    config.identity().certificate() + ": cannot be used for TLS (" + e.getMessage() + ")");
        }
    }

    /** When the operator's own certificate ends. */
    Instant certificateEnds() {
        return certificateEnds;
    }

    /** For questions that the store answers. */
    QueryServiceBlockingStub questions() {
        return QueryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For what administrators ask. */
    AdministrationBlockingStub administration() {
        return AdministrationGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For hosts that wait for approval. */
    ApprovalBlockingStub approval() {
        return ApprovalGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For changes of the site's segments. */
    SegmentAdministrationBlockingStub segments() {
        return SegmentAdministrationGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For verify-now, which takes as long as a round. */
    QueryServiceBlockingStub patient(Duration patience) {
        return QueryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a failed call means to the person who asked. */
    CommandFailure failure(StatusRuntimeException e) {
        Status status = e.getStatus();
        String said = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return switch (status.getCode()) {
            case NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS -> new CommandFailure(ExitCode.USAGE, said);
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                new CommandFailure(
                        ExitCode.USAGE,
                        "the collector at " + address + " refuses this identity (" + said
                                + "); use an operator's certificate of its site");
            case UNAVAILABLE -> new CommandFailure(ExitCode.UNREACHABLE, unreachable(said, e.getCause()));
            case DEADLINE_EXCEEDED ->
                new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "the collector at " + address + " gives no answer in time; check that the address is the"
                                + " collector's and that no firewall drops the way to it");
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    RESOURCE_EXHAUSTED,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS ->
                new CommandFailure(
                        ExitCode.INTERNAL,
                        "the collector at " + address + " failed: " + status.getCode() + ": " + said);
        };
    }

    private String unreachable(String said, @Nullable Throwable cause) {
        StringBuilder reasons = new StringBuilder(said);
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t.getMessage() != null && reasons.indexOf(t.getMessage()) < 0) {
                reasons.append(": ").append(t.getMessage());
            }
        }
        return "the collector at " + address + " cannot be reached (" + reasons
                + "); check that it runs, that the address is right, that no firewall is between,"
                + " and that the certificates are of the same site";
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
