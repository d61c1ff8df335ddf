package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.alert.Causes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.plumbline.collector.alert.Causes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
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
            301      |                               | AGAIN     | 0
            400      |                               | REFUSED   | 0
            401      |                               | AGAIN     | 0
            404      |                               | AGAIN     | 0
            408      |                               | AGAIN     | 0
            410      |                               | REFUSED   | 0
            413      |                               | REFUSED   | 0
            422      |                               | REFUSED   | 0
            429      |                               | NOBODY    | 0
            429      | 120                           | NOBODY    | 120
            429      | soon                          | NOBODY    | 0
            429      | -1                            | NOBODY    | 0
            503      | Sat, 21 Nov 2026 10:05:00 GMT | NOBODY    | 300
            503      | Sat, 21 Nov 2026 09:00:00 GMT | NOBODY    | 0
            500      | 120                           | AGAIN     | 0
            502      |                               | AGAIN     | 0
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
        } finally {
            server.stop(0);
        }
    }

    private static Outcome said(String url, Optional<Path> trust) throws Exception {
        return HttpSender.of(new Target.Teams(Settings.at(url), trust), 20)
                .send(Causes.writer(() -> "msg_1").test(T0), NOW);
    }
}
