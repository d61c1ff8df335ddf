package dev.plumbline.agent.environment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.Surroundings.CaptivePortal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks a portal that DHCP announced whether this host is captive (RFC 8908 §4, §5). */
final class PortalQuestion {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_URL = 500;

    private PortalQuestion() {}

    /** Always completes normally. */
    static CompletableFuture<CaptivePortal> ask(Network network, String url, Duration timeout) {
        URI uri = UrlText.parse(url);
        if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            return CompletableFuture.completedFuture(failed(url, 0, "no https address (RFC 8910 §2)"));
        }
        return NameAsk.ask(network, UrlText.host(uri), timeout.dividedBy(2)).thenCompose(found -> {
            if (found.first().isEmpty()) {
                return CompletableFuture.completedFuture(failed(url, 0, UrlText.host(uri) + ": " + found.problem()));
            }
            Fetch.Wanted wanted = new Fetch.Wanted(uri, found.first().get(), "application/captive+json", MAX_BYTES);
            return Fetch.get(network, wanted, timeout.dividedBy(2)).thenApply(fetched -> read(url, fetched));
        });
    }

    static CaptivePortal read(String url, Fetch.Fetched fetched) {
        if (!fetched.problem().isEmpty()) {
            return failed(url, fetched.status(), fetched.problem());
        }
        try (JsonParser json = new JsonFactory().createParser(fetched.body())) {
            return read(url, fetched.status(), json);
        } catch (IOException e) {
            return failed(url, fetched.status(), "the answer is no JSON");
        }
    }

    private static CaptivePortal read(String url, int status, JsonParser json) throws IOException {
        Optional<Boolean> captive = Optional.empty();
        String portal = "";
        boolean object = json.nextToken() == JsonToken.START_OBJECT;
        while (object && json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            if (member.equals("captive") && value.isBoolean()) {
                captive = Optional.of(json.getBooleanValue());
            } else if (member.equals("user-portal-url") && value == JsonToken.VALUE_STRING) {
                portal = json.getText();
            }
            json.skipChildren();
        }
        return captive.isEmpty()
                ? failed(url, status, "the answer has no member 'captive'")
                : new CaptivePortal(
                        url, status, "", captive.get(), portal.substring(0, Math.min(portal.length(), MAX_URL)));
    }

    private static CaptivePortal failed(String url, int status, String problem) {
        return new CaptivePortal(url, status, problem, false, "");
    }
}
