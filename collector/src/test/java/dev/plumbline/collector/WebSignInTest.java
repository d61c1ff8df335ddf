package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees the pages of a whole collector, over real TLS, and for how long. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class WebSignInTest {
    @TempDir
    Path folder;

    private PeoplesCollector collector;
    private HttpAsker http;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        collector = PeoplesCollector.startWithHttp(folder);
        http = HttpAsker.of(collector);
        browser = new Browser(http);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("location").orElse("");
    }

    @Test
    void whoeverIsNotSignedInIsLedThereAndBack() throws Exception {
        HttpResponse<String> refused = browser.get("/findings?place=wifi&all=yes");
        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(location(refused)).isEqualTo("/sign-in?to=%2Ffindings%3Fplace%3Dwifi%26all%3Dyes");
        HttpResponse<String> form = browser.get(location(refused));
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.body())
                .contains("value=\"/findings?place=wifi&amp;all=yes\"", "Single sign-on is not there yet");
        HttpResponse<String> in = browser.signIn(collector.token("viewer"), "/findings?place=wifi&all=yes");
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(location(in)).isEqualTo("/findings?place=wifi&all=yes");
        assertThat(browser.get(location(in)).body()).contains("<h1>Findings</h1>", "viewer-1");
        assertThat(location(browser.get("/sign-in?to=/findings"))).isEqualTo("/findings");
    }

    @Test
    void theCookieIsOfThisHostAloneAndItsSecretIsNotTheToken() throws Exception {
        String token = collector.token("viewer");
        HttpResponse<String> in = browser.signIn(token, "/");
        assertThat(in.headers().firstValue("set-cookie").orElseThrow())
                .matches("__Host-plumbline=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict")
                .doesNotContain(token);
        Browser again = Browser.signedIn(http, token);
        assertThat(again.cookie()).isNotEqualTo(browser.cookie());
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is typed                                         | status | what is said
            ''                                                      | 400    | paste a token
            plumbline-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA   | 401    | this token opens nothing
            <script>alert(1)</script>                               | 401    | this token opens nothing
            """)
    void aWrongTokenIsRefusedInTheWordsOfTheOtherPorts(String typed, int status, String sentence) throws Exception {
        HttpResponse<String> answer = browser.signIn(typed, "/");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(sentence).doesNotContain("<script>alert");
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void whoeverTriesTooOftenIsPutOffAndARightTokenIsNot() throws Exception {
        int status = 0;
        // Tries come back with time: how many it takes depends on how slow this machine is.
        for (int i = 0; i < 500 && status != 429; i++) {
            status = browser.signIn("plumbline-" + "A".repeat(43), "/").statusCode();
        }
        assertThat(status).isEqualTo(429);
        assertThat(browser.signIn(collector.token("viewer"), "/").statusCode()).isEqualTo(303);
        assertThat(collector.audit()).anyMatch(e -> e.getWhat().equals("TOKEN_REFUSED"));
    }

    @Test
    void formsOfOtherPagesAreNotTaken() throws Exception {
        String token = collector.token("viewer");
        for (String site : new String[] {"cross-site", "same-site", "none", ""}) {
            HttpResponse<String> answer = browser.post("/sign-in", "token=" + token, site);
            assertThat(answer.statusCode()).as(site).isEqualTo(403);
            assertThat(browser.cookie()).as(site).isEmpty();
        }
        browser.signIn(token, "/");
        assertThat(browser.post("/sign-out", "", "cross-site").statusCode()).isEqualTo(403);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void aLinkInAMailLeadsToThePageOfWhoeverIsSignedIn() throws Exception {
        // The browser holds the cookie back, and gives it to the request that this page makes.
        HttpResponse<String> first = browser.get("/findings/abc?at=2h", "Sec-Fetch-Site", "cross-site");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("content=\"0; url=/findings/abc?at=2h\"");
        assertThat(browser.get("/findings/abc?at=2h", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void signingOutEndsTheSessionForEverybodyWhoHasItsSecret() throws Exception {
        browser.signIn(collector.token("viewer"), "/");
        String cookie = browser.cookie().orElseThrow();
        HttpResponse<String> out = browser.post("/sign-out", "", "same-origin");
        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(browser.cookie()).isEmpty();
        assertThat(new Browser(http).get("/", "Cookie", cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void aRevokedTokenAndOneThatEndedEndTheirSessions() throws Exception {
        CreateAccessTokenResponse revoked = collector.create("viewer", Duration.ofHours(9));
        browser.signIn(revoked.getToken(), "/");
        Browser ending = Browser.signedIn(
                http, collector.create("viewer", Duration.ofMinutes(20)).getToken());
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        AccessTokensGrpc.newBlockingStub(collector.operator())
                .revokeAccessToken(RevokeAccessTokenRequest.newBuilder()
                        .setId(revoked.getAccessToken().getId())
                        .build());
        assertThat(browser.get("/").statusCode()).isEqualTo(303);
        assertThat(ending.get("/").statusCode()).isEqualTo(200);
        collector.advance(Duration.ofMinutes(21));
        assertThat(ending.get("/").statusCode()).isEqualTo(303);
        HttpResponse<String> part = ending.get("/", "HX-Request", "true");
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("hx-redirect")).hasValue("/sign-in?to=%2F");
    }

    @Test
    void nothingInAPageRunsOrIsFetchedFromElsewhere() throws Exception {
        browser.signIn(collector.token("viewer"), "/");
        for (String path : new String[] {"/", "/?by=targets", "/findings", "/sign-in", "/none", "/findings/none"}) {
            HttpResponse<String> page = browser.get(path);
            HttpHeaders headers = page.headers();
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "data:", "http");
            assertThat(headers.allValues("content-security-policy")).as(path).hasSize(1);
            assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(headers.firstValue("cache-control")).hasValue("no-store");
            assertThat(headers.firstValue("cross-origin-opener-policy")).hasValue("same-origin");
            assertThat(page.body())
                    .as(path)
                    .doesNotContain("<style", " style=", "javascript:", "http://", "https://")
                    .doesNotContainPattern(" on[a-z]+=");
        }
    }

    @Test
    void stylesAndScriptsAreKeptByTheirNameAndNotSentTwice() throws Exception {
        browser.signIn(collector.token("viewer"), "/");
        Matcher assets = Pattern.compile("/assets/[0-9a-f]{16}/[a-z]+\\.(css|js|svg)")
                .matcher(browser.get("/").body());
        int found = 0;
        while (assets.find()) {
            HttpResponse<String> asset = http.get(assets.group(), "");
            assertThat(asset.statusCode()).as(assets.group()).isEqualTo(200);
            assertThat(asset.headers().firstValue("cache-control")).hasValue("public, max-age=31536000, immutable");
            assertThat(asset.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            String tag = asset.headers().firstValue("etag").orElseThrow();
            assertThat(new Browser(http)
                            .get(assets.group(), "If-None-Match", tag)
                            .statusCode())
                    .isEqualTo(304);
            found++;
        }
        assertThat(found).isGreaterThan(6);
        assertThat(http.get("/assets/0123456789abcdef/page.css", "").statusCode())
                .isEqualTo(404);
        assertThat(http.get("/assets/0123456789abcdef/..%2fpage.css", "").statusCode())
                .isIn(400, 404);
    }

    @Test
    void aScopedViewerSeesHisSegmentsAlone() throws Exception {
        Browser scoped = Browser.signedIn(http, collector.token("viewer", "wifi"));
        assertThat(scoped.get("/").body()).contains("/segments/wifi").doesNotContain("/segments/srv");
        assertThat(scoped.get("/?by=targets").body()).doesNotContain("/segments/srv");
        HttpResponse<String> other = scoped.get("/findings?place=srv");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("this token is for wifi alone");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # path                          | status | what the page says
            /findings/none                  | 404    | there is no finding 'none'
            /?at=yesterday                  | 400    | at: 'yesterday' is no time; write 2026-11-01
            /?at=2999-01-01                 | 400    | is still to come
            /findings?filter=cause%20%3D    | 400    | filter
            /findings?place=none            | 404    | no segment 'none' is declared
            /no-such-page                   | 404    | there is no such page
            /findings/%3Cscript%3E          | 404    | there is no finding '&lt;script&gt;'
            """)
    void whatIsWrongIsAPageWithTheSentenceOfTheService(String path, int status, String sentence) throws Exception {
        browser.signIn(collector.token("viewer"), "/");
        HttpResponse<String> page = browser.get(path);
        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains(sentence).contains("<h1>").doesNotContain("<script>");
    }

    @Test
    void programsAreAnsweredAsBefore() throws Exception {
        HttpResponse<String> answer = http.get("/no-such-path", "");
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        assertThat(new Browser(http)
                        .get("/v1/none")
                        .headers()
                        .firstValue("content-type")
                        .orElse(""))
                .startsWith("application/json");
    }
}
