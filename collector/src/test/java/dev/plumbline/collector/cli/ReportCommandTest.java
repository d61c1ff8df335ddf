package dev.plumbline.collector.cli;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.Samples;
import dev.plumbline.collector.SealCheck;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.words.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code plumbline report} against a whole collector over mutual TLS. Two rounds were judged, the second finds a drop. */
final class ReportCommandTest {
    private static final String MARKUP = "<script>alert(1)</script>\u001b[2J";

    @TempDir
    static Path folder;

    private static Collector collector;

    @BeforeAll
    static void start() throws Exception {
        collector = WifiCollector.start(folder, "", store -> {
            judged(store, T0, Verdict.MET, List.of());
            judged(store, T0.plusSeconds(3600), Verdict.BROKEN, incidents());
        });
    }

    /** So many that they do not travel in one piece. */
    private static List<Incident> incidents() {
        List<Incident> incidents = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Finding finding = new Finding(
                    Place.of(WIFI),
                    Mechanism.TCP_DROP,
                    Scope.parse("tcp/5223"),
                    List.of(COURIER),
                    Samples.drop(WIFI).witnesses(),
                    "They say " + MARKUP + " " + i,
                    "Permit it.");
            incidents.add(new Incident("i" + i, finding, T0.plusSeconds(3603), Optional.empty(), 1));
        }
        return incidents;
    }

    private static void judged(SqliteStore store, Instant at, Verdict verdict, List<Incident> incidents) {
        long round = at.toEpochMilli();
        store.apply(new RoundChange(
                verdict(
                        round,
                        Set.of(WIFI),
                        List.of(cell(WIFI, COURIER, State.OK, round)),
                        List.of(),
                        List.of(requirement(WIFI, "apns-device-direct", verdict))),
                incidents,
                List.of(),
                List.of(),
                new ClosedRound(round, at.plusSeconds(3), 1, 1),
                0,
                0,
                0));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static Typed run(String... arguments) {
        return Typed.at(folder.resolve("client.yaml"), arguments);
    }

    private static Typed report(String to, String... more) {
        return run(
                Stream.concat(Stream.of("report", "--from", T0.plusSeconds(3).toString(), "--to", to), Stream.of(more))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-21T11:00:00Z | 0 | MET
            2026-11-21T11:30:00Z | 1 | BROKEN
            """)
    void theExitCodeSaysWhetherAllWasMet(String to, int code, String verdict) {
        Path file = folder.resolve("verdict.html");
        Typed answer = report(to, "--out", file.toString());
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(code);
        assertThat(answer.out()).startsWith(verdict + ": the report is " + file + " (");
    }

    @Test
    void whatIsNotKnownAllTheTimeIsNotMet() {
        Typed answer = run("report", "--from", "2026-11-01", "--to", "2026-11-21T11:00:00Z", "--out", "-");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.INSUFFICIENT);
        assertThat(answer.out()).contains("Nothing is remembered of before 2026-11-21T10:00:03Z");
    }

    @Test
    void aSignedReportIsWrittenWithItsSignatureBeside() throws Exception {
        Path file = folder.resolve("signed.html");
        Typed answer = report("2026-11-21T11:30:00Z", "--sign", "--json", "--out", file.toString());
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.BROKEN);
        JsonNode told = new ObjectMapper().readTree(answer.out());
        byte[] document = Files.readAllBytes(file);
        assertThat(document.length).as("more than one piece").isGreaterThan(3 * 65536);
        assertThat(told.get("sha256").asText()).isEqualTo(Sha256.of(document).hex());
        assertThat(told.get("sizeBytes").asLong()).isEqualTo(document.length);
        assertThat(told.get("signature").asText()).isEqualTo(file + ".p7s");
        CMSSignedData signature = new CMSSignedData(
                new CMSProcessableByteArray(document), Files.readAllBytes(folder.resolve("signed.html.p7s")));
        assertThat(signature.getSignerInfos().size()).isEqualTo(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(f -> f.startsWith(".plumbline"));
        }
        assertThat(report("2026-11-21T11:30:00Z", "--out", file.toString()).out())
                .doesNotContain("p7s");
        assertThat(Files.readAllBytes(file)).as("asked again").isEqualTo(document);
    }

    @Test
    void theLinesThatTellHowToCheckASignatureDoSo() throws Exception {
        Path file = folder.resolve("checked.html");
        List<String> told = report("2026-11-21T11:30:00Z", "--sign", "--out", file.toString())
                .out()
                .lines()
                .filter(l -> l.contains(": openssl "))
                .map(l -> l.substring(l.indexOf(": openssl ") + 2))
                .toList();
        assertThat(told).hasSize(2);
        assertThat(SealCheck.run(folder.resolve("pki"), String.join(" && ", told)))
                .contains("successful", "spiffe://campus.example/site/campus/collector");
        Files.write(file, new byte[] {1});
        assertThat(SealCheck.run(folder.resolve("pki"), told.get(0))).contains("failure");
    }

    @Test
    void markupThatAnAgentSentIsShownInThePageAndNotObeyed() {
        String page = report("2026-11-21T11:30:00Z", "--out", "-").out();
        assertThat(page)
                .contains("They say &lt;script&gt;alert(1)&lt;/script&gt;?[2J 7")
                .doesNotContain("<script", "\u001b");
    }

    @Test
    void jsonAndTablesAreTheSameReport() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(report("2026-11-21T11:30:00Z", "--format", "json", "--out", "-")
                        .out());
        assertThat(json.get("verdict").asText()).isEqualTo("BROKEN");
        assertThat(json.get("segments")
                        .get(0)
                        .get("requirements")
                        .get(0)
                        .get("longestBreach")
                        .get("lasted")
                        .asText())
                .isEqualTo("1797s");
        Path zip = folder.resolve("report.zip");
        assertThat(report("2026-11-21T11:30:00Z", "--format", "csv", "--out", zip.toString())
                        .exitCode())
                .isEqualTo(ExitCode.BROKEN);
        assertThat(Files.readAllBytes(zip)).startsWith('P', 'K');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report --from 2026-11-21                                         | Missing required option: '--to=TIME'
            report --from soon --to now                                      | --from: 'soon' is no time; write 2026-11-01
            report --from 2026-11-22 --to 2026-11-21T11:00:00Z               | from: 2026-11-22T00:00:00Z is not before to, 2026-11-21T11:00:00Z
            report --from 2026-11-21 --to 9999-01-01                         | to: 9999-01-01T00:00:00Z is still to come
            report --from 2026-01-01 --to 2026-02-01                         | to: nothing is remembered of before 2026-11-21T10:00:03Z
            report --from 2026-11-21 --to 2026-11-21T11:00:00Z --format pdf  | 'pdf' is no format of a report; write html, csv, json
            report --from 2026-11-21 --to 2026-11-21T11:00:00Z --segment lan | no segment 'lan' is declared; declared are wifi
            report --from 2026-11-21 --to 2026-11-21T11:00:00Z --sign --out - | --out -: prints html and json alone
            report --from 2026-11-21 --to 2026-11-21T11:00:00Z --out /nowhere/report.html | --out: /nowhere/report.html cannot be written
            """)
    void whatIsWrongIsSaidOfWhatIsWrong(String command, String sentence) {
        Typed answer = run(command.strip().split(" +"));
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(sentence);
    }
}
