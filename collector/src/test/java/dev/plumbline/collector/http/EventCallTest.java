package dev.plumbline.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import dev.plumbline.collector.HeardLog;
import dev.plumbline.collector.HttpFrames;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call as server-sent events, over a real socket. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class EventCallTest {
    private final CompletableFuture<ServerCall<WatchRequest, WatchResponse>> begun = new CompletableFuture<>();
    private boolean isBroken;
    private Duration farewell = Duration.ofHours(1);
    private final List<String> heard = new ArrayList<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Server server = Server.builder()
            .http(0)
            .service("/", (context, request) -> {
                EventCall<WatchRequest, WatchResponse> call = new EventCall<>(
                        QueryServiceGrpc.getWatchMethod(),
                        context,
                        new Patience(Duration.ofMillis(20), farewell, Duration.ofHours(1)));
                call.begin(
                        (begins, headers) -> new LoggedBugs().interceptCall(begins, headers, (c, h) -> listener(c)),
                        new Metadata(),
                        WatchRequest.getDefaultInstance());
                return call.answer();
            })
            .build();

    private ServerCall.Listener<WatchRequest> listener(ServerCall<WatchRequest, WatchResponse> call) {
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(WatchRequest message) {
                heard.add("message");
            }

            @Override
            public void onHalfClose() {
                if (isBroken) {
                    throw new IllegalStateException("a secret of the store");
                }
                heard.add("half-close");
                begun.complete(call);
            }

            @Override
            public void onCancel() {
                ended.complete("cancelled");
            }

            @Override
            public void onComplete() {
                ended.complete("complete");
            }
        };
    }

    @AfterEach
    void stop() {
        server.stop().join();
    }

    private CompletableFuture<HttpResponse<InputStream>> ask() {
        server.start().join();
        return HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    @Test
    void whileNothingIsToldACommentKeepsTheLineOpen() throws Exception {
        CompletableFuture<HttpResponse<InputStream>> answer = ask();
        ServerCall<WatchRequest, WatchResponse> call = begun.get();
        assertThat(heard).containsExactly("message", "half-close");
        call.sendHeaders(new Metadata());
        call.sendMessage(WatchResponse.newBuilder().setId("a-1").setWhole(true).build());
        try (BufferedReader lines = lines(answer.get())) {
            List<String> told = new ArrayList<>();
            for (int comments = 0; comments < 3; ) {
                String line = lines.readLine();
                comments += line.equals(": still here") ? 1 : 0;
                told.add(line);
            }
            assertThat(told.stream().filter(l -> !l.equals(": still here") && !l.isEmpty()))
                    .containsExactly("id: a-1", "data: {\"whole\":true,\"id\":\"a-1\"}");
        }
        assertThat(ended.get()).as("the reader left").isEqualTo("cancelled");
        assertThat(call.isCancelled()).isTrue();
    }

    @Test
    void whoeverLeftBeforeItBeganIsToldNothingAndBreaksNothing() throws Exception {
        server.start().join();
        try (Socket leaves = new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort())) {
            leaves.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            begun.get();
        }
        assertThat(ended.get()).isEqualTo("cancelled");
        ServerCall<WatchRequest, WatchResponse> call = begun.get();
        call.sendHeaders(new Metadata());
        call.sendMessage(WatchResponse.getDefaultInstance());
        call.close(Status.OK, new Metadata());
        assertThat(call.isCancelled()).isTrue();
    }

    @Test
    void aRefusalBeforeTheFirstMessageIsAnAnswerLikeOthers() throws Exception {
        CompletableFuture<HttpResponse<InputStream>> answer = ask();
        begun.get().close(Status.NOT_FOUND.withDescription("no such segment"), new Metadata());
        assertThat(answer.get().statusCode()).isEqualTo(404);
        assertThat(lines(answer.get()).readLine()).isEqualTo("{\"code\":5,\"message\":\"no such segment\"}");
        assertThat(ended.get()).isEqualTo("complete");
    }

    @Test
    void whatBreaksIsLoggedAndToldToNobody() throws Exception {
        isBroken = true;
        try (HeardLog log = HeardLog.of(LoggedBugs.class)) {
            HttpResponse<InputStream> answer = ask().get();
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(lines(answer).readLine())
                    .isEqualTo("{\"code\":13,\"message\":\"the collector could not answer; its log says why\"}");
            assertThat(log.lines())
                    .containsExactly("ERROR plumbline.v1.QueryService/Watch could not be answered with a stack");
        }
    }

    @Test
    void aRefusalAfterItIsTheLastEvent() throws Exception {
        CompletableFuture<HttpResponse<InputStream>> answer = ask();
        ServerCall<WatchRequest, WatchResponse> call = begun.get();
        call.sendHeaders(new Metadata());
        call.close(Status.UNAUTHENTICATED.withDescription("over"), new Metadata());
        try (BufferedReader lines = lines(answer.get())) {
            assertThat(lines.lines().filter(l -> !l.startsWith(":") && !l.isEmpty()))
                    .containsExactly("event: status", "data: {\"code\":16,\"message\":\"over\"}");
        }
        assertThat(ended.get()).isEqualTo("complete");
    }

    @Test
    void whoReadsNothingIsNotReadyAndIsSentNoComments() throws Exception {
        CompletableFuture<HttpResponse<InputStream>> answer = ask();
        ServerCall<WatchRequest, WatchResponse> call = begun.get();
        call.sendHeaders(new Metadata());
        HttpResponse<InputStream> unread = answer.get();
        WatchResponse large =
                WatchResponse.newBuilder().setId("x".repeat(1 << 20)).build();
        int sent = 0;
        while (isReadySoon(call) && sent < 200) {
            call.sendMessage(large);
            sent++;
        }
        assertThat(call.isReady()).as("after " + sent + " MB").isFalse();
        assertThat(sent).isGreaterThan(1);
        unread.body().close();
        assertThat(ended.get()).isEqualTo("cancelled");
    }

    @Test
    void whatWasEndedAndIsNotReadIsGivenUp() throws Exception {
        farewell = Duration.ofMillis(50);
        server.start().join();
        try (HttpFrames unread =
                HttpFrames.begin(new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort()), 0)) {
            int stream = unread.get("/", "");
            ServerCall<WatchRequest, WatchResponse> call = begun.get();
            call.sendHeaders(new Metadata());
            call.sendMessage(WatchResponse.newBuilder().setWhole(true).build());
            assertThat(unread.status(stream)).isEqualTo(200);
            call.close(Status.UNAUTHENTICATED.withDescription("over"), new Metadata());
            assertThat(ended.get()).isEqualTo("cancelled");
            assertThat(unread.text()).isEmpty();
        }
    }

    private static boolean isReadySoon(ServerCall<?, ?> call) throws InterruptedException {
        for (int i = 0; i < 150 && !call.isReady(); i++) {
            Thread.sleep(20);
        }
        return call.isReady();
    }
}
