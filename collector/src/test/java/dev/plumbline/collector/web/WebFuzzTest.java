package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.plumbline.fuzz.Fuzz;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What browsers, and those who pretend to be one, send before anybody is signed in. */
final class WebFuzzTest {
    @Test
    void cookies() {
        String secret = "a".repeat(43);
        Fuzz.total(
                "cookies of sessions",
                Fuzz.texts(
                        "__Host-plumbline=" + secret,
                        "a=b; __Host-plumbline=" + secret + "; c=\"d\"",
                        "__Host-plumbline=" + secret + ";__Host-plumbline=x"),
                bytes -> {
                    // A header has no controls: HTTP/2 and HTTP/1 refuse them before.
                    String cookie = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x1f\\x7f]", "");
                    Optional<String> read = SessionCookie.secret(
                            RequestHeaders.of(HttpMethod.GET, "/", HttpHeaderNames.COOKIE, cookie));
                    read.ifPresent(r -> assertThat(cookie).contains(r));
                    assertThat(read.map(String::length).orElse(43)).isEqualTo(43);
                });
    }

    @Test
    void waysBack() {
        Fuzz.total(
                "where a link leads after signing in",
                Fuzz.texts(
                        "/findings/0123?by=a&at=2026-11-01T10:00:00Z",
                        "//evil.example/",
                        "/\\evil",
                        "/%2e%2e//x",
                        "javascript:x"),
                bytes -> {
                    String path = OwnPath.of(new String(bytes, StandardCharsets.UTF_8));
                    // Resolved as browsers do: the host stays.
                    String quoted = path.replaceAll("[^A-Za-z0-9/._~:@!$&'()*+,;=?-]", "_");
                    assertThat(URI.create("https://collector.example/")
                                    .resolve(quoted)
                                    .getHost())
                            .isEqualTo("collector.example");
                    assertThat(path).startsWith("/").doesNotContainPattern("[\\s\\p{Cntrl}\\\\]");
                });
    }

    @Test
    void origins() {
        Fuzz.total(
                "where a form says it comes from",
                Fuzz.texts(
                        "https://collector.example:8443", "http://Collector.Example", "null", "https://evil.example"),
                bytes -> {
                    String origin = new String(bytes, StandardCharsets.UTF_8);
                    boolean taken = SameOrigin.sent(
                            Optional.empty(), Optional.of(origin), Optional.of("Collector.example:8443"));
                    assertThat(taken)
                            .isEqualTo(origin.equals("https://collector.example:8443")
                                    || origin.equals("http://collector.example:8443"));
                });
    }
}
