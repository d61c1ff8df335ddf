package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.RenewCertificateRequest;
import dev.plumbline.v1.RenewCertificateResponse;
import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import dev.plumbline.words.SegmentId;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final SetClock clock = SetClock.running();
    /** The clock is asked first: the certificate is looked at, then the call admitted. */
    private final CountDownLatch asked = new CountDownLatch(1);

    private final AtomicBoolean isRevoked = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what happens before the question is there, how it ends,       answered
            nothing,                                     OK,                1
            the certificate ends,                        UNAUTHENTICATED,   0
            the agent is revoked,                        PERMISSION_DENIED, 0
            it becomes longer than any,                  RESOURCE_EXHAUSTED, 0
            it never comes,                              DEADLINE_EXCEEDED, 0
            """)
    void aQuestionIsAnsweredOnlyToWhoeverMayStillAskWhenItIsThere(String meanwhile, Status.Code end, int answers)
            throws Exception {
        CollectorServer server = server(new Renewals());
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
            assertThat(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the call was admitted")
                    .isTrue();
            switch (meanwhile) {
                case "nothing", "it becomes longer than any", "it never comes" -> {}
                case "the certificate ends" -> clock.advance(Duration.ofDays(826));
                case "the agent is revoked" -> isRevoked.set(true);
                default -> throw new IllegalArgumentException(meanwhile);
            }
            if (!meanwhile.equals("it never comes")) {
                int bytes = meanwhile.equals("it becomes longer than any") ? 100_000 : 0;
                call.sendMessage(RenewCertificateRequest.newBuilder()
                        .setCertificateRequest(ByteString.copyFrom(new byte[bytes]))
                        .build());
                call.halfClose();
            }
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getCode()).isEqualTo(end);
            assertThat(answered).hasValue(answers);
        } finally {
            channel.shutdownNow();
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what happens between two messages of the answer, how it ends, messages
            nothing,                                     OK,                2
            the certificate ends,                        UNAUTHENTICATED,   1
            the operator is revoked,                     PERMISSION_DENIED, 1
            """)
    void anAnswerGoesOnOnlyToWhoeverMayStillAsk(String meanwhile, Status.Code end, int messages) throws Exception {
        Watched watched = new Watched();
        CollectorServer server = server(watched);
        ManagedChannel channel = BareAgent.channel(server.port(), site.operator("o", Instant.now()), "127.0.0.1")
                .build();
        try {
            Heard<WatchResponse> heard = new Heard<>();
            QueryServiceGrpc.newStub(channel).withWaitForReady().watch(WatchRequest.getDefaultInstance(), heard);
            ServerCallStreamObserver<WatchResponse> answer = watched.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            answer.onNext(WatchResponse.getDefaultInstance());
            heard.next();
            switch (meanwhile) {
                case "nothing" -> {}
                case "the certificate ends" -> clock.advance(Duration.ofDays(826));
                case "the operator is revoked" -> isRevoked.set(true);
                default -> throw new IllegalArgumentException(meanwhile);
            }
            answer.onNext(WatchResponse.getDefaultInstance());
            if (end != Status.Code.OK) {
                assertThat(answer.isCancelled()).as("who answers learns of it").isTrue();
                assertThat(watched.left).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } else {
                answer.onCompleted();
            }
            assertThat(heard.status().getCode()).isEqualTo(end);
            assertThat(1 + heard.left()).isEqualTo(messages);
        } finally {
            channel.shutdownNow();
            server.close();
        }
    }

    private CollectorServer server(BindableService service) throws Exception {
        Issued own = site.collector(List.of("127.0.0.1"), Instant.now());
        TlsMaterial material = new TlsMaterial(
                List.of(own.certificate()), own.key(), List.of(site.certificate()), SpiffeId.of(own.certificate()));
        InstantSource telling = () -> {
            Instant now = clock.instant();
            asked.countDown();
            return now;
        };
        return CollectorServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LiveIdentity(material),
                List.of(service),
                id -> isRevoked.get(),
                RefusedCalls.UNTOLD,
                telling.withZone(ZoneOffset.UTC));
    }

    /** An answer that the test gives. */
    private static final class Watched extends QueryServiceGrpc.QueryServiceImplBase {
        private final CompletableFuture<ServerCallStreamObserver<WatchResponse>> answer = new CompletableFuture<>();
        private final CompletableFuture<Void> left = new CompletableFuture<>();

        @Override
        public void watch(WatchRequest request, StreamObserver<WatchResponse> to) {
            ServerCallStreamObserver<WatchResponse> call = (ServerCallStreamObserver<WatchResponse>) to;
            call.setOnCancelHandler(() -> left.complete(null));
            answer.complete(call);
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
}
