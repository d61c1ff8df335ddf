package dev.plumbline.collector;

import static dev.plumbline.collector.HostileFolder.INCIDENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a whole collector to which an agent and servers said markup wherever they may say anything. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class WebPagesTest {
    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static HttpAsker http;
    private static Browser auditor;
    private static HostileFolder hostile;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.made(folder).withHttp("{listen: '127.0.0.1:0'}");
        hostile = new HostileFolder(folder.resolve("data"));
        hostile.write();
        collector.open();
        http = HttpAsker.of(collector);
        auditor = Browser.signedIn(http, collector.token("auditor"));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static String page(String path) throws Exception {
        HttpResponse<String> page = auditor.get(path);
        assertThat(page.statusCode()).as(path + " " + page.body()).isEqualTo(200);
        return page.body();
    }

    private static String then() {
        return hostile.closedAt().plusSeconds(60).toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # page                                | how often what was said is there, at least
            /?                                    | 1
            /?by=targets                          | 1
            /findings?                            | 1
            /findings?all=yes                     | 1
            /findings/INCIDENT?                   | 5
            /segments/wifi?                       | 4
            /segments/wifi?service=apns           | 4
            /segments/wifi/targets/courier:5223?  | 20
            /compare?a=wifi&b=srv                 | 0
            /compare?a=wifi@THEN&b=wifi           | 1
            /agents?                              | 2
            /report?                              | 0
            """)
    void whatPeersSayIsShownAndNotObeyed(String path, int times) throws Exception {
        for (String at : new String[] {"", "&at=" + then()}) {
            String asked = path.replace("INCIDENT", INCIDENT).replace("THEN", then()) + at;
            String page = page(asked);
            assertThat(page)
                    .as(asked)
                    .doesNotContain("<img src=x")
                    .doesNotContain("'><img")
                    .doesNotContain("<!--");
            if (at.isEmpty()) {
                assertThat(page.split("&lt;img src=x", -1).length - 1).as(asked).isGreaterThanOrEqualTo(times);
            }
            // Between quotes of an attribute no quote ends it.
            assertThat(page).as(asked).doesNotContain("=\"\"'>").doesNotContainPattern("=\"[^\"]*\"'");
        }
    }

    @Test
    void aFindingTellsWhoSawItAndWhatMendsIt() throws Exception {
        assertThat(page("/findings/" + INCIDENT))
                .contains("What mends it", "17.57.144.10:5223", "tcp.drop", "tcp/5223", "comes and goes")
                .contains("access-list", "/segments/wifi/targets/courier:5223");
        // Both answers, as long as somebody was heard.
        assertThat(page("/findings/" + INCIDENT + "?at=" + then()))
                .contains("apns-device-direct", "Would devices still work", "not known");
    }

    @Test
    void aTargetTellsOfCertificatesAnswersAndTheWay() throws Exception {
        assertThat(page("/segments/wifi/targets/courier:5223"))
                .contains("Certificates", "2026-01-01 00:00:00 to 2036-01-01 00:00:00", "SHA-256")
                .contains("What the resolver answered", "NOERROR, dns malformed", "asked 2 times")
                .contains("tcp 10.20.20.7:40001", "9.0 ms, round trip 8.0 ms")
                .contains("answered when 11 hops were allowed; port 443 of the same address answers from 5")
                .contains("<svg", "What it was in seven days");
    }

    @Test
    void aSegmentThatIsNotHeardAnyMoreIsNotSaidToWork() throws Exception {
        assertThat(page("/")).contains("not known");
        assertThat(page("/?at=" + then())).contains("As it was at " + then(), "blocked");
    }

    @Test
    void aPageOfAnEarlierTimeIsNotLiveAndItsLinksStayThere() throws Exception {
        String now = page("/");
        assertThat(now).contains("sse-connect=\"/events?after=");
        String then = page("/?at=" + then());
        assertThat(then).doesNotContain("sse-connect").contains("/segments/wifi?at=" + then(), "Show it as it is now");
    }

    @Test
    void latenciesComeAsJson() throws Exception {
        HttpResponse<String> answer = auditor.get("/segments/wifi/targets/courier:5223/latencies.json");
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        JsonNode told = HttpAsker.json(answer.body());
        assertThat(told.get("times").get(0).asLong()).isEqualTo(hostile.round() / 1_000);
        assertThat(told.get("series").get(0).get("name").asText()).isEqualTo("a");
        assertThat(told.get("series").get(0).get("millis").get(0).asDouble()).isEqualTo(23.0);
        JsonNode bySegment =
                HttpAsker.json(auditor.get("/segments/wifi/latencies.json").body());
        assertThat(bySegment.get("series").get(0).get("name").asText()).isEqualTo("apns");
        assertThat(HttpAsker.json(auditor.get("/segments/srv/latencies.json").body())
                        .get("times"))
                .isEmpty();
    }

    @Test
    void aScopedViewerIsToldNothingOfOtherSegments() throws Exception {
        Browser srv = Browser.signedIn(http, collector.token("viewer", "srv"));
        for (String path : new String[] {
            "/segments/wifi",
            "/segments/wifi/targets/courier:5223",
            "/segments/wifi/latencies.json",
            "/segments/wifi/targets/courier:5223/latencies.json",
            "/compare?a=wifi&b=srv"
        }) {
            assertThat(srv.get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(srv.get("/findings/" + INCIDENT).statusCode()).isEqualTo(404);
        assertThat(srv.get("/").body()).doesNotContain("wifi", "onerror");
        assertThat(srv.get("/agents").body()).doesNotContain("wifi", "onerror");
        Browser wifi = Browser.signedIn(http, collector.token("viewer", "wifi"));
        assertThat(wifi.get("/findings/" + INCIDENT).body())
                .contains("17.57.144.10:5223")
                .doesNotContain("17.57.144.11", "what the servers saw");
    }

    @Test
    void aReportIsForAuditorsAndIsTheOneOfTheCommandLine() throws Exception {
        Browser viewer = Browser.signedIn(http, collector.token("viewer"));
        HttpResponse<String> refused = viewer.get("/report");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("needs the role auditor");
        assertThat(viewer.get("/report/file?from=2d&to=1h").statusCode()).isEqualTo(403);
        assertThat(viewer.get("/").body()).doesNotContain("href=\"/report\"");

        assertThat(page("/report")).contains("/report/file", "openssl cms");
        HttpResponse<String> report = auditor.get("/report/file?from=2d&to=1h&format=html&part=document");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.headers().firstValue("content-disposition").orElse(""))
                .matches("attachment; filename=\"plumbline-campus-[0-9TZ-]+\\.html\"");
        assertThat(report.body()).contains("Site campus", INCIDENT).doesNotContain("<img src=x");
        HttpResponse<String> signature = auditor.get("/report/file?from=2d&to=1h&part=signature");
        assertThat(signature.headers().firstValue("content-type")).hasValue("application/pkcs7-signature");
        assertThat(signature.headers().firstValue("content-disposition").orElse(""))
                .endsWith(".html.p7s\"");
        assertThat(signature.body()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # path                               | status | what the page says
            /segments/none                       | 404    | there is no segment 'none'
            /segments/wifi/targets/none          | 404    | no target 'none' is in the plan
            /segments/wifi/targets/courier:5223?at=never | 400 | at: 'never' is no time
            /compare?a=wifi&b=                   | 400    | names no side; write a segment such as guest
            /compare?a=wifi&b=none               | 404    | none
            /compare?a=wifi&b=srv@never          | 400    | b: srv@never: 'never' is no time
            /report/file?from=x&to=1h            | 400    | from: 'x' is no time
            /report/file?from=1h&to=2d           | 400    | is not before to
            /report/file?from=2d&to=1h&format=x  | 400    | no format
            """)
    void whatIsWrongIsAPageWithTheSentenceOfTheService(String path, int status, String sentence) throws Exception {
        HttpResponse<String> page = auditor.get(path);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
        assertThat(page.body()).contains(sentence).contains("role=\"alert\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "auditor"})
    void metricsAreShownToATokenOfTheWholeSite(String role) throws Exception {
        HttpResponse<String> answer = http.get("/metrics", collector.token(role));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("plumbline_watches_open", "plumbline_journal")
                .contains("plumbline_list_answers_total{from=\"memory\"}", "plumbline_list_answers_kept_limit_bytes");
        HttpResponse<String> scoped = http.get("/metrics", collector.token("viewer", "wifi"));
        assertThat(scoped.statusCode()).isEqualTo(403);
        assertThat(scoped.body()).contains("this token is for wifi alone");
        assertThat(http.get("/metrics", "").statusCode()).isEqualTo(401);
        // The cookie of a browser is no token for programs.
        assertThat(auditor.get("/metrics").statusCode()).isEqualTo(401);
    }
}
