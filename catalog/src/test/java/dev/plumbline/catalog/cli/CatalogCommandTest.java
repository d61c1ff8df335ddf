package dev.plumbline.catalog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class CatalogCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = CatalogCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void rowsAsTsvAreOnePairALineInEightColumns() {
        assertThat(run("rows", "--edition", "ht210060-2022", "--format", "tsv")).isZero();
        assertThat(lines()).hasSize(127).allMatch(l -> l.split("\t", -1).length == 8);
        assertThat(lines())
                .contains(
                        "ht210060-2022\tSchool and Business Manager\tupload.appleschoolcontent.com\t22\tSSH\t-\tyes\tSFTP uploads");
        assertThat(lines())
                .contains("ht210060-2022\tDevice setup\tgs.apple.com\t443\tTCP\tiOS, iPadOS, tvOS, and macOS\tyes\t");
    }

    @Test
    void editionsAreListedOldestFirst() {
        assertThat(run("editions")).isZero();
        assertThat(lines().get(0)).startsWith("EDITION");
        assertThat(lines().stream().skip(1).map(l -> l.split(" ", 2)[0]))
                .containsExactly("rummel-2013", "jamf-apns", "ht210060-2019", "ht210060-2022", "plumbline-2026");
    }

    @Test
    void targetsOfARoleLeaveOutThoseOfOthers() {
        assertThat(run("targets", "--edition", "plumbline-2026", "--role", "mdm-server", "--format", "tsv"))
                .isZero();
        List<String> ids = lines().stream().map(l -> l.split("\t", 2)[0]).toList();
        assertThat(ids).contains("api.push.apple.com:2197", "mdmenrollment.apple.com:443");
        assertThat(ids).doesNotContain("courier:5223", "swpost.apple.com:80");
    }

    @Test
    void theTableOfTargetsSaysWithinALineHowEachIsProbedOrWhyItIsNotOwed() {
        assertThat(run("targets")).isZero();
        assertThat(lines()).allMatch(l -> l.length() <= 100);
        assertThat(lines()).anyMatch(l -> l.matches("courier:5223 +courier +required"));
        assertThat(lines()).anyMatch(l -> l.matches("gateway.push.apple.com:2195 +tcp +retired since 2021-03-31"));
        assertThat(lines().stream().skip(1))
                .as("every target has a kind of probe and says whether it is owed")
                .allMatch(l -> l.matches("\\S+ +[a-z0-9-]+ +(required|optional-by-policy|control|retired since \\S+)"));
    }

    @Test
    void diffNamesWhatWasAddedDroppedAndChanged() {
        assertThat(run("diff", "ht210060-2019", "ht210060-2022", "--format", "tsv"))
                .isZero();
        assertThat(lines()).contains("added\tdoh.dns.apple.com\t443\tTCP\t", "dropped\tswpost.apple.com\t80\tTCP\t");
        assertThat(lines())
                .anyMatch(l -> l.startsWith("changed\tcrl.apple.com\t80\tTCP\t") && l.contains("proxy unstated -> no"));
    }

    @Test
    void aHostWhosePortsMovedIsOneLineAndForProgramsStillItsPairs(@TempDir Path folder) throws Exception {
        String head = "id\tx\ntitle\tX\ndate\t2026\nderived\tno\nsource\tus\n";
        Path before =
                Files.writeString(folder.resolve("before.tsv"), head + "row\t1\tS\ta.example\t5223\tTCP\tiOS\tyes\n");
        Path after =
                Files.writeString(folder.resolve("after.tsv"), head + "row\t1\tS\ta.example\t2197\tTCP\tiOS\tno\n");
        assertThat(run("diff", before.toString(), after.toString())).isZero();
        assertThat(lines())
                .containsExactly(
                        "CHANGE         HOST       WHAT",
                        "ports changed  a.example  ports 5223/TCP -> 2197/TCP; proxy yes -> no");
        assertThat(run("diff", before.toString(), after.toString(), "--json")).isZero();
        assertThat(out.toString())
                .contains(
                        "{\"change\": \"added\", \"host\": \"a.example\", \"port\": 2197, ",
                        "{\"change\": \"dropped\", \"host\": \"a.example\", \"port\": 5223, ",
                        "\"of-host\": \"ports changed\", \"of-host-what\": \"ports 5223/TCP -> 2197/TCP; proxy yes -> no\"}");
        Files.writeString(after, head + "row\t1\tS\n");
        assertThat(run("diff", "ht210060-2022", after.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith(after + ":6: has 3 cells; ");
    }

    @Test
    void whatNamesNoCommandIsToldWhichThereAre() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("name a command: editions, rows, targets, diff, import or export");
    }

    /** Pages of the manual are made of this. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            editions | Shown
            diff     | Shown
            import   | Written without the lines that could not be read
            export   | Written, but for hosts that the format cannot say
            """)
    void everyCommandSaysWhatItsExitCodesMean(String command, String said) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:", said, "An internal error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            editions                               | "edition": "jamf-apns"
            rows --edition ht210060-2022           | "port": 5223
            targets                                | "target": "courier:5223"
            diff ht210060-2019 ht210060-2022       | "change": "added"
            """)
    void everyListSpeaksJson(String command, String expected) {
        assertThat(run((command + " --json").split(" +"))).isZero();
        assertThat(out.toString())
                .startsWith("[")
                .endsWith("]" + System.lineSeparator())
                .contains(expected);
        assertThat(out.toString()).doesNotContain(",\n]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rows --edition ht210060-2020     | there is no edition 'ht210060-2020'; there are rummel-2013, jamf-apns, ht210060-2019, ht210060-2022, plumbline-2026
            diff jamf-apns nothing           | there is no edition 'nothing'; there are rummel-2013, jamf-apns, ht210060-2019, ht210060-2022, plumbline-2026
            diff jamf-apns nothing.tsv       | nothing.tsv: cannot be read (NoSuchFileException); name an existing, readable edition file
            targets --role printer           | --role: 'printer' is none of device, mdm-server, content-cache
            editions --format xml            | --format: 'xml' is none of table, tsv, json
            """)
    void wrongUseIsOneSentenceAndExitCodeTwo(String command, String sentence) {
        assertThat(run(command.split(" +"))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aBrokenOverlayIsToldWithItsLine(@TempDir Path folder) throws Exception {
        Path overlay = Files.writeString(folder.resolve("o.yaml"), "targets:\n  - id: gdmf.apple.con:443\n");
        assertThat(run("targets", "--overlay", overlay.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith(overlay + ":2: targets[0].id: ").contains("gdmf.apple.com:443");
    }
}
