package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.HttpAsker.Events;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a page that stays open is told, over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class WebEventsTest {
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

    /** Where a page asks for what is new. */
    private static String events(Browser browser) throws Exception {
        Matcher path = Pattern.compile("sse-connect=\"([^\"]+)\"")
                .matcher(browser.get("/").body());
        assertThat(path.find()).isTrue();
        return path.group(1);
    }

    private Events open(Browser browser, String path, String lastId) throws Exception {
        HttpRequest.Builder request = browser.asked(path);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        return new Events(http.open(request.build()));
    }

    /** The page is made to ask once more, which leads it to where people sign in; then there is nothing more. */
    private static void assertLast(Events events) throws Exception {
        assertThat(events.next()).containsEntry("event", "matrix");
        assertThat(events.next()).containsEntry("event", "findings");
        assertThat(events.next()).isEmpty();
    }

    @Test
    void aPageIsToldWhatChangedAfterItWasMadeAndWhoComesBackWhatHeMissed() throws Exception {
        Browser browser = Browser.signedIn(http, collector.token("viewer"));
        String path = events(browser);
        String last;
        try (Events events = open(browser, path, "")) {
            assertThat(events.response().headers().firstValue("content-type")).hasValue("text/event-stream");
            collector.addSegment("lab", "10.20.40.0/24");
            Map<String, String> event = events.next();
            assertThat(event).containsEntry("event", "matrix").containsEntry("data", "changed");
            last = Objects.requireNonNull(event.get("id"));
        }
        collector.addSegment("lab2", "10.20.41.0/24");
        try (Events events = open(browser, path, last)) {
            Map<String, String> event = events.next();
            assertThat(event).containsEntry("event", "matrix");
            assertThat(event.get("id")).isNotEqualTo(last);
        }
        // Between the page and its events, too, nothing is missed.
        String stale = events(browser);
        collector.addSegment("lab3", "10.20.42.0/24");
        try (Events events = open(browser, stale, "")) {
            assertThat(events.next()).containsEntry("event", "matrix");
        }
    }

    @Test
    void theyEndWithTheToken() throws Exception {
        CreateAccessTokenResponse token = collector.create("viewer", Duration.ofHours(5));
        Browser browser = Browser.signedIn(http, token.getToken());
        try (Events events = open(browser, events(browser), "")) {
            AccessTokensGrpc.newBlockingStub(collector.operator())
                    .revokeAccessToken(RevokeAccessTokenRequest.newBuilder()
                            .setId(token.getAccessToken().getId())
                            .build());
            assertLast(events);
        }
        assertThat(http.status(browser.asked("/events").build())).isEqualTo(204);
    }

    @Test
    void theyEndWithTheSessionAndWithTheTime() throws Exception {
        Browser browser = Browser.signedIn(http, collector.token("viewer"));
        try (Events events = open(browser, events(browser), "")) {
            Browser.signedIn(http, collector.token("viewer"));
            browser.post("/sign-out", "", "same-origin");
            assertLast(events);
        }
        Browser other = Browser.signedIn(http, collector.token("viewer"));
        try (Events events = open(other, events(other), "")) {
            collector.advance(Duration.ofHours(2));
            assertLast(events);
        }
    }

    @Test
    void aScopedViewerIsNotToldThatAnotherSegmentChanged() throws Exception {
        Browser browser = Browser.signedIn(http, collector.token("viewer", "wifi"));
        Browser whole = Browser.signedIn(http, collector.token("viewer"));
        String path = events(browser);
        try (Events own = open(browser, path, "");
                Events events = open(whole, events(whole), "")) {
            collector.addSegment("lab", "10.20.40.0/24");
            assertThat(events.next()).containsEntry("event", "matrix");
            assertThat(own.response().statusCode()).isEqualTo(200);
            // Of the same change as before: there was none for him.
            assertThat(events(browser)).isEqualTo(path);
        }
    }

    @Test
    void oneTokenHoldsNoMoreThanItsShareOfThem() throws Exception {
        Browser browser = Browser.signedIn(http, collector.token("viewer"));
        String path = events(browser);
        Events[] all = new Events[16];
        for (int i = 0; i < all.length; i++) {
            all[i] = open(browser, path, "");
            assertThat(all[i].response().statusCode()).isEqualTo(200);
        }
        assertThat(http.status(browser.asked(path).build())).isEqualTo(429);
        for (Events events : all) {
            events.close();
        }
    }
}
