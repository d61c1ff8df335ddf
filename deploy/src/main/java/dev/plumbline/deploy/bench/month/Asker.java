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
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Somebody with a token, at the ports of people. Every question gives how large its answer was, in bytes. */
final class Asker implements AutoCloseable {
    private static final int MESSAGE_BYTES = 64 << 20;

    private final ManagedChannel channel;
    private final QueryServiceGrpc.QueryServiceBlockingStub queries;
    private final ReportServiceGrpc.ReportServiceBlockingStub reports;
    private final HttpClient http;
    private final int httpPort;
    private final String token;

    Asker(Path pki, MonthCollector collector) throws IOException, ConfigException {
        List<X509Certificate> trust = TlsFiles.anchors(pki.resolve("ca.pem"));
        this.token =
                "Bearer " + Files.readString(pki.resolve("administrator.token")).strip();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), token);
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", collector.people())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(trust.toArray(new X509Certificate[0]))
                        .build())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
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
        return queries.getMatrix(GetMatrixRequest.getDefaultInstance()).getSerializedSize();
    }

    long matrix(String segment) {
        return queries.getMatrix(
                        GetMatrixRequest.newBuilder().setSegment(segment).build())
                .getSerializedSize();
    }

    long matrix(Instant at) {
        return queries.getMatrix(GetMatrixRequest.newBuilder().setAt(time(at)).build())
                .getSerializedSize();
    }

    long openFindings() {
        return queries.listFindings(ListFindingsRequest.getDefaultInstance()).getSerializedSize();
    }

    long allFindings() {
        return queries.listFindings(
                        ListFindingsRequest.newBuilder().setIncludeClosed(true).build())
                .getSerializedSize();
    }

    long findings(String filter) {
        return queries.listFindings(ListFindingsRequest.newBuilder()
                        .setIncludeClosed(true)
                        .setFilter(filter)
                        .build())
                .getSerializedSize();
    }

    long explain(String segment, String target) {
        return queries.explainTarget(ExplainTargetRequest.newBuilder()
                        .setSegment(segment)
                        .setTargetId(target)
                        .build())
                .getSerializedSize();
    }

    long explain(String segment, String target, Instant since) {
        return queries.explainTarget(ExplainTargetRequest.newBuilder()
                        .setSegment(segment)
                        .setTargetId(target)
                        .setSince(time(since))
                        .build())
                .getSerializedSize();
    }

    long compare(String a, String b) {
        return compare(side(a), side(b));
    }

    long compare(String segment, Instant then) {
        return compare(side(segment).setAt(time(then)), side(segment));
    }

    private long compare(ComparedSide.Builder a, ComparedSide.Builder b) {
        return queries.compareSegments(
                        CompareSegmentsRequest.newBuilder().setA(a).setB(b).build())
                .getSerializedSize();
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
            return call.call(() ->
                    queries.watch(WatchRequest.getDefaultInstance()).next().getSerializedSize());
        }
    }

    /** @param path with its query */
    long get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + httpPort + path))
                        .header("Authorization", token)
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
