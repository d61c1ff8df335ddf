package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.alert.Causes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.plumbline.collector.alert.Causes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class HttpSenderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | retry-after                   | outcome   | seconds
            200      |                               | DELIVERED | 0
            202      |                               | DELIVERED | 0
            301      |                               | NOBODY    | 0
            400      |                               | REFUSED   | 0
            401      |                               | NOBODY    | 0
            403      |                               | NOBODY    | 0
            404      |                               | NOBODY    | 0
            408      |                               | NOBODY    | 0
            410      |                               | REFUSED   | 0
            413      |                               | REFUSED   | 0
            422      |                               | REFUSED   | 0
            429      |                               | NOBODY    | 0
            429      | 120                           | NOBODY    | 120
            429      | soon                          | NOBODY    | 0
            429      | -1                            | NOBODY    | 0
            503      | Sat, 21 Nov 2026 10:05:00 GMT | NOBODY    | 300
            503      | Sat, 21 Nov 2026 09:00:00 GMT | NOBODY    | 0
            500      | 120                           | NOBODY    | 0
            502      |                               | NOBODY    | 0
            504      |                               | NOBODY    | 0
            """)
    void anAnswerMeans(int status, String retryAfter, Outcome.Kind kind, int seconds) {
        Outcome outcome = HttpAnswer.of(status, "", Optional.ofNullable(retryAfter), NOW);
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.pause()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(outcome.said()).contains(Integer.toString(status));
    }

    @ParameterizedTest
    @CsvSource({"hang", "endless"})
    void aServerThatDoesNotComeToAnEndIsLeft(String answer) throws Exception {
        try (Receivers server = new Receivers().answering(answer)) {
            HttpSender sender = HttpSender.of(new Target.Teams(Settings.at(server.url("/")), Optional.empty()), 1);
            assertThat(sender.send(Causes.writer(() -> "msg_1").test(T0), NOW).kind())
                    .isEqualTo(Outcome.Kind.NOBODY);
        }
    }

    @Test
    void theServerMustProveWhoItIs() throws Exception {
        LittlePki pki = LittlePki.make(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(pki.server()));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try {
            assertThat(said("https://127.0.0.1:" + port, Optional.of(pki.trust()))
                            .kind())
                    .isEqualTo(Outcome.Kind.DELIVERED);
            assertThat(said("https://127.0.0.1:" + port, Optional.empty()).said())
                    .as("the platform knows no such authority")
                    .contains("PKIX");
            assertThat(said("https://localhost:" + port, Optional.of(pki.trust()))
                            .said())
                    .as("the certificate names 127.0.0.1 alone")
                    .containsAnyOf("localhost", "No name matching", "No subject alternative");
            Path replaced = Files.copy(LittlePki.make(folder.resolve("other")).trust(), folder.resolve("trust.pem"));
            HttpSender sender = HttpSender.of(
                    new Target.Teams(Settings.at("https://127.0.0.1:" + port), Optional.of(replaced)), 20);
            assertThat(sender.send(Causes.opened(), NOW).said()).contains("PKIX");
            Files.copy(pki.trust(), replaced, StandardCopyOption.REPLACE_EXISTING);
            assertThat(sender.send(Causes.opened(), NOW).kind())
                    .as("anchors that were replaced count at once")
                    .isEqualTo(Outcome.Kind.DELIVERED);
        } finally {
            server.stop(0);
        }
    }

    /** What is in the file of a URL or a token is a secret, also when it is no good as one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slack        | hooks.slack.example/services/T/B/KEY      | holds no URL such as https://hooks.example/T1/B2
            slack        | https://hooks.slack.example/T/B/KEY KEY   | holds no URL such as https://hooks.example/T1/B2
            slack        | http://hooks.slack.example/T/B/KEY        | must be https
            teams        | http://192.0.2.1/T/B/KEY                  | must be https
            alertmanager | KEYē                                      | holds a character that is not ASCII
            alertmanager | KEYü                                      | holds a character that is not ASCII
            webhook      | whsec_KEY!                                | is no Base64
            webhook      | KEY                                       | can be guessed
            """)
    void aSecretIsNeverSaid(String type, String written, String said) throws Exception {
        Path file = Settings.secret(folder, written);
        Target.Address elsewhere = new Target.Address(Optional.empty(), Optional.of(file));
        Target.Address here = Settings.at("http://127.0.0.1:1/");
        HttpSender sender = switch (type) {
            case "slack" -> HttpSender.of(new Target.Slack(elsewhere, Optional.empty()), 5);
            case "teams" -> HttpSender.of(new Target.Teams(elsewhere, Optional.empty()), 5);
            case "webhook" -> HttpSender.of(new Target.Webhook(here, file, Optional.empty()), 5);
            default ->
                HttpSender.of(
                        new Target.Alertmanager(here, Optional.of(file), Optional.empty(), Duration.ofMinutes(1)), 5);
        };
        Outcome outcome = sender.send(Causes.opened(), NOW);
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NOBODY);
        assertThat(outcome.said()).contains("nothing was sent: " + file, said).doesNotContain("KEY");
    }

    @ParameterizedTest
    @CsvSource({"slack", "teams"})
    void anInlineAddressOfAChatIsShownWithoutItsPath(String type) {
        Target.Address address = Settings.at("https://hooks.example:8443/services/T/B/KEY?sig=KEY");
        Target target = type.equals("slack")
                ? new Target.Slack(address, Optional.empty())
                : new Target.Teams(address, Optional.empty());
        assertThat(target.shown()).isEqualTo("https://hooks.example:8443");
    }

    private static Outcome said(String url, Optional<Path> trust) throws Exception {
        return HttpSender.of(new Target.Teams(Settings.at(url), trust), 20)
                .send(Causes.writer(() -> "msg_1").test(T0), NOW);
    }
}
