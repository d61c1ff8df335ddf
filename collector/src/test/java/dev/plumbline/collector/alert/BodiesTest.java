package dev.plumbline.collector.alert;

import static dev.plumbline.collector.alert.Causes.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.collector.alert.SyslogMessage.Facility;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.remedy.Configuration;
import dev.plumbline.collector.remedy.Dialect;
import dev.plumbline.words.TargetId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What receivers get, in each form, also when every text from the wire holds markup and ends of lines. */
final class BodiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = T0.plusSeconds(90);
    private static final String HOSTILE =
            "<script>alert(1)</script> <!channel> <https://evil.example|here> *b* [x](https://evil.example) & \"'\r\nBcc: all@campus.example\r\n.\r\n\u001b[2J\u202e\u2028=?utf-8?B?WA==?=";

    private static Alert opened() {
        return Causes.opened();
    }

    private static Alert resolved() {
        return opened().resolved("msg_2", T0.plusSeconds(60), T0.plusSeconds(61), "");
    }

    /** As if an agent, and whoever it met, had written all that it can. */
    private static Alert hostile() {
        AlertWriter.Background background = new AlertWriter.Background() {
            @Override
            public String service(TargetId target) {
                return HOSTILE;
            }

            @Override
            public List<Configuration> remedies(String incident, Finding finding) {
                return List.of(new Configuration(Dialect.NFTABLES, List.of(HOSTILE, "." + HOSTILE)));
            }
        };
        Finding plain = Causes.finding("wifi", "tcp.drop", "tcp/5223");
        Finding finding = new Finding(
                plain.place(), plain.mechanism(), plain.scope(), plain.targets(), plain.witnesses(), HOSTILE, HOSTILE);
        Incident incident = Causes.open("i1", finding, T0);
        return new AlertWriter(
                        "campus",
                        Optional.of(URI.create("https://p.example/a&b")),
                        Optional.empty(),
                        background,
                        () -> "msg_1")
                .of(Alert.Kind.OPENED, incident, T0, HOSTILE);
    }

    @Test
    void textsOfAnAlertAreSingleLinesWithoutControlsAndBounded() {
        Alert alert = hostile();
        List<String> texts = new ArrayList<>(List.of(alert.sentence(), alert.said(), alert.remedy()));
        texts.addAll(alert.lines());
        assertThat(texts).hasSize(5).allSatisfy(t -> assertThat(t).matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+"));
        assertThat(AlertWriter.clip("x".repeat(5_000), AlertWriter.LONGEST_TEXT))
                .hasSize(2_000)
                .endsWith("…");
        assertThat(AlertWriter.clip("a😀😀", 4)).isEqualTo("a😀…");
    }

    @Test
    void anAlertIsReadAsItWasWritten() {
        assertThat(AlertJson.read(AlertJson.text(hostile()))).isEqualTo(hostile());
        assertThat(AlertJson.read(AlertJson.text(resolved()))).isEqualTo(resolved());
        assertThatThrownBy(() -> AlertJson.read("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AlertJson.read("{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWebhookGetsTypeTimeAndTheAlert() throws Exception {
        JsonNode json = JSON.readTree(WebhookBody.of(opened()));
        assertThat(json.path("type").asText()).isEqualTo("finding.opened");
        assertThat(json.path("timestamp").asText()).isEqualTo("2026-11-21T10:00:00Z");
        JsonNode data = json.path("data");
        assertThat(data.path("key").asText()).isEqualTo("campus/i1");
        assertThat(data.path("cause").asText()).isEqualTo("tcp.drop");
        assertThat(data.path("severity").asText()).isEqualTo("violation");
        assertThat(data.path("services")).hasSize(1);
        assertThat(data.path("lines")).hasSize(2);
        assertThat(data.path("ended").isNull()).isTrue();
        assertThat(JSON.readTree(WebhookBody.of(resolved())).path("type").asText())
                .isEqualTo("finding.resolved");
    }

    /** The example of the specification's own libraries. */
    @Test
    void aSignatureIsThatOfStandardWebhooks() {
        assertThat(WebhookBody.signature(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1_614_265_330),
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThatThrownBy(() -> WebhookBody.key("short")).hasMessageContaining("can be guessed");
        assertThatThrownBy(() -> WebhookBody.key("whsec_***")).hasMessageContaining("no Base64");
    }

    @Test
    void alertmanagerGetsTheSameLabelsFromTheOpeningToTheEnd() throws Exception {
        Duration resend = Duration.ofMinutes(1);
        JsonNode firing =
                JSON.readTree(AlertmanagerBody.of(opened(), NOW, resend)).get(0);
        JsonNode over =
                JSON.readTree(AlertmanagerBody.of(resolved(), NOW, resend)).get(0);
        assertThat(firing.path("labels")).isEqualTo(over.path("labels"));
        assertThat(firing.path("labels").path("severity").asText()).isEqualTo("critical");
        assertThat(firing.path("startsAt").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(firing.path("endsAt").asText())
                .as("later than the next message, or it would be over before that")
                .isEqualTo("2026-11-21T10:05:30Z");
        assertThat(over.path("endsAt").asText()).isEqualTo("2026-11-21T10:01:00Z");
        assertThat(firing.path("annotations").path("remedy_lines").asText()).contains("tcp dport 5223 accept");
    }

    private static List<JsonNode> nodes(JsonNode json) {
        List<JsonNode> all = new ArrayList<>(List.of(json));
        json.forEach(child -> all.addAll(nodes(child)));
        return all;
    }

    @Test
    void slackShowsMarkupAndDoesNotObeyIt() throws Exception {
        JsonNode json = JSON.readTree(SlackBody.of(hostile()));
        assertThat(json.path("text").asText())
                .doesNotContain("<", ">")
                .contains("&lt;!channel&gt;", "&lt;https://evil.example|here&gt;");
        assertThat(nodes(json.path("blocks")).stream()
                        .filter(n -> n.has("type"))
                        .map(n -> n.path("type").asText()))
                .as("none of these reads markup")
                .containsOnly(
                        "header", "plain_text", "rich_text", "rich_text_section", "rich_text_preformatted", "text");
        assertThat(json.path("blocks").get(0).path("text").path("text").asText())
                .hasSizeLessThanOrEqualTo(150);
        assertThat(SlackBody.of(opened())).contains("tcp dport 5223 accept");
        assertThat(SlackBody.of(resolved()))
                .as("a remedy that is over helps nobody")
                .doesNotContain("accept");
    }

    @Test
    void teamsShowsMarkupAndDoesNotObeyIt() throws Exception {
        JsonNode json = JSON.readTree(TeamsBody.of(hostile()));
        JsonNode card = json.path("attachments").get(0).path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(nodes(card.path("body")).stream()
                        .filter(n -> n.has("type"))
                        .map(n -> n.path("type").asText()))
                .as("TextBlock and FactSet would read Markdown")
                .containsOnly("RichTextBlock", "TextRun");
        assertThat(json.path("attachments").get(0).path("contentType").asText())
                .isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.path("actions").get(0).path("url").asText()).startsWith("https://p.example/");
    }

    @Test
    void aMailHasTheHeadersThatAreMeantAndNoOthers() {
        String mail =
                MailMessage.of(hostile(), "p@campus.example", List.of("noc@campus.example"), "campus.example", NOW);
        String head = mail.substring(0, mail.indexOf("\r\n\r\n"));
        assertThat(head.lines().filter(l -> !l.startsWith(" ")).map(l -> l.substring(0, l.indexOf(':'))))
                .containsExactly(
                        "Date",
                        "From",
                        "To",
                        "Subject",
                        "Message-ID",
                        "References",
                        "Auto-Submitted",
                        "MIME-Version",
                        "Content-Type");
        assertThat(mail.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(mail.lines())
                .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(998).matches("\\p{ASCII}*"));
        List<String> parts = parts(mail);
        assertThat(parts.get(0)).contains("<script>").doesNotContain("Bcc: all@campus.example\r\n", "\u001b");
        assertThat(parts.get(1))
                .doesNotContain("<script>", "<!channel>")
                .contains("&lt;script&gt;", "&quot;&#39;")
                .contains("<a href=\"https://p.example/a&amp;b/findings/i1\">");
    }

    private static List<String> parts(String mail) {
        List<String> parts = new ArrayList<>();
        for (String part : mail.split("--plumbline-msg-1", -1)) {
            if (part.contains("base64")) {
                String body = part.substring(part.indexOf("\r\n\r\n") + 4);
                parts.add(new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8));
            }
        }
        assertThat(parts).hasSize(2);
        return parts;
    }

    @Test
    void aThreadOfMailsIsThatOfTheCause() {
        String first =
                MailMessage.of(opened(), "p@campus.example", List.of("noc@campus.example"), "campus.example", NOW);
        String last =
                MailMessage.of(resolved(), "p@campus.example", List.of("noc@campus.example"), "campus.example", NOW);
        assertThat(first)
                .contains("Message-ID: <msg_1@campus.example>\r\n", "References: <campus.i1@campus.example>\r\n");
        assertThat(last)
                .contains("Message-ID: <msg_2@campus.example>\r\n", "References: <campus.i1@campus.example>\r\n");
        assertThat(first)
                .contains(
                        "Subject: [violation] wifi: tcp.drop tcp/5223\r\n",
                        "Date: Sat, 21 Nov 2026 10:01:30 +0000\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain words          | plain words
            =?utf-8?B?WA==?=     | =?utf-8?B?PT91dGYtOD9CP1dBPT0/PQ==?=
            Grüße                | =?utf-8?B?R3LDvMOfZQ==?=
            """)
    void aSubjectIsEncodedWhereItWouldBeReadAsSomethingElse(String text, String encoded) {
        assertThat(MailMessage.words(text)).isEqualTo(encoded);
    }

    @Test
    void aLongSubjectIsFoldedBetweenCharacters() {
        String folded = MailMessage.words("ü".repeat(200));
        assertThat(folded.split("\r\n ", -1)).allSatisfy(word -> {
            assertThat(word).hasSizeLessThanOrEqualTo(75);
            String text = word.replaceAll("^=\\?utf-8\\?B\\?|\\?=$", "");
            assertThat(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                    .matches("ü+");
        });
    }

    @Test
    void aLogLineIsOneLineOfRfc5424() {
        String line = text(SyslogMessage.of(hostile(), "collector 1\n", Facility.LOCAL0, SyslogMessage.LONGEST_FRAME));
        assertThat(line)
                .startsWith("<131>1 2026-11-21T10:00:00Z collector?1? plumbline - opened - [violation] wifi: tcp.drop")
                .matches("[^\\p{Cc}]*")
                .contains("Id: msg_1");
        assertThat(text(SyslogMessage.of(resolved(), "", Facility.DAEMON, SyslogMessage.LONGEST_FRAME)))
                .startsWith("<29>1 2026-11-21T10:01:01Z - plumbline - resolved - ");
    }

    @Test
    void aLogLinesTimeHasNoMoreThanMicroseconds() {
        Alert alert = Causes.writer(() -> "msg_1").test(Instant.parse("2026-11-21T10:00:00.123456789Z"));
        assertThat(text(SyslogMessage.of(alert, "h", Facility.LOCAL0, SyslogMessage.LONGEST_FRAME)))
                .startsWith("<133>1 2026-11-21T10:00:00.123456Z h plumbline - test - ");
    }

    @Test
    void aLogLineThatIsTooLongEndsBetweenCharacters() {
        byte[] clipped = SyslogMessage.of(hostile(), "h", Facility.LOCAL0, 120);
        assertThat(clipped).hasSizeLessThanOrEqualTo(120);
        assertThat(text(clipped)).doesNotContain("\ufffd");
        assertThat(text(SyslogMessage.framed("aü".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("3 aü");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Alert.Kind.class)
    void everyKindHasEveryForm(Alert.Kind kind) throws Exception {
        AlertWriter writer = Causes.writer(() -> "msg_1");
        Alert alert = switch (kind) {
            case OPENED, CHANGED, ONGOING -> writer.of(kind, Causes.open("i1"), T0, "");
            case RESOLVED -> resolved();
            case SUMMARY ->
                writer.summary(List.of(Causes.closed(Causes.open("i1"), NOW)), "22:00 to 07:00 (UTC)", T0, NOW);
            case TEST -> writer.test(T0);
        };
        assertThat(JSON.readTree(WebhookBody.of(alert))
                        .path("data")
                        .path("kind")
                        .asText())
                .isEqualTo(kind.word());
        assertThat(JSON.readTree(SlackBody.of(alert)).path("blocks")).isNotEmpty();
        assertThat(JSON.readTree(TeamsBody.of(alert)).path("attachments")).hasSize(1);
        assertThat(JSON.readTree(AlertmanagerBody.of(alert, NOW, Duration.ofMinutes(1))))
                .hasSize(1);
        assertThat(MailMessage.of(alert, "p@campus.example", List.of("a@b.example"), "b.example", NOW))
                .contains("Subject: [");
        assertThat(text(SyslogMessage.of(alert, "h", Facility.LOCAL7, 8_192))).contains(" " + kind.word() + " - ");
        assertThat(AlertJson.read(AlertJson.text(alert))).isEqualTo(alert);
    }

    /** A message that is too long would be refused as a whole. */
    @Test
    void chatsGetAsManyLinesAsTheyTake() throws Exception {
        Alert alert = opened();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add("line " + i + " " + "ü".repeat(290));
        }
        Alert lengthy = new Alert(
                alert.kind(),
                alert.id(),
                alert.key(),
                alert.finding(),
                alert.site(),
                alert.place(),
                alert.segments(),
                alert.cause(),
                alert.scope(),
                alert.severity(),
                "x".repeat(2_000),
                "y".repeat(2_000),
                alert.since(),
                alert.ended(),
                alert.at(),
                alert.services(),
                "z".repeat(2_000),
                alert.dialect(),
                lines,
                alert.link());
        assertThat(nodes(JSON.readTree(SlackBody.of(lengthy))).stream().filter(JsonNode::isTextual))
                .allSatisfy(t -> assertThat(t.asText()).hasSizeLessThanOrEqualTo(2_900));
        assertThat(SlackBody.of(lengthy)).contains("(51 more lines: plumbline remedy shows all)");
        assertThat(TeamsBody.of(lengthy).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(28 << 10);
        assertThat(TeamsBody.of(lengthy)).contains("(44 more lines: plumbline remedy shows all)");
    }

    @Test
    void aTestSaysThatItIsOne() {
        Alert test = Causes.writer(() -> "msg_1").test(T0);
        assertThat(AlertText.of(test).title()).isEqualTo("[test] campus: alerts reach you");
        assertThat(test.sentence()).contains("nothing is wrong");
    }

    @Test
    void aCauseBeyondAllSegmentsNamesThoseThatSawIt() {
        Finding site = Causes.finding("site", "upstream.blocked", "tcp/5223");
        assertThat(site.witnesses()).extracting(Witness::segment).isNotEmpty();
        Alert alert = Causes.writer(() -> "msg_1").of(Alert.Kind.OPENED, Causes.open("i1", site, T0), T0, "");
        assertThat(alert.segments()).containsExactly("wifi");
        assertThat(AlertText.of(alert).facts()).contains(new AlertText.Fact("Where", "site, seen on wifi"));
    }
}
