package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.RenewCertificateRequest;
import dev.plumbline.v1.RenewCertificateResponse;
import dev.plumbline.words.SegmentId;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call that is opened while its caller may ask, and whose question comes later, over real TLS. */
final class LateQuestionTest {
    private static final long PATIENCE_SECONDS = 90;

    /** Opens the call as a stream, whose begin is sent at once. */
    private static final MethodDescriptor<RenewCertificateRequest, RenewCertificateResponse> IN_PARTS =
            CertificateRenewalGrpc.getRenewCertificateMethod().toBuilder()
                    .setType(MethodType.BIDI_STREAMING)
                    .build();

    private final SiteAuthority site = SiteAuthority.create("campus.example", "campus", Instant.now());
    private final AskedClock clock = new AskedClock();
    private final AtomicBoolean isRevoked = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what happens before the question is there, how it ends,       answered
            nothing,                                     OK,                1
            the certificate ends,                        UNAUTHENTICATED,   0
            the agent is revoked,                        PERMISSION_DENIED, 0
            """)
    void aQuestionIsAnsweredOnlyToWhoeverMayStillAskWhenItIsThere(String meanwhile, Status.Code end, int answers)
            throws Exception {
        Issued own = site.collector(List.of("127.0.0.1"), Instant.now());
        TlsMaterial material = new TlsMaterial(
                List.of(own.certificate()), own.key(), List.of(site.certificate()), SpiffeId.of(own.certificate()));
        CollectorServer server = CollectorServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LiveIdentity(material),
                List.of(new Renewals()),
                id -> isRevoked.get(),
                RefusedCalls.UNTOLD,
                clock);
        ManagedChannel channel = BareAgent.channel(
                        server.port(), site.agent(new SegmentId("wifi"), "a", Instant.now()), "127.0.0.1")
                .build();
        try {
            ClientCall<RenewCertificateRequest, RenewCertificateResponse> call =
                    channel.newCall(IN_PARTS, CallOptions.DEFAULT.withWaitForReady());
            CompletableFuture<Status> ended = new CompletableFuture<>();
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            ended.complete(status);
                        }
                    },
                    new Metadata());
            call.request(1);
            assertThat(clock.asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the call was admitted")
                    .isTrue();
            switch (meanwhile) {
                case "nothing" -> {}
                case "the certificate ends" -> clock.ahead = Duration.ofDays(826);
                case "the agent is revoked" -> isRevoked.set(true);
                default -> throw new IllegalArgumentException(meanwhile);
            }
            call.sendMessage(RenewCertificateRequest.getDefaultInstance());
            call.halfClose();
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getCode()).isEqualTo(end);
            assertThat(answered).hasValue(answers);
        } finally {
            channel.shutdownNow();
            server.close();
        }
    }

    private final class Renewals extends CertificateRenewalGrpc.CertificateRenewalImplBase {
        @Override
        public void renewCertificate(RenewCertificateRequest request, StreamObserver<RenewCertificateResponse> to) {
            answered.incrementAndGet();
            to.onNext(RenewCertificateResponse.getDefaultInstance());
            to.onCompleted();
        }
    }

    /** Tells when it was asked first: the certificate is looked at, then the call admitted. */
    private static final class AskedClock extends Clock {
        private final CountDownLatch asked = new CountDownLatch(1);
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            Instant now = Instant.now().plus(ahead);
            asked.countDown();
            return now;
        }
    }
}
