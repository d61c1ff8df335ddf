package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.AlertmanagerBody;
import dev.plumbline.collector.alert.SlackBody;
import dev.plumbline.collector.alert.TeamsBody;
import dev.plumbline.collector.alert.WebhookBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts alerts. Redirections are not followed: what is signed, or a secret itself, is for the host that was named. */
final class HttpSender implements Sender {
    private static final String ALERTS = "/api/v2/alerts";

    private final Target target;
    private final Target.Address address;
    private final Form form;
    private final int patienceSeconds;
    private Optional<HttpClient> client = Optional.empty();

    /** Writes the request of an alert. */
    private interface Form {
        HttpRequest.Builder write(HttpRequest.Builder to, Alert alert, Instant now) throws IOException;
    }

    private HttpSender(Target target, Target.Address address, int patienceSeconds, Form form) {
        this.target = target;
        this.address = address;
        this.patienceSeconds = patienceSeconds;
        this.form = form;
    }

    static HttpSender of(Target.Webhook webhook, int patienceSeconds) {
        return new HttpSender(webhook, webhook.address(), patienceSeconds, (to, alert, now) -> {
            String body = WebhookBody.of(alert);
            String signature = WebhookBody.signature(secret(webhook.secret()), alert.id(), now, body);
            return to.setHeader(WebhookBody.ID, alert.id())
                    .setHeader(WebhookBody.TIMESTAMP, Long.toString(now.getEpochSecond()))
                    .setHeader(WebhookBody.SIGNATURE, signature)
                    .POST(BodyPublishers.ofString(body));
        });
    }

    static HttpSender of(Target.Alertmanager alertmanager, int patienceSeconds) {
        return new HttpSender(alertmanager, alertmanager.address(), patienceSeconds, (to, alert, now) -> {
            if (alertmanager.token().isPresent()) {
                to.setHeader(
                        "Authorization", "Bearer " + secret(alertmanager.token().get()));
            }
            return to.POST(BodyPublishers.ofString(AlertmanagerBody.of(alert, now, alertmanager.resend())));
        });
    }

    static HttpSender of(Target.Slack slack, int patienceSeconds) {
        return new HttpSender(
                slack,
                slack.address(),
                patienceSeconds,
                (to, alert, now) -> to.POST(BodyPublishers.ofString(SlackBody.of(alert))));
    }

    static HttpSender of(Target.Teams teams, int patienceSeconds) {
        return new HttpSender(
                teams,
                teams.address(),
                patienceSeconds,
                (to, alert, now) -> to.POST(BodyPublishers.ofString(TeamsBody.of(alert))));
    }

    private static String secret(Path file) throws IOException {
        try {
            return SecretFile.read(file);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Outcome send(Alert alert, Instant now) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri())
                    .timeout(Duration.ofSeconds(patienceSeconds))
                    .setHeader("Content-Type", "application/json")
                    .setHeader("User-Agent", "plumbline");
            answer = client().sendAsync(form.write(request, alert, now).build(), info -> new Beginning());
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.nobody("nothing was sent: " + Heard.of(String.valueOf(e.getMessage())));
        }
        try {
            // The platform's own time-out ends with the header of the answer.
            HttpResponse<String> response = answer.get(patienceSeconds, TimeUnit.SECONDS);
            return HttpAnswer.of(
                    response.statusCode(), response.body(), response.headers().firstValue("retry-after"), now);
        } catch (TimeoutException e) {
            return Outcome.nobody("no whole answer came in " + patienceSeconds + " s");
        } catch (ExecutionException e) {
            return Outcome.nobody("no answer came: " + Heard.of(e.getCause() == null ? e : e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private URI uri() throws IOException {
        URI uri = address.uri().isPresent()
                ? address.uri().get()
                : AlertSettingsReader.http(secret(address.file().orElseThrow()));
        if (!(target instanceof Target.Alertmanager)) {
            return uri;
        }
        String base = uri.toString();
        return base.endsWith(ALERTS) ? uri : URI.create(base.replaceAll("/+$", "") + ALERTS);
    }

    private synchronized HttpClient client() throws IOException {
        if (client.isEmpty()) {
            client = Optional.of(HttpClient.newBuilder()
                    // One connection for each message: HTTP/2 would gain nothing, and its upgrade confuses small
                    // servers.
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(patienceSeconds))
                    .sslContext(Tls.context(target.trust()))
                    .build());
        }
        return client.get();
    }

    /** A try under way is ended by the interruption of its thread. */
    @Override
    public void close() {}
}
