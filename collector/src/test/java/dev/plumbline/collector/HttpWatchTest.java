package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.collector.HttpAsker.Events;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watching a whole collector by server-sent events, over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HttpWatchTest {
    @TempDir
    Path folder;

    private PeoplesCollector collector;
    private HttpAsker http;

    @BeforeEach
    void start() throws Exception {
        collector = PeoplesCollector.startWithHttp(folder);
        http = HttpAsker.of(collector);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private static JsonNode data(Map<String, String> event) throws Exception {
        return HttpAsker.json(Objects.requireNonNull(event.get("data"), event.toString()));
    }

    private static String id(Map<String, String> event) {
        return Objects.requireNonNull(event.get("id"), event.toString());
    }

    @Test
    void theWholeIsToldFirstThenWhatBecameOtherwiseAndWhoComesBackIsToldWhatHeMissed() throws Exception {
        String token = collector.token("viewer");
        String last;
        try (Events events = http.events("/v1/watch", token, "")) {
            assertThat(events.response().headers().firstValue("content-type")).hasValue("text/event-stream");
            Map<String, String> whole = events.next();
            assertThat(data(whole).get("whole").asBoolean()).isTrue();
            assertThat(data(whole).get("cells"))
                    .extracting(c -> c.get("segment").asText())
                    .containsOnly("wifi", "srv");
            assertThat(id(whole)).isEqualTo(data(whole).get("id").asText());
            collector.addSegment("lab", "10.20.40.0/24");
            Map<String, String> news = events.next();
            assertThat(data(news).has("whole")).isFalse();
            assertThat(data(news).get("cells"))
                    .extracting(c -> c.get("segment").asText())
                    .containsOnly("lab");
            last = id(news);
            assertThat(last).isNotEqualTo(id(whole));
        }
        collector.addSegment("lab2", "10.20.41.0/24");
        // As a browser asks that began with an address that says where from.
        try (Events events = http.events("/v1/watch?resumeAfter=long-ago", token, last)) {
            Map<String, String> missed = events.next();
            assertThat(data(missed).has("whole")).as("it goes on").isFalse();
            assertThat(data(missed).get("cells"))
                    .extracting(c -> c.get("segment").asText())
                    .containsOnly("lab2");
            // As if the line had broken and only its peer knew.
            try (Events again = http.events("/v1/watch", token, id(missed))) {
                assertThat(data(again.next()).has("whole")).isFalse();
                Map<String, String> replaced = events.next();
                assertThat(replaced).containsEntry("event", "status");
                assertThat(data(replaced).get("code").asInt()).isEqualTo(10);
                assertThat(events.next()).as("that was the last").isEmpty();
            }
        }
    }

    @Test
    void whoComesBackFromWhereNobodyRemembersIsToldThatItBeginsAnew() throws Exception {
        String token = collector.token("viewer");
        String last;
        try (Events events = http.events("/v1/watch", token, "")) {
            last = id(events.next());
        }
        try (Events events = http.events("/v1/watch", token, "no-such-event")) {
            assertThat(data(events.next()).get("whole").asBoolean()).isTrue();
        }
        try (Events events = http.events("/v1/watch?segment=wifi", token, last)) {
            assertThat(data(events.next()).get("whole").asBoolean())
                    .as("another question")
                    .isTrue();
        }
        try (Events events = http.events("/v1/watch", collector.token("viewer"), last)) {
            assertThat(data(events.next()).get("whole").asBoolean())
                    .as("somebody else")
                    .isTrue();
        }
        collector.reopen();
        try (Events events = HttpAsker.of(collector).events("/v1/watch", token, last)) {
            assertThat(data(events.next()).get("whole").asBoolean())
                    .as("another process")
                    .isTrue();
        }
    }

    @Test
    void aTokenThatEndsEndsTheStream() throws Exception {
        String token = collector.create("viewer", Duration.ofHours(1)).getToken();
        try (Events events = http.events("/v1/watch", token, "")) {
            events.next();
            collector.advance(Duration.ofHours(2));
            assertEndedUnauthenticated(events);
        }
        assertThat(http.get("/v1/watch", token).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatIsRevokedEndsTheStream() throws Exception {
        CreateAccessTokenResponse created = collector.create("viewer", Duration.ofHours(1));
        try (Events events = http.events("/v1/watch", created.getToken(), "")) {
            events.next();
            AccessTokensGrpc.newBlockingStub(collector.operator())
                    .revokeAccessToken(RevokeAccessTokenRequest.newBuilder()
                            .setId(created.getAccessToken().getId())
                            .build());
            assertEndedUnauthenticated(events);
        }
    }

    private static void assertEndedUnauthenticated(Events events) throws Exception {
        Map<String, String> end = events.next();
        assertThat(end).containsEntry("event", "status");
        assertThat(data(end).get("code").asInt()).isEqualTo(16);
        assertThat(events.next()).isEmpty();
    }

    @Test
    void watchesOfBothPortsAreCountedTogether() throws Exception {
        String token = collector.token("viewer");
        Iterator<WatchResponse> grpc = QueryServiceGrpc.newBlockingStub(collector.with(token, "127.0.0.1"))
                .watch(WatchRequest.getDefaultInstance());
        assertThat(grpc.next().getWhole()).isTrue();
        try (Events first = http.events("/v1/watch", token, "");
                Events second = http.events("/v1/watch", token, "");
                Events third = http.events("/v1/watch", token, "")) {
            first.next();
            second.next();
            third.next();
            try (Events fifth = http.events("/v1/watch", token, "")) {
                assertThat(fifth.response().statusCode()).isEqualTo(429);
            }
        }
        // The collector hears of the end of a stream some moments after its reader.
        int status = 429;
        for (int i = 0; i < 3_000 && status == 429; i++) {
            Thread.sleep(20);
            status = http.status(http.request("GET", "/v1/watch", token).build());
        }
        assertThat(status).isEqualTo(200);
    }
}
