package dev.plumbline.deploy.bench.month;

import com.google.protobuf.Timestamp;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.v1.CompareSegmentsRequest;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.GenerateReportRequest;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetSegmentRequest;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.ReportServiceGrpc;
import dev.plumbline.v1.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a token, at the ports of people. Every question gives how large its answer was, in bytes: as it came, since to
 * count it once more would be timed with it.
 */
final class Asker implements AutoCloseable {
    private static final int MESSAGE_BYTES = 64 << 20;

    private final ManagedChannel channel;
    private final QueryServiceGrpc.QueryServiceBlockingStub queries;
    private final ReportServiceGrpc.ReportServiceBlockingStub reports;
    private final HttpClient http;
    private final int httpPort;
    private final String token;
    private final Received received = new Received();
    private @Nullable String session;

    /** What all answers over gRPC together were. */
    private static final class Received extends ClientStreamTracer.Factory implements ClientInterceptor {
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> rpc, CallOptions options, Channel next) {
            return next.newCall(rpc, options.withStreamTracerFactory(this));
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void inboundUncompressedSize(long size) {
                    bytes.addAndGet(size);
                }
            };
        }

        long of(Supplier<?> question) {
            long before = bytes.get();
            Object unused = question.get();
            return bytes.get() - before;
        }
    }

    Asker(Path pki, MonthCollector collector) throws IOException, ConfigException {
        List<X509Certificate> trust = TlsFiles.anchors(pki.resolve("ca.pem"));
        this.token = Files.readString(pki.resolve("administrator.token")).strip();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", collector.people())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(trust.toArray(new X509Certificate[0]))
                        .build())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers), received)
                .maxInboundMessageSize(MESSAGE_BYTES)
                .build();
        this.queries = QueryServiceGrpc.newBlockingStub(channel);
        this.reports = ReportServiceGrpc.newBlockingStub(channel);
        this.http = HttpClient.newBuilder().sslContext(context(trust)).build();
        this.httpPort = collector.http();
    }

    private static SSLContext context(List<X509Certificate> trust) throws IOException {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (int i = 0; i < trust.size(); i++) {
                anchors.setCertificateEntry("anchor-" + i, trust.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static Timestamp time(Instant at) {
        return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
    }

    /** When the agent of a segment ended the latest round that was judged. */
    Instant lastHeard(String segment) {
        return queries
                .getSegment(GetSegmentRequest.newBuilder().setSegment(segment).build())
                .getAgentsList()
                .stream()
                .map(agent -> Instant.ofEpochSecond(agent.getLastHeardAt().getSeconds()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    long matrix() {
        return received.of(() -> queries.getMatrix(GetMatrixRequest.getDefaultInstance()));
    }

    long matrix(String segment) {
        return received.of(() -> queries.getMatrix(
                GetMatrixRequest.newBuilder().setSegment(segment).build()));
    }

    long matrix(Instant at) {
        return received.of(() ->
                queries.getMatrix(GetMatrixRequest.newBuilder().setAt(time(at)).build()));
    }

    long openFindings() {
        return received.of(() -> queries.listFindings(ListFindingsRequest.getDefaultInstance()));
    }

    long allFindings() {
        return received.of(() -> queries.listFindings(
                ListFindingsRequest.newBuilder().setIncludeClosed(true).build()));
    }

    long findings(String filter) {
        return received.of(() -> queries.listFindings(ListFindingsRequest.newBuilder()
                .setIncludeClosed(true)
                .setFilter(filter)
                .build()));
    }

    long explain(String segment, String target) {
        return received.of(() -> queries.explainTarget(ExplainTargetRequest.newBuilder()
                .setSegment(segment)
                .setTargetId(target)
                .build()));
    }

    long explain(String segment, String target, Instant since) {
        return received.of(() -> queries.explainTarget(ExplainTargetRequest.newBuilder()
                .setSegment(segment)
                .setTargetId(target)
                .setSince(time(since))
                .build()));
    }

    long compare(String a, String b) {
        return compare(side(a), side(b));
    }

    long compare(String segment, Instant then) {
        return compare(side(segment).setAt(time(then)), side(segment));
    }

    private long compare(ComparedSide.Builder a, ComparedSide.Builder b) {
        return received.of(() -> queries.compareSegments(
                CompareSegmentsRequest.newBuilder().setA(a).setB(b).build()));
    }

    private static ComparedSide.Builder side(String segment) {
        return ComparedSide.newBuilder().setSegment(segment);
    }

    long report(String format, Instant from, Instant to) {
        Iterator<GenerateReportResponse> parts = reports.generateReport(GenerateReportRequest.newBuilder()
                .setFrom(time(from))
                .setTo(time(to))
                .setFormat(format)
                .setSign(true)
                .build());
        long bytes = 0;
        while (parts.hasNext()) {
            bytes += parts.next().getChunk().size();
        }
        return bytes;
    }

    /** The whole that somebody who begins to watch is told at once. */
    long watch() throws Exception {
        try (Context.CancellableContext call = Context.current().withCancellation()) {
            return call.call(() -> received.of(
                    () -> queries.watch(WatchRequest.getDefaultInstance()).next()));
        }
    }

    /** @param path with its query */
    long get(String path) throws IOException, InterruptedException {
        return answer(path, "Authorization", "Bearer " + token);
    }

    /**
     * A page, as for somebody who has signed in: that takes a session.
     *
     * @param path with its query
     */
    long page(String path) throws IOException, InterruptedException {
        String own = session;
        if (own == null) {
            own = signIn();
            session = own;
        }
        return answer(path, "Cookie", own);
    }

    private String signIn() throws IOException, InterruptedException {
        HttpResponse<Void> answer = http.send(
                HttpRequest.newBuilder(URI.create(origin() + "/sign-in"))
                        .header("Origin", origin())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        return answer.headers()
                .firstValue("Set-Cookie")
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .orElseThrow(() -> new IOException("nobody could sign in: status " + answer.statusCode()));
    }

    private String origin() {
        return "https://127.0.0.1:" + httpPort;
    }

    private long answer(String path, String header, String who) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(origin() + path))
                        .header(header, who)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " was answered with status " + answer.statusCode());
        }
        return answer.body().length;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
