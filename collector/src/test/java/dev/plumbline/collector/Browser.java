package dev.plumbline.collector;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Somebody who reads pages without a browser: with its cookie, and what browsers say of where a request comes from. */
final class Browser {
    private final HttpAsker http;
    private Optional<String> cookie = Optional.empty();

    Browser(HttpAsker http) {
        this.http = http;
    }

    static Browser signedIn(HttpAsker http, String token) throws IOException, InterruptedException {
        Browser browser = new Browser(http);
        HttpResponse<String> answer = browser.signIn(token, "/");
        if (answer.statusCode() != 303) {
            throw new AssertionError("signing in was answered by " + answer.statusCode() + " " + answer.body());
        }
        return browser;
    }

    HttpResponse<String> signIn(String token, String to) throws IOException, InterruptedException {
        return post(
                "/sign-in",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&to="
                        + URLEncoder.encode(to, StandardCharsets.UTF_8),
                "same-origin");
    }

    HttpResponse<String> post(String path, String form, String fetchSite) throws IOException, InterruptedException {
        HttpRequest.Builder request = asked(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!fetchSite.isEmpty()) {
            request.header("Sec-Fetch-Site", fetchSite);
        }
        return kept(http.send(request.build()));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = asked(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return kept(http.send(request.build()));
    }

    HttpRequest.Builder asked(String path) {
        HttpRequest.Builder request = http.request("GET", path, "").header("Accept", "text/html,application/xhtml+xml");
        cookie.ifPresent(c -> request.header("Cookie", c));
        return request;
    }

    /** As it is sent. */
    Optional<String> cookie() {
        return cookie;
    }

    private HttpResponse<String> kept(HttpResponse<String> answer) {
        answer.headers().firstValue("set-cookie").ifPresent(c -> {
            String pair = c.substring(0, c.indexOf(';'));
            cookie = pair.endsWith("=") ? Optional.empty() : Optional.of(pair);
        });
        return answer;
    }
}
