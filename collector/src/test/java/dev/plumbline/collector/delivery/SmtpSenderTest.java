package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.alert.Causes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.Causes;
import dev.plumbline.loopback.HeldPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails to a real server, plain, with STARTTLS and with TLS at once. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SmtpSenderTest {
    @TempDir
    static Path folder;

    private static LittlePki pki;
    private static ScheduledExecutorService timer;

    @BeforeAll
    static void start() throws Exception {
        pki = LittlePki.make(folder);
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void stop() {
        timer.shutdownNow();
    }

    private static Target.Email target(int port, Target.Email.Security security, boolean isKnown) throws Exception {
        return new Target.Email(
                "127.0.0.1",
                port,
                security,
                isKnown
                        ? Optional.of(new Target.Email.Login("plumbline", Settings.secret(folder, "pa ss")))
                        : Optional.empty(),
                "plumbline@campus.example",
                List.of("noc@campus.example", "kim@campus.example"),
                Optional.of(pki.trust()));
    }

    private static Outcome send(Target.Email target) throws Exception {
        return SmtpSender.hasty(target, timer, 20).send(test(), T0);
    }

    private static Alert test() {
        return Causes.writer(() -> "msg_1").test(T0);
    }

    private static LittleMailServer server(boolean isTlsAtOnce, String extensions, Map<String, String> answers)
            throws Exception {
        return new LittleMailServer(pki.server(), isTlsAtOnce, extensions, answers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NONE     | PIPELINING       | false
            STARTTLS | STARTTLS         | false
            STARTTLS | STARTTLS,AUTH PLAIN LOGIN | true
            TLS      | AUTH LOGIN       | true
            TLS      | auth=plain       | true
            """)
    void aMailIsHandedOver(Target.Email.Security security, String extensions, boolean isKnown) throws Exception {
        try (LittleMailServer server = server(security == Target.Email.Security.TLS, extensions, Map.of())) {
            Outcome outcome = send(target(server.port(), security, isKnown));
            assertThat(outcome).isEqualTo(Outcome.delivered("the server took it (250 queued as 4711)"));
            assertThat(server.mails().poll(10, TimeUnit.SECONDS))
                    .contains("Subject: [test] campus: alerts reach you\r\n", "Message-ID: <msg_1@campus.example>\r\n");
            assertThat(server.said())
                    .contains(
                            "MAIL FROM:<plumbline@campus.example>",
                            "RCPT TO:<noc@campus.example>",
                            "RCPT TO:<kim@campus.example>");
            if (isKnown) {
                assertThat(server.said()).containsAnyOf("AUTH PLAIN " + base64("\0plumbline\0pa ss"), base64("pa ss"));
            }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutStarttlsNothingIsShown() throws Exception {
        try (LittleMailServer server = server(false, "AUTH PLAIN", Map.of())) {
            Outcome outcome = send(target(server.port(), Target.Email.Security.STARTTLS, true));
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(outcome.said()).contains("offers no STARTTLS");
            assertThat(server.said()).containsExactly("EHLO campus.example");
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsShownNothing() throws Exception {
        try (LittleMailServer server = server(true, "AUTH PLAIN", Map.of())) {
            Target.Email trusted = target(server.port(), Target.Email.Security.TLS, true);
            Outcome outcome = send(new Target.Email(
                    trusted.host(),
                    trusted.port(),
                    trusted.security(),
                    trusted.login(),
                    trusted.from(),
                    trusted.to(),
                    Optional.empty()));
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(outcome.said()).contains("PKIX");
            assertThat(server.said()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            greeting  | 554 no                | NOBODY    | the server greeted by 554 no
            EHLO      | 502 no                | NOBODY    | the server answered EHLO by 502 no
            MAIL      | 451 later             | AGAIN     | does not take mail from plumbline@campus.example: 451 later
            MAIL      | 530 log in            | NOBODY    | does not take mail from plumbline@campus.example: 530 log in
            MAIL      | 550 no relaying       | NOBODY    | 550 no relaying
            RCPT TO:<noc | 550 nobody         | PARTLY    | but not for noc@campus.example (550 nobody)
            RCPT TO:<kim | 450 grey           | PARTLY    | but not for kim@campus.example (450 grey)
            RCPT      | 554 no relaying       | NOBODY    | takes mail for nobody of noc@campus.example (554 no relaying), kim
            RCPT      | 450 grey              | AGAIN     | 450 grey
            DATA      | 452 full              | AGAIN     | 452 full
            DATA      | 554 nobody            | NOBODY    | 554 nobody
            mail      | 451 later             | AGAIN     | did not take the mail: 451 later
            mail      | 554 spam              | REFUSED   | did not take the mail: 554 spam
            MAIL      | what                  | NOBODY    | this is no answer of a mail server: what
            QUIT      | 500 what              | DELIVERED | took it
            mail      | 250 \u00c5ngstr\u00f6m tog det | DELIVERED | took it
            """)
    void whatTheServerSaysDecides(String command, String answer, Outcome.Kind kind, String said) throws Exception {
        try (LittleMailServer server = server(false, "PIPELINING", Map.of(command, answer))) {
            Outcome outcome = send(target(server.port(), Target.Email.Security.NONE, false));
            assertThat(outcome.kind()).as(outcome.said()).isEqualTo(kind);
            assertThat(outcome.said()).contains(said);
        }
    }

    @Test
    void whoWasPutOffIsLeftOverAndAloneGetsItLater() throws Exception {
        Target.Email target;
        Outcome first;
        try (LittleMailServer server = server(false, "", Map.of("RCPT TO:<kim", "450 grey"))) {
            target = target(server.port(), Target.Email.Security.NONE, false);
            first = send(target);
            assertThat(first.leftOver()).containsExactly("kim@campus.example");
        }
        try (LittleMailServer server = server(false, "", Map.of())) {
            Target.Email same = target(server.port(), Target.Email.Security.NONE, false);
            Outcome second = SmtpSender.hasty(same, timer, 20).sendTo(first.leftOver(), test(), T0);
            assertThat(second.kind()).isEqualTo(Outcome.Kind.DELIVERED);
            assertThat(server.said())
                    .contains("RCPT TO:<kim@campus.example>")
                    .noneMatch(s -> s.contains("RCPT TO:<noc"));
        }
        try (LittleMailServer server = server(false, "", Map.of("RCPT", "550 nobody"))) {
            Target.Email same = target(server.port(), Target.Email.Security.NONE, false);
            assertThat(SmtpSender.hasty(same, timer, 20).sendTo(first.leftOver(), test(), T0))
                    .as("whoever is left over and never taken holds up nobody")
                    .isEqualTo(Outcome.partly(
                            "the server takes mail for nobody of kim@campus.example (550 nobody)", List.of()));
        }
        assertThat(SmtpSender.hasty(target, timer, 20)
                        .sendTo(List.of("gone@campus.example"), test(), T0)
                        .kind())
                .isEqualTo(Outcome.Kind.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({"=", "=PLAIN", "''"})
    void anExtensionWithoutANameIsNone(String extension) throws Exception {
        try (LittleMailServer server = server(true, extension + ",AUTH PLAIN", Map.of())) {
            assertThat(send(target(server.port(), Target.Email.Security.TLS, true))
                            .kind())
                    .isEqualTo(Outcome.Kind.DELIVERED);
        }
    }

    /** Whoever hangs up while a relay scans the mail gets it delivered all the same, and sends it again and again. */
    @Test
    void theVerdictAboutTheMailMayTakeTenMinutes() throws Exception {
        List<Long> seconds = new CopyOnWriteArrayList<>();
        ScheduledThreadPoolExecutor recording = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                assertThat(getQueue())
                        .as("the deadline before it counts no more")
                        .isEmpty();
                seconds.add(unit.toSeconds(delay));
                return super.schedule(command, delay, unit);
            }
        };
        recording.setRemoveOnCancelPolicy(true);
        try (LittleMailServer server = server(false, "", Map.of())) {
            Target.Email target = target(server.port(), Target.Email.Security.NONE, false);
            assertThat(SmtpSender.patient(target, recording).send(test(), T0).kind())
                    .isEqualTo(Outcome.Kind.DELIVERED);
        } finally {
            recording.shutdownNow();
        }
        assertThat(seconds).containsExactly(300L, 600L);
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS", "TLS"})
    void aServerOfAnotherNameIsShownNothing(Target.Email.Security security) throws Exception {
        boolean isTlsAtOnce = security == Target.Email.Security.TLS;
        try (LittleMailServer server = server(isTlsAtOnce, "STARTTLS,AUTH PLAIN", Map.of())) {
            Target.Email named = target(server.port(), security, true);
            Outcome outcome = send(new Target.Email(
                    "localhost", named.port(), security, named.login(), named.from(), named.to(), named.trust()));
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(outcome.said())
                    .as("the certificate names 127.0.0.1 alone")
                    .contains("localhost");
            assertThat(server.said()).noneMatch(s -> s.startsWith("AUTH") || s.startsWith("MAIL"));
        }
    }

    @Test
    void aPasswordThatIsNotTakenIsSaidAndNotShown() throws Exception {
        try (LittleMailServer server = server(true, "AUTH PLAIN", Map.of("AUTH", "535 wrong"))) {
            Outcome outcome = send(target(server.port(), Target.Email.Security.TLS, true));
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(outcome.said()).isEqualTo("the server did not take user and password: 535 wrong");
        }
    }

    @Test
    void aServerThatAnswersAByteNowAndThenIsLeft() throws Exception {
        try (LittleMailServer server = server(false, "PIPELINING", Map.of("MAIL", "drip"))) {
            Target.Email target = target(server.port(), Target.Email.Security.NONE, false);
            Outcome outcome = SmtpSender.hasty(target, timer, 1).send(test(), T0);
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(outcome.said()).isEqualTo("the server did not take it in 1 s");
        }
    }

    @Test
    void whereNobodyListensThatIsSaid() throws Exception {
        try (HeldPort closed = new HeldPort()) {
            assertThat(send(target(closed.number(), Target.Email.Security.NONE, false))
                            .said())
                    .contains("could not be spoken to: ConnectException");
        }
    }
}
