package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.alert.Causes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.AlertWriter;
import dev.plumbline.collector.alert.Causes;
import dev.plumbline.collector.alert.Reception;
import dev.plumbline.collector.alert.WebhookBody;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.remedy.Configuration;
import dev.plumbline.loopback.HeldPort;
import dev.plumbline.metrics.ProgramMetrics;
import dev.plumbline.words.TargetId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alerts to real servers that answer, put off, hang and hang up; the outbox is a file that is opened again. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class AlertsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final LiveIncidents incidents = new LiveIncidents();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path secret;

    @BeforeEach
    void write() throws Exception {
        secret = Settings.secret(folder, SECRET);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T kept(T part) {
        opened.add(0, part);
        return part;
    }

    private Alerts start(Duration giveUpAfter, Clock clock, ReceiverSettings... receivers) throws Exception {
        return kept(Alerts.start(
                Settings.of(giveUpAfter, receivers),
                "campus",
                incidents,
                Causes.background(),
                folder.resolve("outbox.db"),
                new Clocks(clock, Clock.systemUTC()),
                () -> 0.01));
    }

    private Alerts start(ReceiverSettings... receivers) throws Exception {
        return start(Duration.ofHours(24), Clock.systemUTC(), receivers);
    }

    private ReceiverSettings webhook(String name, Receivers server) {
        return Settings.receiver(name, Settings.webhook(server.url("/" + name), secret));
    }

    /** Where nobody listens. */
    private ReceiverSettings webhook(String name, HeldPort closed) {
        return Settings.receiver(name, Settings.webhook("http://127.0.0.1:" + closed.number() + "/" + name, secret));
    }

    private static JsonNode json(Receivers.Came came) throws Exception {
        return JSON.readTree(came.body());
    }

    private static String type(Receivers.Came came) throws Exception {
        return json(came).path("type").asText();
    }

    /** A delivery in this state, when there is one. */
    private static Delivery delivery(Alerts alerts, Delivery.State state) throws InterruptedException {
        while (true) {
            Optional<Delivery> found = alerts.outbox().list(Optional.empty(), 100).stream()
                    .filter(d -> d.state() == state)
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(20);
        }
    }

    @Test
    void aCauseIsToldOnceAndItsEndOnceSignedForTheReceiver() throws Exception {
        Receivers server = kept(new Receivers());
        Alerts alerts = start(webhook("noc", server));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        Receivers.Came first = server.next();
        assertThat(type(first)).isEqualTo("finding.opened");
        assertThat(first.signature())
                .isEqualTo(WebhookBody.signature(
                        SECRET, first.id(), Instant.ofEpochSecond(Long.parseLong(first.timestamp())), first.body()));
        assertThat(first.id()).isEqualTo(json(first).path("data").path("id").asText());
        alerts.closed(2, Optional.empty());
        incidents.close("i1", T0.plusSeconds(60));
        alerts.closed(3, Optional.empty());
        Receivers.Came second = server.next();
        assertThat(type(second)).isEqualTo("finding.resolved");
        assertThat(json(second).path("data").path("key"))
                .isEqualTo(json(first).path("data").path("key"));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(server.isEmpty()).isTrue();
    }

    @Test
    void whatWaitsAndWhatBecameOfTheRestIsToldByReceiver() throws Exception {
        Receivers server = kept(new Receivers());
        HeldPort gone = kept(new HeldPort());
        ReceiverSettings nobody = webhook("gone", gone);
        Alerts alerts = start(webhook("noc", server), nobody);
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        assertThat(type(server.next())).isEqualTo("finding.opened");
        delivery(alerts, Delivery.State.DELIVERED);
        String page = "";
        while (!page.contains("plumbline_alerts_ended_total{receiver=\"noc\",result=\"delivered\"} 1.0\n")
                || page.contains(
                        "plumbline_alerts_tries_in_vain_total{receiver=\"gone\"} 0.0\n")) { // bounded by the test's
            // time
            page = page(alerts);
        }
        assertThat(page)
                .contains("plumbline_alerts_waiting{receiver=\"noc\"} 0.0\n")
                .contains("plumbline_alerts_waiting{receiver=\"gone\"} 1.0\n")
                .contains("plumbline_alerts_waiting_limit{receiver=\"gone\"} 1000.0\n")
                .contains("plumbline_alerts_ended_total{receiver=\"noc\",result=\"refused\"} 0.0\n")
                .contains("plumbline_alerts_ended_total{receiver=\"gone\",result=\"gave-up\"} 0.0\n");
    }

    private static String page(Alerts alerts) {
        try (ProgramMetrics metrics =
                new ProgramMetrics("test", "1", new AlertService(Optional.of(alerts)).metrics())) {
            return new String(metrics.page("").body(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsNotTakenIsTriedAgainUnderTheSameId() throws Exception {
        Receivers server = kept(new Receivers().answering("500", "reset", "302", "503", "404"));
        Alerts alerts = start(webhook("noc", server));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        String id = server.next().id();
        for (int i = 0; i < 5; i++) {
            assertThat(server.next().id()).isEqualTo(id);
        }
        Delivery delivered = delivery(alerts, Delivery.State.DELIVERED);
        assertThat(delivered.tries()).isEqualTo(6);
        assertThat(delivered.alert().id()).isEqualTo(id);
        assertThat(server.isEmpty()).isTrue();
    }

    @Test
    void whoAsksForPatienceGetsIt() throws Exception {
        Receivers server = kept(new Receivers().answering("429 1200"));
        Alerts alerts = start(webhook("noc", server));
        incidents.put(Causes.open("i1"));
        Instant before = Instant.now();
        alerts.closed(1, Optional.empty());
        server.next();
        Delivery waiting = delivery(alerts, Delivery.State.WAITING);
        while (waiting.tries() == 0) {
            waiting = delivery(alerts, Delivery.State.WAITING);
        }
        assertThat(waiting.said()).isEqualTo("the answer was 429 (said the <server>)");
        assertThat(waiting.nextAt()).isAfterOrEqualTo(before.plusSeconds(1199));
        assertThat(server.isEmpty()).isTrue();
    }

    @Test
    void whatTheReceiverCallsWrongIsNotTriedAgain() throws Exception {
        Receivers server = kept(new Receivers().answering("400"));
        Alerts alerts = start(webhook("noc", server));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        Delivery refused = delivery(alerts, Delivery.State.REFUSED);
        assertThat(refused.tries()).isEqualTo(1);
        assertThat(refused.said()).contains("400");
        incidents.put(Causes.open("i2"));
        alerts.closed(2, Optional.empty());
        server.next();
        assertThat(json(server.next()).path("data").path("finding").asText())
                .as("others go on")
                .isEqualTo("i2");
    }

    @Test
    void aReceiverThatHangsHoldsUpNobodyElse() throws Exception {
        Receivers standing = kept(new Receivers().answering("hang", "hang"));
        Receivers prompt = kept(new Receivers());
        Alerts alerts = start(webhook("standing", standing), webhook("prompt", prompt));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        standing.next();
        assertThat(type(prompt.next())).isEqualTo("finding.opened");
        incidents.close("i1", T0.plusSeconds(60));
        alerts.closed(2, Optional.empty());
        assertThat(type(prompt.next())).isEqualTo("finding.resolved");
        assertThat(alerts.outbox().waiting("standing")).isPositive();
        assertThat(standing.isEmpty()).isTrue();
    }

    @Test
    void ofOneCauseNothingIsOpenedAfterItsEnd() throws Exception {
        Receivers server = kept(new Receivers().answering("500", "500", "500"));
        Alerts alerts = start(webhook("noc", server));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        server.next();
        incidents.close("i1", T0.plusSeconds(60));
        alerts.closed(2, Optional.empty());
        List<String> types = new ArrayList<>();
        while (!types.contains("finding.resolved")) {
            types.add(type(server.next()));
        }
        assertThat(types).containsExactly("finding.opened", "finding.opened", "finding.opened", "finding.resolved");
    }

    @Test
    void whatIsTooOldIsGivenUpWithASentence() throws Exception {
        ReceiverSettings receiver = webhook("noc", kept(new HeldPort()));
        Alerts alerts = start(receiver);
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        Delivery waiting = delivery(alerts, Delivery.State.WAITING);
        while (waiting.tries() == 0) {
            waiting = delivery(alerts, Delivery.State.WAITING);
        }
        alerts.close();
        Alerts later = start(Duration.ofHours(24), Clock.offset(Clock.systemUTC(), Duration.ofHours(25)), receiver);
        Delivery ended = delivery(later, Delivery.State.GAVE_UP);
        assertThat(ended.said()).contains("given up after 24 h").contains("the last: no answer came");
        assertThat(delivery(later, Delivery.State.WAITING).alert())
                .as("it is there still, and told again")
                .satisfies(a -> {
                    assertThat(a.kind()).isEqualTo(Alert.Kind.OPENED);
                    assertThat(a.id()).isNotEqualTo(ended.alert().id());
                });
        assertThat(later.outbox().told("noc")).isZero();
    }

    @Test
    void aRestartLosesNothingAndTellsNothingTwice() throws Exception {
        Receivers server = kept(new Receivers().answering("204", "hang"));
        Alerts alerts = start(webhook("noc", server));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        server.next();
        delivery(alerts, Delivery.State.DELIVERED);
        incidents.put(Causes.open("i2"));
        alerts.closed(2, Optional.empty());
        String second = server.next().id();
        alerts.close();
        start(webhook("noc", server));
        Receivers.Came again = server.next();
        assertThat(again.id()).isEqualTo(second);
        assertThat(json(again).path("data").path("finding").asText()).isEqualTo("i2");
        incidents.close("i1", T0.plusSeconds(60));
        Receivers.Came next = server.next();
        assertThat(type(next)).isEqualTo("finding.resolved");
        assertThat(json(next).path("data").path("finding").asText()).isEqualTo("i1");
    }

    @Test
    void aReceiverThatIsConfiguredNoLongerIsForgotten() throws Exception {
        Receivers server = kept(new Receivers().answering("500 ", "500", "500", "500", "500", "500"));
        Alerts alerts = start(webhook("old", server));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        server.next();
        alerts.close();
        Receivers other = kept(new Receivers());
        Alerts next = start(webhook("new", other));
        assertThat(type(other.next()))
                .as("another receiver is told what is open")
                .isEqualTo("finding.opened");
        assertThat(next.outbox().told("old")).isZero();
        Delivery ended = delivery(next, Delivery.State.GAVE_UP);
        assertThat(ended.receiver()).isEqualTo("old");
        assertThat(ended.said()).contains("configured no longer");
    }

    @Test
    void alertmanagerIsToldAtItsOwnPathAgainAndAgainAndOfTheEnd() throws Exception {
        Receivers server = kept(new Receivers());
        Path token = Settings.secret(folder, "s3cret-token");
        Duration resend = Duration.ofSeconds(5);
        Target.Alertmanager target =
                new Target.Alertmanager(Settings.at(server.url("/am/")), Optional.of(token), Optional.empty(), resend);
        Alerts alerts =
                start(new ReceiverSettings("am", new Reception(Settings.ALL, List.of(), Optional.of(resend)), target));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        Receivers.Came first = server.next();
        assertThat(first.path()).isEqualTo("/am/api/v2/alerts");
        assertThat(first.authorization()).isEqualTo("Bearer s3cret-token");
        Receivers.Came again = server.next();
        assertThat(json(again).get(0).path("labels"))
                .isEqualTo(json(first).get(0).path("labels"));
        assertThat(end(again)).isAfter(end(first));
        incidents.close("i1", T0.plusSeconds(60));
        alerts.closed(2, Optional.empty());
        Receivers.Came last = server.next();
        while (end(last).isAfter(T0.plusSeconds(60))) {
            last = server.next();
        }
        assertThat(end(last)).isEqualTo(T0.plusSeconds(60));
        assertThat(json(last).get(0).path("labels"))
                .isEqualTo(json(first).get(0).path("labels"));
        while (alerts.outbox().waiting("am") > 0) {
            Thread.sleep(20);
        }
        assertThat(alerts.outbox().list(Optional.of("am"), 100))
                .as("what is told again and again leaves no line")
                .extracting(d -> d.alert().kind())
                .containsExactly(Alert.Kind.RESOLVED, Alert.Kind.OPENED);
    }

    private static Instant end(Receivers.Came came) throws Exception {
        return Instant.parse(json(came).get(0).path("endsAt").asText());
    }

    @Test
    void whatIsDueGoesByTheSitesTimeAndWhatIsSignedByTheHosts() throws Exception {
        Receivers server = kept(new Receivers());
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));
        Alerts alerts = start(Duration.ofHours(24), ahead, webhook("noc", server));
        incidents.put(Causes.open("i1"));
        Instant before = Instant.now();
        alerts.closed(1, Optional.empty());
        Receivers.Came came = server.next();
        assertThat(Long.parseLong(came.timestamp()))
                .as("a receiver refuses what is five minutes off its own time")
                .isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
        assertThat(Instant.parse(json(came).path("data").path("at").asText()))
                .isAfter(before.plus(Duration.ofDays(29)));
    }

    /** The receiver on which it stumbles is looked at first. */
    @Test
    void aFaultOverOneReceiverLeavesOthersAlone() throws Exception {
        Receivers server = kept(new Receivers());
        ReceiverSettings first = webhook("first", server);
        ReceiverSettings second = webhook("second", server);
        Path file = folder.resolve("outbox.db");
        Outbox.open(file).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO told(receiver, incident, alert, at) VALUES ('first', 'i0', 'no alert', 0)");
        }
        Alerts alerts = start(first, second);
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        assertThat(server.next().path()).isEqualTo("/second");
        incidents.close("i1", T0.plusSeconds(60));
        alerts.closed(2, Optional.empty());
        assertThat(server.next().path()).isEqualTo("/second");
    }

    @Test
    void aCauseWhoseRemedyCannotBeWrittenIsToldWithoutIt() throws Exception {
        Receivers server = kept(new Receivers());
        AlertWriter.Background whole = Causes.background();
        AlertWriter.Background stumbling = new AlertWriter.Background() {
            @Override
            public String service(TargetId target) {
                return whole.service(target);
            }

            @Override
            public List<Configuration> remedies(String incident, Finding finding) {
                if (incident.equals("i1")) {
                    throw new IllegalStateException("no line is written for this");
                }
                return whole.remedies(incident, finding);
            }
        };
        incidents.put(Causes.open("i1"));
        incidents.put(Causes.open("i2"));
        kept(Alerts.start(
                Settings.of(Duration.ofHours(24), webhook("noc", server)),
                "campus",
                incidents,
                stumbling,
                folder.resolve("outbox.db"),
                new Clocks(Clock.systemUTC(), Clock.systemUTC())));
        JsonNode one = json(server.next()).path("data");
        assertThat(one.path("finding").asText()).isEqualTo("i1");
        assertThat(one.path("lines")).isEmpty();
        JsonNode other = json(server.next()).path("data");
        assertThat(other.path("finding").asText()).isEqualTo("i2");
        assertThat(other.path("lines")).isNotEmpty();
    }

    /** A round closes between the two readings: what is open now was not when that was asked, and is not over either. */
    @Test
    void whatComesBackWhileItIsReadIsNotOver() throws Exception {
        Receivers server = kept(new Receivers());
        AtomicBoolean isRacing = new AtomicBoolean();
        IncidentSource racing = new IncidentSource() {
            @Override
            public List<Incident> open() {
                return isRacing.getAndSet(false) ? List.of() : incidents.open();
            }

            @Override
            public List<Incident> closedSince(Instant since) {
                return incidents.closedSince(since);
            }
        };
        Alerts alerts = kept(Alerts.start(
                Settings.of(Duration.ofHours(24), webhook("noc", server)),
                "campus",
                racing,
                Causes.background(),
                folder.resolve("outbox.db"),
                new Clocks(Clock.systemUTC(), Clock.systemUTC())));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        assertThat(type(server.next())).isEqualTo("finding.opened");
        isRacing.set(true);
        while (isRacing.get()) {
            alerts.closed(2, Optional.empty());
            Thread.sleep(20);
        }
        incidents.put(Causes.open("i2"));
        alerts.closed(3, Optional.empty());
        JsonNode next = json(server.next()).path("data");
        assertThat(next.path("kind").asText()).isEqualTo("opened");
        assertThat(next.path("finding").asText()).isEqualTo("i2");
    }

    @Test
    void chatsGetTheirForms() throws Exception {
        Receivers server = kept(new Receivers());
        Path url = Settings.secret(folder, server.url("/services/T1/B2/secret"));
        Target.Slack slack = new Target.Slack(new Target.Address(Optional.empty(), Optional.of(url)), Optional.empty());
        Target.Teams teams = new Target.Teams(Settings.at(server.url("/teams")), Optional.empty());
        Alerts alerts = start(Settings.receiver("slack", slack));
        incidents.put(Causes.open("i1"));
        alerts.closed(1, Optional.empty());
        Receivers.Came toSlack = server.next();
        assertThat(toSlack.path()).isEqualTo("/services/T1/B2/secret");
        assertThat(json(toSlack).path("blocks")).isNotEmpty();
        assertThat(slack.shown()).doesNotContain("T1");
        alerts.close();
        start(Settings.receiver("teams", teams));
        assertThat(json(server.next()).path("attachments")).hasSize(1);
    }

    @Test
    void aTestSaysWhatCameBack() throws Exception {
        Receivers server = kept(new Receivers().answering("403", "204"));
        Receivers gone = new Receivers();
        ReceiverSettings unreachable = webhook("gone", gone);
        gone.close();
        ReceiverSettings noc = webhook("noc", server);
        Alerts alerts = start(noc, unreachable);
        assertThat(alerts.test(List.of(noc))).singleElement().satisfies(t -> {
            assertThat(t.outcome().kind()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(t.outcome().said()).isEqualTo("the answer was 403 (said the <server>)");
        });
        assertThat(alerts.test(List.of(noc, unreachable)))
                .extracting(t -> t.receiver() + " " + t.outcome().kind())
                .containsExactly("noc DELIVERED", "gone NOBODY");
        assertThat(type(server.next())).isEqualTo("alert.test");
        assertThat(alerts.outbox().list(Optional.empty(), 10))
                .as("tests do not wait")
                .isEmpty();
    }
}
