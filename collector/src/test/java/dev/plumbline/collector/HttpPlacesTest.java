package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.linecorp.armeria.common.HttpResponse;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.enrol.EnrolmentOffice;
import dev.plumbline.collector.enrol.FirstToken;
import dev.plumbline.collector.enrol.RevokedAgents;
import dev.plumbline.collector.http.Health;
import dev.plumbline.collector.http.HttpRoute;
import dev.plumbline.collector.http.HttpServer;
import dev.plumbline.collector.http.HttpSettings;
import dev.plumbline.collector.http.Pages;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.v1.CompareSegmentsRequest;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.VerifyNowRequest;
import dev.plumbline.v1.VerifyNowResponse;
import dev.plumbline.v1.VerifyProgress;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An HTTP port before a stub: whose places are all taken by slow questions, unread answers or streams; and what reaches it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HttpPlacesTest {
    private static final int OF_ONE = 24;
    private static final int STREAMS_OF_ONE = 16;

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch found = new CountDownLatch(1);
    private final List<Timestamp> times = new CopyOnWriteArrayList<>();
    private final Semaphore slow = new Semaphore(0);
    private final CountDownLatch slept = new CountDownLatch(1);
    private EnrolmentFile file;
    private EnrolmentOffice office;
    private HttpServer server;
    private HttpAsker http;

    /** Finds nothing until it is told to, and tells those who watch one thing. */
    private final class Slow extends QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void listSegments(ListSegmentsRequest request, StreamObserver<ListSegmentsResponse> to) {
            asked.release();
            await(found);
            to.onNext(ListSegmentsResponse.newBuilder().setSiteId("campus").build());
            to.onCompleted();
        }

        @Override
        public void getMatrix(GetMatrixRequest request, StreamObserver<GetMatrixResponse> to) {
            times.add(request.getAt());
            times.add(request.getSince());
            to.onNext(GetMatrixResponse.getDefaultInstance());
            to.onCompleted();
        }

        @Override
        public void compareSegments(CompareSegmentsRequest request, StreamObserver<CompareSegmentsResponse> to) {
            times.add(request.getA().getAt());
            times.add(request.getB().getAt());
            to.onNext(CompareSegmentsResponse.getDefaultInstance());
            to.onCompleted();
        }

        @Override
        public void verifyNow(VerifyNowRequest request, StreamObserver<VerifyNowResponse> to) {
            to.onNext(VerifyNowResponse.newBuilder()
                    .setProgress(VerifyProgress.getDefaultInstance())
                    .build());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void start() throws Exception {
        Path pki = folder.resolve("pki");
        new AuthorityFolder(pki).init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        LiveIdentity own = new LiveIdentity(
                new TlsFiles(pki.resolve("collector.pem"), pki.resolve("collector.key"), pki.resolve("ca.pem"))
                        .load(Instant.now()));
        Site site = new Site("campus", "campus.example", "plumbline-2026", Set.of(), Set.of(), List.of());
        file = EnrolmentFile.open(folder.resolve("enrolment.db"));
        office = EnrolmentOffice.open(
                file, RevokedAgents.of(file), new Agents(), () -> site, Optional.empty(), own, clock);
        HttpRoute sleepy = HttpRoute.open("/sleepy", (context, request) -> {
            slow.release();
            await(slept);
            return HttpResponse.of("awake");
        });
        server = HttpServer.start(
                new HttpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false),
                own.shown(),
                List.of(new Slow()),
                List.of(Health.alive(), Health.ready(Optional::empty), sleepy),
                Pages.NONE,
                office.tokens(),
                office.refused(),
                clock);
        http = HttpAsker.of(server.port(), pki.resolve("ca.pem"), HttpClient.Version.HTTP_2);
    }

    @AfterEach
    void stop() {
        found.countDown();
        slept.countDown();
        server.close();
        office.close();
        file.close();
    }

    private String token() {
        String secret = BearerToken.random(new SecureRandom()).text();
        office.tokens()
                .takeIn(new FirstToken(
                        folder.resolve("token"),
                        BearerToken.hash(secret),
                        Instant.now().plus(Duration.ofHours(1))));
        return secret;
    }

    private static List<Integer> ask(HttpFrames by, String token, int times) throws Exception {
        List<Integer> streams = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            streams.add(by.get("/v1/segments", token));
        }
        return streams;
    }

    private int asked(String path, String token) throws Exception {
        return http.get(path, token).statusCode();
    }

    @Test
    void oneTokenLeavesPlacesToOthersAndHealthNeedsNone() throws Exception {
        String one = token();
        String other = token();
        try (HttpFrames ones = http.frames(65_535);
                HttpFrames others = http.frames(65_535)) {
            List<Integer> waiting = ask(ones, one, OF_ONE);
            asked.acquire(OF_ONE);
            assertThat(http.get("/v1/segments", one).body()).contains("24 of your requests are being answered already");
            List<Integer> alsoWaiting = ask(others, other, 8);
            asked.acquire(8);
            assertThat(http.get("/v1/segments", other).body()).contains("too many are being answered already");
            assertThat(asked("/v1/segments", ""))
                    .as("a stranger is told that he is one")
                    .isEqualTo(401);
            assertThat(asked("/healthz", "")).isEqualTo(200);
            assertThat(asked("/readyz", "")).isEqualTo(200);
            assertThat(http.status(http.request("POST", "/v1/segments:verifyNow", other)
                            .build()))
                    .as("streams have places of their own")
                    .isEqualTo(200);
            found.countDown();
            for (int stream : waiting) {
                assertThat(ones.status(stream)).isEqualTo(200);
                ones.end(stream);
            }
            for (int stream : alsoWaiting) {
                others.end(stream);
            }
            assertThat(asked("/v1/segments", one)).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatNobodyReadsKeepsItsPlaceUntilItIsRead() throws Exception {
        found.countDown();
        String token = token();
        try (HttpFrames unread = http.frames(0)) {
            List<Integer> streams = ask(unread, token, OF_ONE);
            for (int stream : streams) {
                assertThat(unread.status(stream)).isEqualTo(200);
            }
            assertThat(asked("/v1/segments", token)).isEqualTo(429);
            assertThat(asked("/v1/segments", token())).isEqualTo(200);
            assertThat(unread.text()).isEmpty();
            unread.takeAtMost(65_535);
            for (int stream : streams) {
                unread.end(stream);
            }
            int next = unread.get("/v1/segments", token);
            assertThat(unread.status(next)).isEqualTo(200);
        }
    }

    @Test
    void strangersWhoReadNothingTakeNoPlaces() throws Exception {
        found.countDown();
        String token = token();
        try (HttpFrames first = http.frames(0);
                HttpFrames second = http.frames(0)) {
            for (HttpFrames each : List.of(first, second)) {
                for (int stream : ask(each, "", 32)) {
                    assertThat(each.status(stream)).isIn(401, 429);
                }
            }
            assertThat(asked("/v1/segments", token)).isEqualTo(200);
        }
    }

    @Test
    void streamsAreBoundedInAllAndOfOneToken() throws Exception {
        List<HttpFrames> streaming = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                String token = token();
                HttpFrames frames = http.frames(65_535);
                streaming.add(frames);
                for (int stream = 0; stream < STREAMS_OF_ONE; stream++) {
                    assertThat(frames.status(verify(frames, token))).isEqualTo(200);
                }
                assertThat(frames.status(verify(frames, token))).isEqualTo(429);
            }
            String late = token();
            assertThat(streaming.get(0).status(verify(streaming.get(0), late))).isEqualTo(429);
            streaming.remove(3).close();
            int status = 429;
            for (int i = 0; i < 3_000 && status == 429; i++) {
                status = streaming.get(0).status(verify(streaming.get(0), late));
                Thread.sleep(20);
            }
            assertThat(status).as("a place that was left").isEqualTo(200);
        } finally {
            for (HttpFrames each : streaming) {
                each.close();
            }
        }
    }

    @Test
    void theTimesThatAreAskedForReachTheQuestion() throws Exception {
        String token = token();
        assertThat(asked("/v1/matrix?at=2026-11-01T10:00:00Z&since=2026-11-01T11:00:00.5%2B02:00", token))
                .isEqualTo(200);
        assertThat(asked("/v1/segments:compare?a.segment=x&a.at=2026-11-01T08:00:00Z&b.segment=x", token))
                .isEqualTo(200);
        assertThat(times)
                .containsExactly(
                        Timestamps.parse("2026-11-01T10:00:00Z"),
                        Timestamps.parse("2026-11-01T09:00:00.5Z"),
                        Timestamps.parse("2026-11-01T08:00:00Z"),
                        Timestamp.getDefaultInstance());
    }

    private static int verify(HttpFrames by, String token) throws Exception {
        return by.ask("POST", "/v1/segments:verifyNow", token, true);
    }

    @Test
    void connectionsAreServedWhileAnswersAreMade() throws Exception {
        try (HttpFrames sleepers = http.frames(65_535)) {
            int first = sleepers.get("/sleepy", "");
            int second = sleepers.get("/sleepy", "");
            slow.acquire(2);
            try (SSLSocket newcomer = http.connect("127.0.0.1")) {
                assertThat(newcomer.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
            sleepers.settle();
            slept.countDown();
            assertThat(sleepers.status(first)).isEqualTo(200);
            assertThat(sleepers.status(second)).isEqualTo(200);
        }
    }
}
