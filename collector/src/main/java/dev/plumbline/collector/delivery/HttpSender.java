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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
    private final boolean isSecret;
    private final Form form;
    private final int patienceSeconds;
    private Optional<HttpClient> client = Optional.empty();
    private byte[] trusted = {};

    /** Writes the request of an alert. */
    private interface Form {
        HttpRequest.Builder write(HttpRequest.Builder to, Alert alert, Instant now) throws IOException;
    }

    /** @param isSecret whoever reads the request could use what is in it */
    private HttpSender(Target target, Target.Address address, boolean isSecret, int patienceSeconds, Form form) {
        this.target = target;
        this.address = address;
        this.isSecret = isSecret;
        this.patienceSeconds = patienceSeconds;
        this.form = form;
    }

    static HttpSender of(Target.Webhook webhook, int patienceSeconds) {
        return new HttpSender(webhook, webhook.address(), false, patienceSeconds, (to, alert, now) -> {
            String body = WebhookBody.of(alert);
            String signature = signature(webhook.secret(), alert, now, body);
            return to.setHeader(WebhookBody.ID, alert.id())
                    .setHeader(WebhookBody.TIMESTAMP, Long.toString(now.getEpochSecond()))
                    .setHeader(WebhookBody.SIGNATURE, signature)
                    .POST(BodyPublishers.ofString(body));
        });
    }

    static HttpSender of(Target.Alertmanager alertmanager, int patienceSeconds) {
        boolean isSecret = alertmanager.token().isPresent();
        return new HttpSender(alertmanager, alertmanager.address(), isSecret, patienceSeconds, (to, alert, now) -> {
            if (isSecret) {
                to.setHeader(
                        "Authorization", "Bearer " + token(alertmanager.token().get()));
            }
            return to.POST(BodyPublishers.ofString(AlertmanagerBody.of(alert, now, alertmanager.resend())));
        });
    }

    static HttpSender of(Target.Slack slack, int patienceSeconds) {
        return new HttpSender(
                slack,
                slack.address(),
                true,
                patienceSeconds,
                (to, alert, now) -> to.POST(BodyPublishers.ofString(SlackBody.of(alert))));
    }

    static HttpSender of(Target.Teams teams, int patienceSeconds) {
        return new HttpSender(
                teams,
                teams.address(),
                true,
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

    private static String token(Path file) throws IOException {
        try {
            return SecretFile.token(file);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static String signature(Path file, Alert alert, Instant now, String body) throws IOException {
        String secret = secret(file);
        try {
            return WebhookBody.signature(secret, alert.id(), now, body);
        } catch (IllegalArgumentException e) {
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
        } catch (IOException e) {
            return Outcome.nobody("nothing was sent: " + Heard.of(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            // The platform's sentence repeats the URL or the header, and with it the secret.
            return Outcome.nobody("nothing was sent: no request can be made for " + target.shown()
                    + "; see what its configuration and the files that it names hold");
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
                : written(address.file().orElseThrow());
        if (!(target instanceof Target.Alertmanager)) {
            return uri;
        }
        String base = uri.toString();
        return base.endsWith(ALERTS) ? uri : URI.create(base.replaceAll("/+$", "") + ALERTS);
    }

    /** The text itself is not shown: it is a secret, or one that stands in the wrong file. */
    private URI written(Path file) throws IOException {
        String text = secret(file);
        URI uri;
        try {
            uri = AlertSettingsReader.http(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": holds no URL such as https://hooks.example/T1/B2", e);
        }
        try {
            return AlertSettingsReader.guarded(uri, isSecret);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Made anew when the anchors were replaced, since they are read once for each. */
    private synchronized HttpClient client() throws IOException {
        byte[] anchors = anchors();
        if (client.isEmpty() || !Arrays.equals(anchors, trusted)) {
            trusted = anchors;
            client = Optional.of(HttpClient.newBuilder()
                    // One message at a time: HTTP/2 would gain nothing, and its upgrade confuses small servers.
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(patienceSeconds))
                    .sslContext(Tls.context(target.trust()))
                    .build());
        }
        return client.get();
    }

    private byte[] anchors() throws IOException {
        if (target.trust().isEmpty()) {
            return new byte[0];
        }
        Path file = target.trust().get();
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + "); it names whom to trust", e);
        }
    }

    /** A try under way is ended by the interruption of its thread. */
    @Override
    public void close() {}
}
