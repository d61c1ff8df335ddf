package dev.plumbline.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.cli.TextTable.Entry;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.Incomparable;
import dev.plumbline.v1.PoolCoverage;
import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.VerifyVerdict;
import dev.plumbline.v1.WatchResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {
    private static final Terminal NARROW = new Terminal(40, false, false, false);
    private static final Terminal COLOURED = new Terminal(100, true, true, true);

    private static Cell cell(String segment, String service, String state, boolean required) {
        return Cell.newBuilder()
                .setSegment(segment)
                .setService(service)
                .setTargetId(service + "-" + state.toLowerCase(java.util.Locale.ROOT))
                .setState(state)
                .setBecause("seen so")
                .setRequired(required)
                .build();
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    @Test
    void theMatrixShowsTheWorstRequiredStateOfEachServiceAndTheSentencesBelow() {
        List<Cell> cells = List.of(
                cell("wifi", "apns", "OK", true),
                cell("wifi", "apns", "BLOCKED", true),
                cell("wifi", "time", "OK", true),
                cell("wifi", "time", "BLOCKED", false),
                cell("lab", "apns", "OK", false),
                cell("lab", "apns", "OK", false));
        Finding finding = Finding.newBuilder().setSentence("wifi: dropped.").build();
        assertThat(text(MatrixText.services(cells, List.of(finding), Terminal.PLAIN)))
                .isEqualTo("""
                        SERVICE  lab   wifi
                        apns     OK 2  BLOCKED 1/2
                        time     -     OK 1

                        wifi: dropped.
                        """);
    }

    @Test
    void theTargetsOfOneSegmentSayWhy() {
        assertThat(text(MatrixText.targets(List.of(cell("wifi", "apns", "BLOCKED", false)), List.of(), Terminal.PLAIN)))
                .isEqualTo("""
                        TARGET        STATE                  MS  BECAUSE
                        apns-blocked  BLOCKED  not required  -   seen so
                        """);
    }

    @Test
    void segmentsShowTheirAgentsAndHouseRules() {
        Segment segment = Segment.newBuilder()
                .setId("wifi")
                .setKind("wifi")
                .addRoles("device")
                .setOpenViolations(1)
                .addPools(PoolCoverage.newBuilder()
                        .setTargetId("courier:5223")
                        .setNames(50)
                        .addNamesProved("2-courier.push.apple.com")
                        .addNamesProved("7-courier.push.apple.com"))
                .addAgents(AgentStatus.newBuilder().setName("a").setConnected(true))
                .addRequirements(Requirement.newBuilder()
                        .setId("apns-device-direct")
                        .setVerdict("BROKEN")
                        .setStillWorks("MET")
                        .setBecause("dropped"))
                .build();
        assertThat(text(SegmentText.all(List.of(segment), Terminal.PLAIN))).isEqualTo("""
                        SEGMENT  KIND  ROLES   OPEN         POOLS IN 24 H      AGENTS
                        wifi     wifi  device  1 violation  courier:5223 2/50  a connected, no round yet

                        SEGMENT  REQUIREMENT         VERDICT  STILL WORKS  BECAUSE
                        wifi     apns-device-direct  BROKEN   yes          dropped
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # target     | because             | said
                         |                     | they have no target in common.
            courier:5223 | lab: not looked at  | of 1 target at least one side knows nothing, such as of courier:5223 (lab: not looked at).
            """)
    void whereNothingCouldBeComparedNothingIsSaidToBeEqual(String target, String because, String said) {
        CompareSegmentsResponse.Builder response =
                CompareSegmentsResponse.newBuilder().setA("lab").setB("wifi");
        if (target != null) {
            response.addIncomparable(
                    Incomparable.newBuilder().setTargetId(target).setBecause(because));
        }
        assertThat(String.join(" ", ComparisonText.of(response.build(), Terminal.PLAIN)))
                .isEqualTo("Of lab and wifi nothing could be compared: " + said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # before | after   | soft  | line
            OK       | BLOCKED | false | wifi apns  OK -> BLOCKED: reset
            OK       | BLOCKED | true  | wifi apns  OK -> BLOCKED (not yet confirmed): reset
            BLOCKED  | BLOCKED | false | wifi apns  BLOCKED: reset
            """)
    void aLineOfWhatIsWatchedSaysWhatItBecameAndWhy(String before, String after, boolean soft, String line) {
        WatchScreen screen = new WatchScreen("", Terminal.PLAIN);
        Cell was = Cell.newBuilder()
                .setSegment("wifi")
                .setTargetId("apns")
                .setState(before)
                .setBecause("no answer")
                .build();
        screen.lines(WatchResponse.newBuilder().setWhole(true).addCells(was).build());
        Cell is = was.toBuilder()
                .setState(after)
                .setSoft(soft)
                .setBecause("reset")
                .build();
        assertThat(screen.lines(WatchResponse.newBuilder().addCells(is).build()))
                .containsExactly("1970-01-01 00:00:00Z  " + line);
    }

    @Test
    void longTextIsWrappedInTheLastColumn() {
        TextTable table = new TextTable("A", "B")
                .row(List.of(Entry.of("wifi"), Entry.of("one two three four five six seven eight nine ten")));
        assertThat(text(table.lines(NARROW))).isEqualTo("""
                        A     B
                        wifi  one two three four five six seven
                              eight nine ten
                        """);
    }

    @Test
    void coloursAndSymbolsAreForTerminalsOnly() {
        List<Cell> cells = List.of(cell("wifi", "apns", "BLOCKED", true));
        assertThat(text(MatrixText.services(cells, List.of(), COLOURED)))
                .contains("\u001b[31m\u2718 blocked 1\u001b[0m");
        assertThat(text(MatrixText.services(cells, List.of(), new Terminal(100, true, false, true))))
                .contains("\u2718 blocked 1")
                .doesNotContain("\u001b");
    }

    @Test
    void aViolationThatSomebodyAnswersForBreaksNothing() {
        VerifyVerdict verdict = VerifyVerdict.newBuilder()
                .addSegments(Segment.newBuilder()
                        .setKind("wifi")
                        .addRequirements(Requirement.newBuilder().setVerdict("MET")))
                .addFindings(Finding.newBuilder().setSeverity("violation").setExcuse("WAIVED"))
                .build();
        assertThat(ExitCode.of(verdict)).isZero();
    }

    @ParameterizedTest(name = "a {0} segment that is {1} with a {2}: exit code {3}")
    @CsvSource(textBlock = """
            # kind    , verdict      , finding   , code
            wifi      , MET          , note      , 0
            wifi      , BROKEN       , note      , 1
            wifi      , MET          , violation , 1
            wifi      , MET          , fault     , 0
            wifi      , INSUFFICIENT , note      , 3
            reference , INSUFFICIENT , note      , 3
            reference , BROKEN       , note      , 3
            """)
    void theVerdictDecidesTheExitCode(String kind, String requirement, String severity, int code) {
        VerifyVerdict verdict = VerifyVerdict.newBuilder()
                .addSegments(Segment.newBuilder()
                        .setKind(kind)
                        .addRequirements(Requirement.newBuilder().setVerdict(requirement)))
                .addFindings(Finding.newBuilder().setSeverity(severity))
                .build();
        assertThat(ExitCode.of(verdict)).isEqualTo(code);
    }
}
