package dev.plumbline.collector.cli;

import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.AccessTokensGrpc.AccessTokensBlockingStub;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AdministrationGrpc.AdministrationBlockingStub;
import dev.plumbline.v1.AlertsGrpc;
import dev.plumbline.v1.AlertsGrpc.AlertsBlockingStub;
import dev.plumbline.v1.ApprovalGrpc;
import dev.plumbline.v1.ApprovalGrpc.ApprovalBlockingStub;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.plumbline.v1.ReportServiceGrpc;
import dev.plumbline.v1.ReportServiceGrpc.ReportServiceBlockingStub;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import dev.plumbline.v1.SegmentAdministrationGrpc.SegmentAdministrationBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One connection to the collector, which must prove who it is before anything is shown to it. */
final class CollectorClient implements AutoCloseable {
    /** An answer from the store takes milliseconds: whoever needs longer does not answer at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Of a call that is under way, when nothing comes: a line that is dead would else look like one on which all is well. */
    private static final Duration ASKED_AFTER = Duration.ofSeconds(20);

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    /** Longer than a receiver of alerts may take. */
    private static final Duration PATIENCE_WITH_RECEIVERS = Duration.ofSeconds(60);

    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final ClientConfig config;
    private final String address;

    private final Optional<Instant> certificateEnds;

    private CollectorClient(ManagedChannel channel, ClientConfig config, Optional<Instant> certificateEnds) {
        this.channel = channel;
        this.config = config;
        this.address = config.collector();
        this.certificateEnds = certificateEnds;
    }

    static CollectorClient open(ClientConfig config, Instant now) throws CommandFailure {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(config.collector())
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .keepAliveTime(ASKED_AFTER.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(ANSWERED_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .intercept(new PrintableAnswers());
        try {
            Optional<Instant> ends = Optional.empty();
            if (config.credential() instanceof ClientConfig.Certificate certificate) {
                ends = Optional.of(present(certificate.files(), builder, now));
            } else if (config.credential() instanceof ClientConfig.Token token) {
                show(token, builder);
            }
            return new CollectorClient(builder.build(), config, ends);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** Gives when the certificate ends. */
    private static Instant present(TlsFiles files, NettyChannelBuilder builder, Instant now)
            throws ConfigException, CommandFailure {
        TlsMaterial own = files.load(now);
        try {
            builder.sslContext(GrpcSslContexts.forClient()
                    .keyManager(own.key(), own.chain().toArray(new X509Certificate[0]))
                    .trustManager(PeerTrust.collectorOf(own))
                    .build());
            return own.chain().get(0).getNotAfter().toInstant();
        } catch (SSLException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, files.certificate() + ": cannot be used for TLS (" + e.getMessage() + ")");
        }
    }

    /** The certificate must name the address: of whatever authority it is, it may be anybody's of that authority. */
    private static void show(ClientConfig.Token how, NettyChannelBuilder builder)
            throws ConfigException, CommandFailure {
        BearerToken token = TokenFile.read(how.token());
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token.text());
        builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
        if (how.trust().isEmpty()) {
            builder.usePlaintext();
            return;
        }
        X509Certificate[] anchors = TlsFiles.anchors(how.trust().get()).toArray(new X509Certificate[0]);
        try {
            builder.sslContext(GrpcSslContexts.forClient().trustManager(anchors).build());
        } catch (SSLException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, how.trust().get() + ": cannot be used for TLS (" + e.getMessage() + ")");
        }
    }

    /** When the operator's own certificate ends; empty for whoever comes with a token. */
    Optional<Instant> certificateEnds() {
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

    /** For what administrators ask about tokens. */
    AccessTokensBlockingStub accessTokens() {
        return AccessTokensGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For who is told of causes, and what waits for them. */
    AlertsBlockingStub alerts() {
        return AlertsGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For tests of receivers, which take as long as the slowest of them. */
    AlertsBlockingStub patientAlerts() {
        return AlertsGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE_WITH_RECEIVERS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For hosts that wait for approval. */
    ApprovalBlockingStub approval() {
        return ApprovalGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For reports, of which one of a long period takes a while. */
    ReportServiceBlockingStub reports(Duration patience) {
        return ReportServiceGrpc.newBlockingStub(channel).withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
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
            case NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS ->
                new CommandFailure(ExitCode.USAGE, said);
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                new CommandFailure(ExitCode.USAGE, "the collector at " + address + " refuses this: " + said + advice());
            case RESOURCE_EXHAUSTED ->
                new CommandFailure(ExitCode.UNREACHABLE, "the collector at " + address + " puts this off: " + said);
            case UNAVAILABLE -> new CommandFailure(ExitCode.UNREACHABLE, unreachable(said, e.getCause()));
            case DEADLINE_EXCEEDED ->
                new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "the collector at " + address + " gives no answer in time; check that the address is the"
                                + " collector's and that no firewall drops the way to it");
            case OK, CANCELLED, UNKNOWN, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
                new CommandFailure(
                        ExitCode.INTERNAL,
                        "the collector at " + address + " failed: " + status.getCode() + ": " + said);
        };
    }

    private String advice() {
        return config.credential() instanceof ClientConfig.Certificate
                ? "; use an operator's certificate of its site, or a token at its people's port"
                : "";
    }

    private String unreachable(String said, @Nullable Throwable cause) {
        StringBuilder reasons = new StringBuilder(said);
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t.getMessage() != null && reasons.indexOf(t.getMessage()) < 0) {
                reasons.append(": ").append(t.getMessage());
            }
        }
        return "the collector at " + address + " cannot be reached (" + reasons
                + "); check that it runs, that the address is right, that no firewall is between, "
                + (config.credential() instanceof ClientConfig.Certificate
                        ? "and that the certificates are of the same site"
                        : "that the port is the one for people (people.listen), and that its certificate names this"
                                + " address and leads to what trust names");
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
