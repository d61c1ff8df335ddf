package dev.plumbline.collector.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.alert.Backoff;
import dev.plumbline.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What receivers of alerts answer: whatever it is, the message's fate is one of those there are, told in a bounded line. */
final class DeliveryFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int MOST_SAID = 1_000;

    @TempDir
    private Path folder = Path.of("");

    private static void bounded(Outcome outcome) {
        assertThat(outcome.said()).hasSizeLessThan(MOST_SAID).doesNotContainPattern("[\\p{Cntrl}&&[^\t]]");
    }

    @Test
    void mailServers() {
        Target.Email target = new Target.Email(
                "mail.campus.example",
                25,
                Target.Email.Security.NONE,
                Optional.of(new Target.Email.Login("plumbline", Path.of("password"))),
                "plumbline@campus.example",
                List.of("noc@campus.example", "kim@campus.example"),
                Optional.empty());
        Fuzz.refusing(
                "answers of mail servers",
                Fuzz.texts(
                        String.join(
                                "\r\n",
                                "220 hello",
                                "250-mail",
                                "250-PIPELINING",
                                "250 AUTH PLAIN LOGIN",
                                "235 ok",
                                "250 ok",
                                "250 ok",
                                "450 later",
                                "354 go",
                                "250 queued",
                                "221 bye",
                                ""),
                        "220-a\r\n220 b\r\n250 AUTH=LOGIN\r\n334 VXNlcg==\r\n334 UGFzcw==\r\n535 no\r\n",
                        "554 no\r\n"),
                bytes -> {
                    SmtpConversation conversation = new SmtpConversation(
                            target, List.of(), Optional.of("pa ss"), "mail", "campus.example", () -> {});
                    try {
                        bounded(conversation.hold(new Said(bytes)));
                    } catch (IOException refused) {
                        assertThat(String.valueOf(refused.getMessage()))
                                .hasSizeLessThan(MOST_SAID)
                                .doesNotContainPattern("[\\p{Cntrl}&&[^\t]]");
                        throw refused;
                    }
                },
                IOException.class);
    }

    /** A server that says this and hears nothing. */
    private static final class Said extends Socket {
        private final byte[] bytes;

        Said(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }
    }

    @Test
    void webServers() {
        Fuzz.total(
                "answers of receivers over HTTP",
                Fuzz.texts("429 120 slow down", "503 Fri,_20_Nov_2026_12:00:00_GMT later", "200 x ok", "301 -1 \u0007"),
                bytes -> {
                    String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
                    int status = words[0].matches("[1-5]\\d\\d") ? Integer.parseInt(words[0]) : 503;
                    Optional<String> retry =
                            words.length > 1 ? Optional.of(words[1].replace('_', ' ')) : Optional.empty();
                    Outcome outcome = HttpAnswer.of(status, words.length > 2 ? words[2] : "", retry, NOW);
                    bounded(outcome);
                    // Whatever is asked for, what is waited has a bound.
                    Duration waited = Backoff.pause(1, 0, outcome.pause(), Backoff.LONGEST);
                    assertThat(waited).isBetween(Duration.ZERO, Backoff.LONGEST_DEMANDED);
                });
    }

    @Test
    void secretFiles() {
        Path file = folder.resolve("secret");
        Fuzz.refusing(
                "files of secrets",
                Fuzz.texts("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", "p\u00e4ss w\u00f6rd"),
                bytes -> {
                    Files.write(file, bytes);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    assertThat(SecretFile.read(file)).isNotEmpty().doesNotContainPattern("[\\x00-\\x1f\\x7f]");
                    assertThat(SecretFile.token(file)).matches("[ -~]+");
                },
                IOException.class);
    }
}
