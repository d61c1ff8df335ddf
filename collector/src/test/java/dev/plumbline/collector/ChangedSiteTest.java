package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.WIFI_A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.enrol.SegmentSteps;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.store.AgentReport;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.collector.store.StoreTable;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Observation;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A journal across changes of the site, with the site's own judge and real files, and the store that is made anew from it. */
final class ChangedSiteTest {
    private static final UUID INCARNATION = new UUID(1, 2);

    /** In the header of a SQLite file; 2 where a log is beside it. */
    private static final int READ_VERSION = 19;

    private static final AgentId LAB_A = new AgentId(new SegmentId("lab"), "a");

    @TempDir
    Path folder;

    private long sequence;
    private long round = JudgedFolder.TIMING.demandAt(Instant.now());

    private interface Step {
        void take(SegmentSteps steps) throws Exception;
    }

    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void write() throws Exception {
        write("    - {id: wifi, kind: wifi}\n    - {id: srv, kind: server}\n");
        Files.createDirectories(data());
    }

    private void write(String segments) throws Exception {
        Files.writeString(folder.resolve("collector.yaml"), """
                listen: 127.0.0.1:0
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: data
                rounds: {every: 1h, grace: 20s}
                site:
                  id: campus
                  domain: campus.example
                  segments:
                %s""".formatted(segments));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private CollectorConfig config() throws Exception {
        return CollectorConfig.read(folder.resolve("collector.yaml"));
    }

    private Judging judging() throws Exception {
        List<SegmentChange> changes = EnrolmentFile.segmentChanges(DataFolder.enrolments(data()));
        Site site = config().written().after(changes);
        return Judging.of(config().under(site));
    }

    private JudgedFolder open() throws Exception {
        Judging judging = judging();
        return new JudgedFolder(data(), judging, judging.basis());
    }

    private void change(JudgedFolder judged, Step step) throws Exception {
        step(step);
        Judging judging = judging();
        judged.judgeBy(judging, judging.basis());
    }

    private void round(JudgedFolder judged, AgentId agent, String unfit) throws Exception {
        round++;
        sequence++;
        Batch batch = new Batch(
                INCARNATION,
                sequence,
                "",
                List.of(unfit.isEmpty() ? Samples.observation(COURIER, round, 1) : silent()),
                List.of(Samples.summary(round, unfit)),
                List.of());
        judged.append(agent, batch).join();
        assertThat(judged.closes(round)).isTrue();
    }

    /** Nobody answers: with an agent that is not fit, it is the agent's own fault. */
    private Observation silent() {
        Attempt attempt = new Attempt(
                "1-courier.push.apple.com",
                Transport.TCP,
                new Endpoint("10.20.20.33", 40001),
                new Endpoint("17.57.144.10", 5223),
                Instant.ofEpochMilli(round),
                Failure.of(FailureKind.CONNECT_SILENT),
                Duration.ofSeconds(4),
                Duration.ZERO,
                List.of(),
                Optional.empty(),
                WhoAnswered.NOTHING);
        return new Observation(
                COURIER,
                round,
                1,
                Instant.ofEpochMilli(round),
                Duration.ofSeconds(4),
                List.of(),
                List.of(attempt),
                Duration.ZERO);
    }

    private Answer run(String command, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CollectorMain.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] arguments = new String[3 + more.length];
        arguments[0] = command;
        arguments[1] = "--config";
        arguments[2] = folder.resolve("collector.yaml").toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new Answer(line.execute(arguments), out.toString(), err.toString());
    }

    private void assertRebuildIsTheSame() {
        Answer verified = run("rebuild", "--verify");
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).doesNotContain("rows may differ").doesNotContain(" no ");
    }

    private static List<AgentId> reporting(JudgedFolder judged) {
        return judged.store.reports().stream().map(AgentReport::agent).toList();
    }

    private static Incident at(JudgedFolder judged, AgentId agent) {
        return judged.store.incidents().stream()
                .filter(i -> i.finding().place().word().equals(agent.segment().value()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSegmentComesIsJudgedAndGoesAndTheStoreMadeAnewIsTheSame() throws Exception {
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "busy");
            round(judged, LAB_A, "busy");
            assertThat(judged.store.latestRounds()).as("nobody declared it yet").doesNotContainKey(LAB_A.segment());
            change(judged, steps -> steps.add("lab", "wifi"));
            round(judged, LAB_A, "busy");
            round(judged, WIFI_A, "");
            assertThat(at(judged, LAB_A).isOpen()).isTrue();
            assertThat(judged.store.cells()).anyMatch(c -> c.segment().equals(LAB_A.segment()));
            change(judged, steps -> steps.remove("lab"));
            assertThat(at(judged, LAB_A).closedAt()).isPresent();
            assertThat(at(judged, LAB_A).history().changes())
                    .last()
                    .satisfies(c -> assertThat(c.kind()).isEqualTo(Change.Kind.CLOSED))
                    .satisfies(c -> assertThat(c.said()).isEqualTo("segment lab was removed from the site"));
            assertThat(judged.store.latestRounds()).doesNotContainKey(LAB_A.segment());
            assertThat(judged.store.cells()).noneMatch(c -> c.segment().equals(LAB_A.segment()));
            assertRebuildIsTheSame();
            assertThat(reporting(judged)).containsExactly(WIFI_A);
            round(judged, LAB_A, "busy");
            round(judged, WIFI_A, "busy");
            assertThat(at(judged, LAB_A).isOpen())
                    .as("what is not declared is not judged")
                    .isFalse();
            assertThat(reporting(judged)).as("nor does it come back").containsExactly(WIFI_A);
            assertRebuildIsTheSame();
        }
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "");
        }
        assertRebuildIsTheSame();
    }

    @Test
    void removedAndAddedAgainWithoutARoundBetweenIsTwoChanges() throws Exception {
        try (JudgedFolder judged = open()) {
            change(judged, steps -> steps.add("lab", "wifi"));
            round(judged, LAB_A, "busy");
            change(judged, steps -> steps.remove("lab"));
            change(judged, steps -> steps.add("lab", "guest"));
            assertThat(at(judged, LAB_A).isOpen()).isFalse();
            assertRebuildIsTheSame();
            round(judged, LAB_A, "busy");
            assertThat(at(judged, LAB_A).reopened())
                    .as("the same cause came back")
                    .isEqualTo(1);
        }
        assertRebuildIsTheSame();
        assertThat(run("rebuild").exitCode()).isZero();
        assertRebuildIsTheSame();
    }

    @Test
    void aSegmentThatIsTakenOutOfTheFileLeavesNothingOpen() throws Exception {
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "busy");
            assertThat(at(judged, WIFI_A).isOpen()).isTrue();
        }
        write("    - {id: srv, kind: server}\n");
        try (JudgedFolder judged = open()) {
            round(judged, new AgentId(new SegmentId("srv"), "a"), "");
            assertThat(at(judged, WIFI_A).isOpen()).isFalse();
        }
    }

    /** What is gone since would not be judged by today's site at all. */
    @Test
    void aStartWithoutAStoreJudgesEachStretchByTheSiteThatWasDeclaredThen() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        List<StoreTable> before;
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "");
            change(judged, steps -> steps.add("lab", "wifi"));
            round(judged, LAB_A, "busy");
            change(judged, steps -> steps.remove("lab"));
            round(judged, WIFI_A, "busy");
            assertThat(at(judged, LAB_A).isOpen()).isFalse();
        }
        try (StoreContent content = StoreContent.open(DataFolder.store(data()))) {
            before = content.tables();
        }
        Files.delete(DataFolder.store(data()));
        // A kill while they were made leaves this behind.
        Files.writeString(data().resolve("store.db.rebuilding"), "half of it");
        Files.writeString(data().resolve("snapshot.db.next"), "half of it");
        Collector.start(config(), Clock.systemUTC()).close();
        try (StoreContent content = StoreContent.open(DataFolder.store(data()))) {
            assertThat(content.tables()).isEqualTo(before);
        }
        assertRebuildIsTheSame();
        assertThat(data().resolve("store.db.rebuilding")).doesNotExist();
        assertThat(data().resolve("snapshot.db.next")).doesNotExist();
        assertThat(run("rebuild").exitCode()).isZero();
        assertThat(Files.readAllBytes(DataFolder.store(data()))[READ_VERSION])
                .as("1: it was put in place without a log beside it")
                .isEqualTo((byte) 1);
    }

    /** That the segment was out of sight for a moment is in the journal, and what follows of it not in the store yet. */
    @Test
    void whatAJudgeSaidThatItBeginsWithIsDoneByTheNextStartThoughItsProcessWasKilledBefore() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        try (JudgedFolder judged = open()) {
            change(judged, steps -> steps.add("lab", "wifi"));
            round(judged, LAB_A, "busy");
            assertThat(at(judged, LAB_A).isOpen()).isTrue();
        }
        step(steps -> steps.remove("lab"));
        try (SqliteJournal journal = SqliteJournal.open(DataFolder.journal(data()))) {
            journal.enterBeginning(
                            journal.lastClosing(), Instant.now(), judging().basis())
                    .join();
        }
        step(steps -> steps.add("lab", "guest"));
        assertRebuildIsTheSame();
        Collector.start(config(), Clock.systemUTC()).close();
        assertRebuildIsTheSame();
        try (JudgedFolder judged = open()) {
            assertThat(at(judged, LAB_A).isOpen()).isFalse();
        }
    }

    /** Its store is as the program left it that had no tables of history; what came before is judged once more by nobody. */
    @Test
    void aStoreOfAProgramWithoutHistoryIsTheBeginningOfOneThatIsMadeAnew() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "busy");
            round(judged, WIFI_A, "");
            round(judged, WIFI_A, "busy");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.store(data()));
                Statement statement = connection.createStatement()) {
            for (String table : List.of("heard", "cell_history", "requirement_history", "incident_history")) {
                statement.execute("DROP TABLE " + table);
            }
            statement.execute("DELETE FROM flyway_schema_history WHERE version = '7'");
            statement.execute("UPDATE schema_version SET version = 6");
        }
        Collector.start(config(), Clock.systemUTC()).close();
        assertThat(DataFolder.snapshot(data())).exists();
        assertRebuildIsTheSame();
        byte[] kept = Files.readAllBytes(DataFolder.snapshot(data()));
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "");
            assertThat(at(judged, WIFI_A).isOpen()).isFalse();
        }
        assertRebuildIsTheSame();
        Collector.start(config(), Clock.systemUTC()).close();
        assertThat(Files.readAllBytes(DataFolder.snapshot(data()))).as("once").isEqualTo(kept);
        assertThat(run("rebuild").exitCode()).isZero();
        assertRebuildIsTheSame();
    }

    /** The start before had the segment in sight, and judged nothing. */
    @Test
    void aSegmentThatIsTakenOutOfTheFileIsClosedWhenThatIsFoundAndNotAtAnEarlierStart() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "busy");
        }
        try (SqliteJournal journal = SqliteJournal.open(DataFolder.journal(data()))) {
            journal.enterBeginning(
                            journal.lastClosing(), Instant.now(), judging().basis())
                    .join();
        }
        write("    - {id: srv, kind: server}\n");
        Instant found = Instant.now();
        Collector.start(config(), Clock.systemUTC()).close();
        try (JudgedFolder judged = open()) {
            round(judged, new AgentId(new SegmentId("srv"), "a"), "");
            assertThat(at(judged, WIFI_A).closedAt().orElseThrow())
                    .isAfterOrEqualTo(found.truncatedTo(ChronoUnit.MICROS));
        }
    }

    /** Something lies where the store is to be made: as on a full disk it is the medium that refuses, and not the configuration. */
    @Test
    void aStartThatCannotMakeItsStoreNowIsToBeTriedAgain() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "");
        }
        Files.delete(DataFolder.store(data()));
        Path inTheWay = Files.createDirectories(data().resolve("store.db.rebuilding/files"));
        Answer refused = run("serve");
        assertThat(refused.exitCode()).isEqualTo(75);
        assertThat(refused.err())
                .startsWith(DataFolder.store(data()) + ": is missing and cannot be made anew from the journal")
                .contains("make room on its disk");
        Files.delete(inTheWay);
        Files.delete(data().resolve("store.db.rebuilding"));
        Collector.start(config(), Clock.systemUTC()).close();
        assertRebuildIsTheSame();
    }

    private void step(Step step) throws Exception {
        try (EnrolmentFile file = EnrolmentFile.open(DataFolder.enrolments(data()))) {
            step.take(SegmentSteps.of(file, config().written()));
        }
    }

    @Test
    void changesWithoutARoundBetweenAreBeginningsOfTheirOwn() throws Exception {
        try (JudgedFolder judged = open()) {
            round(judged, WIFI_A, "");
            change(judged, steps -> steps.add("lab", "wifi"));
            change(judged, steps -> steps.add("attic", "wifi"));
            round(judged, LAB_A, "busy");
            assertThat(at(judged, LAB_A).isOpen()).isTrue();
            assertThat(judged.journal.beginnings()).hasSize(3);
        }
        assertRebuildIsTheSame();
    }
}
