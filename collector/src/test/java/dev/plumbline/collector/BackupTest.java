package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.WIFI_A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Sha256;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands backup, restore and rebuild over real folders. */
final class BackupTest {
    private static final UUID INCARNATION = new UUID(3, 3);

    @TempDir
    Path folder;

    private long sequence;
    private long round;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void configure() throws Exception {
        configure("collector.yaml", "data");
        configure("other.yaml", "other");
        Files.createDirectories(data());
    }

    private void configure(String name, String data) throws Exception {
        Files.writeString(folder.resolve(name), """
                listen: 127.0.0.1:0
                identity: {certificate: collector.pem, key: collector.key, trust: ca.pem}
                data: %s
                rounds: {every: 1h, grace: 20s}
                site:
                  id: campus
                  domain: campus.example
                  segments:
                    - {id: wifi, kind: wifi, cidrs: [10.20.20.0/24]}
                    - {id: srv, kind: server, cidrs: [198.51.100.32/27]}
                """.formatted(data));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Answer run(String command, String config, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CollectorMain.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exitCode = line.execute(Stream.concat(
                        Stream.of(command, "--config", folder.resolve(config).toString()), Stream.of(more))
                .toArray(String[]::new));
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private JudgedFolder open() throws Exception {
        Judging judging = Judging.of(CollectorConfig.read(folder.resolve("collector.yaml")));
        return new JudgedFolder(data(), judging, judging.basis());
    }

    private void judge(JudgedFolder judged, int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            sequence++;
            round = Math.max(round + 1, JudgedFolder.TIMING.demandAt(Instant.now()));
            judged.append(sequence % 2 == 0 ? WIFI_A : SRV_A, INCARNATION, sequence, round, "")
                    .join();
            assertThat(judged.closes(round)).isTrue();
        }
    }

    private void fill() throws Exception {
        try (JudgedFolder judged = open()) {
            judge(judged, 6);
        }
    }

    private void tamper(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.store(data()));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private String backup(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void eachBackupBesideACollectorAtWorkHoldsWhatWasAcknowledgedBefore() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        AtomicBoolean ended = new AtomicBoolean();
        try (JudgedFolder judged = open()) {
            long first = JudgedFolder.TIMING.demandAt(Instant.now());
            Thread appending = new Thread(() -> {
                for (long n = 1; !ended.get(); n++) {
                    judged.append(WIFI_A, INCARNATION, n, first + n, "").join();
                    acknowledged.set(n);
                }
            });
            appending.start();
            try {
                for (int i = 1; i <= 5; i++) {
                    long least = acknowledged.get();
                    Answer answer = run("backup", "collector.yaml", "--to", backup("backup-" + i));
                    assertThat(answer.err()).isEmpty();
                    assertThat(answer.exitCode()).isZero();
                    Path made = folder.resolve("backup-" + i);
                    try (Stream<Path> files = Files.list(made)) {
                        assertThat(files.map(f -> f.getFileName().toString()))
                                .containsExactlyInAnyOrder("journal.db", "store.db", "manifest.json");
                    }
                    try (JournalReading journal = JournalReading.open(made.resolve("journal.db"))) {
                        assertThat(journal.tail(0, Integer.MAX_VALUE).stream()
                                        .map(JournalEntry::record)
                                        .filter(r -> r.sequence() <= least))
                                .hasSize((int) least);
                        assertThat(SqliteStore.closingOf(made.resolve("store.db")))
                                .isLessThanOrEqualTo(journal.lastClosing());
                    }
                }
            } finally {
                ended.set(true);
                appending.join();
            }
        }
        assertThat(run("restore", "other.yaml", "--from", backup("backup-5")).exitCode())
                .isZero();
        Answer verified = run("rebuild", "other.yaml", "--verify");
        assertThat(verified.exitCode()).as(verified.out()).isZero();
    }

    @Test
    void whatIsRestoredIsWhatWasBackedUp() throws Exception {
        fill();
        Files.copy(DataFolder.store(data()), data().resolve("register.db"));
        Answer made = run("backup", "collector.yaml", "--to", backup("backup"));
        assertThat(made.out()).contains("3 databases", "position 6", "closing 6, the store contains closing 6");
        Answer restored = run("restore", "other.yaml", "--from", backup("backup"));
        assertThat(restored.err()).isEmpty();
        assertThat(restored.exitCode()).isZero();
        for (String name : List.of("journal.db", "store.db", "register.db")) {
            try (StoreContent one = StoreContent.open(data().resolve(name));
                    StoreContent other =
                            StoreContent.open(folder.resolve("other").resolve(name))) {
                assertThat(other.tables()).isEqualTo(one.tables()).isNotEmpty();
            }
        }
    }

    @Test
    void programsAreToldTheSameAsPeople() throws Exception {
        fill();
        JsonNode made = json(run("backup", "collector.yaml", "--json", "--to", backup("backup")));
        assertThat(made.get("folder").asText()).isEqualTo(backup("backup"));
        assertThat(made.get("position").asLong()).isEqualTo(6);
        assertThat(made.get("storeClosing").asLong()).isEqualTo(6);
        assertThat(made.get("damaged")).isEmpty();
        for (JsonNode file : made.get("databases")) {
            Path copy = folder.resolve("backup").resolve(file.get("name").asText());
            assertThat(file.get("bytes").asLong()).isEqualTo(Files.size(copy));
            assertThat(file.get("sha256").asText())
                    .isEqualTo(Sha256.of(Files.readAllBytes(copy)).hex());
        }
        JsonNode restored = json(run("restore", "other.yaml", "--json", "--from", backup("backup")));
        assertThat(restored.get("folder").asText())
                .isEqualTo(folder.resolve("other").toString());
        assertThat(restored.get("madeAt")).isEqualTo(made.get("madeAt"));
        assertThat(restored.has("setAside")).isFalse();
        JsonNode again = json(run("restore", "other.yaml", "--json", "--replace", "--from", backup("backup")));
        assertThat(Path.of(again.get("setAside").asText())).isDirectory();
        JsonNode same = json(run("rebuild", "other.yaml", "--json", "--verify"));
        assertThat(same.get("same").asBoolean()).isTrue();
        assertThat(same.get("tables"))
                .isNotEmpty()
                .allMatch(table -> table.get("same").asBoolean());
        JsonNode rebuilt = json(run("rebuild", "other.yaml", "--json"));
        assertThat(rebuilt.get("rounds").asLong()).isEqualTo(6);
        assertThat(rebuilt.get("whole").asBoolean()).isTrue();
        assertThat(Path.of(rebuilt.get("store").asText())).isRegularFile();
        assertThat(Path.of(rebuilt.get("before").asText())).isRegularFile();
    }

    private static JsonNode json(Answer answer) throws Exception {
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }

    @Test
    void noBackupIsWrittenOverAnother() throws Exception {
        fill();
        assertThat(run("backup", "collector.yaml", "--to", backup("backup")).exitCode())
                .isZero();
        Answer again = run("backup", "collector.yaml", "--to", backup("backup"));
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("exists, and no backup is written over another");
    }

    @Test
    void aFolderWithoutAJournalIsNotBackedUp() {
        Answer answer = run("backup", "collector.yaml", "--to", backup("backup"));
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("holds no journal.db");
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @Test
    void aDamagedEntryIsToldByBackupRestoreAndRebuildAndStopsNone() throws Exception {
        fill();
        damageRecord(2);
        String sentence =
                "record 2 of spiffe://campus.example/site/campus/segment/wifi/agent/a is not as it was written";
        Answer made = run("backup", "collector.yaml", "--to", backup("backup"));
        assertThat(made.exitCode()).isEqualTo(1);
        assertThat(made.out()).contains("2 databases");
        assertThat(made.err()).contains(sentence, "keep older backups");
        Answer restored = run("restore", "other.yaml", "--from", backup("backup"));
        assertThat(restored.exitCode()).isZero();
        assertThat(restored.out()).contains(sentence);
        Answer verified = run("rebuild", "other.yaml", "--verify");
        assertThat(verified.exitCode())
                .as("its round was judged when it was sound")
                .isEqualTo(1);
        assertThat(words(verified.out())).contains("the journal is damaged: " + sentence, "rows may differ");
        Answer rebuilt = run("rebuild", "other.yaml");
        assertThat(rebuilt.exitCode()).isZero();
        assertThat(words(rebuilt.out())).contains("the journal is damaged: " + sentence);
        assertThat(run("rebuild", "other.yaml", "--verify").exitCode()).isZero();
        try (JudgedFolder judged = open()) {
            judge(judged, 2);
            assertThat(judged.store.closing()).isEqualTo(8);
        }
    }

    /** However it was wrapped. */
    private static String words(String lines) {
        return lines.replaceAll("\\s+", " ");
    }

    private void damageRecord(long position) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.journal(data()));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE record SET batch = x'00' WHERE position = " + position))
                    .isEqualTo(1);
        }
    }

    @Test
    void aDamagedClosingIsPassedOverByARebuildWhichGoesOnToTheLast() throws Exception {
        fill();
        long third;
        try (JournalReading journal = JournalReading.open(DataFolder.journal(data()))) {
            third = journal.closings(2, 1).get(0).round();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.journal(data()));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE closing SET round = round + 1 WHERE id = 3");
        }
        Answer rebuilt = run("rebuild", "collector.yaml");
        assertThat(rebuilt.exitCode()).isZero();
        assertThat(words(rebuilt.out()))
                .contains("5 closings", "closing 3 is not as it was written", "up to closing 6");
        try (SqliteStore store = SqliteStore.open(DataFolder.store(data()))) {
            assertThat(store.closing()).isEqualTo(6);
        }
        try (JudgedFolder judged = open()) {
            assertThat(judged.closes(third)).as("its round is judged again").isTrue();
        }
    }

    @Test
    void aRestoreThatWasInterruptedIsBroughtToItsEndByWhoeverTakesTheFolder() throws Exception {
        fill();
        run("backup", "collector.yaml", "--to", backup("backup"));
        fill();
        for (String name : List.of("journal.db", "store.db")) {
            Files.copy(folder.resolve("backup").resolve(name), data().resolve(name + ".restoring"));
        }
        Files.writeString(data().resolve("restore.json"), """
                {"format": "plumbline-restore 1", "aside": "replaced-20261123T050607.089Z",
                 "present": ["journal.db", "store.db"], "files": ["journal.db", "store.db"]}""");
        Answer refused = run("backup", "collector.yaml", "--to", backup("another"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("a restore into it was interrupted");
        try (HeardLog log = HeardLog.of(DataFolder.class)) {
            assertThat(run("rebuild", "collector.yaml").exitCode()).isZero();
            assertThat(log.lines())
                    .containsExactly("WARN " + data() + ": a restore that was interrupted was brought to its end;"
                            + " what was there before lies in " + data().resolve("replaced-20261123T050607.089Z"));
        }
        try (JournalReading journal = JournalReading.open(DataFolder.journal(data()))) {
            assertThat(journal.end()).isEqualTo(6);
        }
        try (JournalReading journal = JournalReading.open(data().resolve("replaced-20261123T050607.089Z/journal.db"))) {
            assertThat(journal.end()).isEqualTo(12);
        }
        assertThat(data().resolve("restore.json")).doesNotExist();
    }

    @Test
    void aMarkerThatNamesAFileElsewhereIsRefused() throws Exception {
        fill();
        for (String marker : List.of(
                "{",
                "{\"format\": \"plumbline-restore 1\", \"aside\": \"../away\", \"present\": [\"store.db\"]}",
                "{\"format\": \"plumbline-restore 1\", \"aside\": \"replaced-1\", \"present\": [\"../store.db\"]}",
                "{\"format\": \"plumbline-restore 1\", \"aside\": \"\", \"files\": [\"../store.db\"]}")) {
            Files.writeString(data().resolve("restore.json"), marker);
            Answer answer = run("rebuild", "collector.yaml");
            assertThat(answer.exitCode()).isEqualTo(2);
            assertThat(answer.err()).contains("restore.json: tells of a restore that was interrupted and is damaged");
        }
    }

    /** What was committed last may stand in the log beside the store alone. */
    @Test
    void aStoreThatSomebodyReadsIsNotMovedAwayFromItsLog() throws Exception {
        fill();
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + DataFolder.store(data()));
                Statement reading = reader.createStatement()) {
            reading.execute("BEGIN");
            reading.executeQuery("SELECT count(*) FROM cell").close();
            tamper("UPDATE agent SET version = '6.6.6'");
            Answer answer = run("rebuild", "collector.yaml");
            assertThat(answer.exitCode()).isEqualTo(CollectorMain.INTERNAL);
            assertThat(answer.err()).contains("store.db is read by another program", "try again");
            assertThat(data().resolve("store.db.before-rebuild")).doesNotExist();
        }
        assertThat(run("rebuild", "collector.yaml").exitCode()).isZero();
        try (StoreContent before = StoreContent.open(data().resolve("store.db.before-rebuild"));
                StoreContent made = StoreContent.open(DataFolder.store(data()))) {
            assertThat(before.firstDifference(made, "agent").orElseThrow()).contains("version 6.6.6");
        }
    }

    @Test
    void theLogOfADamagedStoreGoesWithIt() throws Exception {
        fill();
        Files.writeString(data().resolve("store.db-wal"), "what was committed last");
        Files.writeString(DataFolder.store(data()), "this is no database ".repeat(300));
        assertThat(run("rebuild", "collector.yaml").exitCode()).isZero();
        assertThat(data().resolve("store.db.before-rebuild")).content().startsWith("this is no database");
        assertThat(data().resolve("store.db.before-rebuild-wal")).content().isEqualTo("what was committed last");
        assertThat(run("rebuild", "collector.yaml", "--verify").exitCode()).isZero();
    }

    @Test
    void aStoreOfAnotherJournalIsRefusedAndTheSnapshotIsNamedWhereThereIsOne() throws Exception {
        fill();
        Files.delete(DataFolder.journal(data()));
        assertThatThrownBy(this::agree)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("put back the journal that belongs to it, or move both away and begin anew");
        Files.copy(DataFolder.store(data()), DataFolder.snapshot(data()));
        assertThatThrownBy(this::agree)
                .hasMessageContaining("or move both and " + DataFolder.snapshot(data()) + " away and begin anew");
    }

    private void agree() throws Exception {
        try (DataFolder held = DataFolder.take(data());
                SqliteJournal journal = SqliteJournal.open(held.journal());
                SqliteStore store = SqliteStore.open(held.store())) {
            new Agreement(held, journal).check(store);
        }
    }

    @Test
    void aBackupThatIsNotWholeIsRefused() throws Exception {
        fill();
        run("backup", "collector.yaml", "--to", backup("backup"));
        Path store = folder.resolve("backup/store.db");
        byte[] bytes = Files.readAllBytes(store);
        bytes[bytes.length / 2] ^= 1;
        Files.write(store, bytes);
        Answer answer = run("restore", "other.yaml", "--from", backup("backup"));
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("store.db: is missing or not the file that manifest.json beside it speaks of");
        Files.writeString(folder.resolve("backup/manifest.json"), "{\"format\": \"plumbline-backup 1\"}");
        assertThat(run("restore", "other.yaml", "--from", backup("backup")).err())
                .contains("manifest.json: is damaged");
        Files.delete(folder.resolve("backup/manifest.json"));
        assertThat(run("restore", "other.yaml", "--from", backup("backup")).err())
                .contains("is no backup");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void aManifestCannotNameAFileElsewhere() throws Exception {
        fill();
        run("backup", "collector.yaml", "--to", backup("backup"));
        Path manifest = folder.resolve("backup/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("store.db", "../store.db"));
        assertThat(run("restore", "other.yaml", "--from", backup("backup")).err())
                .contains("'../store.db' is no name of a database");
    }

    @Test
    void whatIsThereIsSetAsideOnlyWhenToldSo() throws Exception {
        fill();
        run("backup", "collector.yaml", "--to", backup("backup"));
        fill();
        Answer refused = run("restore", "collector.yaml", "--from", backup("backup"));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("holds journal.db", "--replace");
        Answer replaced = run("restore", "collector.yaml", "--from", backup("backup"), "--replace");
        assertThat(replaced.exitCode()).isZero();
        assertThat(replaced.out()).contains("what was there lies in " + data().resolve("replaced-"));
        try (JournalReading journal = JournalReading.open(DataFolder.journal(data()))) {
            assertThat(journal.end()).isEqualTo(6);
        }
        fill();
        assertThat(run("rebuild", "collector.yaml", "--verify").exitCode()).isZero();
    }

    @Test
    void aFolderThatACollectorHoldsIsNeitherRestoredNorRebuilt() throws Exception {
        fill();
        run("backup", "collector.yaml", "--to", backup("backup"));
        try (DataFolder held = DataFolder.take(data())) {
            assertThat(held.folder()).isEqualTo(data());
            for (Answer answer : List.of(
                    run("restore", "collector.yaml", "--from", backup("backup"), "--replace"),
                    run("rebuild", "collector.yaml"))) {
                assertThat(answer.exitCode()).isEqualTo(2);
                assertThat(answer.err()).contains("in use by another collector");
            }
        }
    }

    @Test
    void aRowThatWasChangedIsFoundAndMendedByARebuild() throws Exception {
        fill();
        Answer same = run("rebuild", "collector.yaml", "--verify");
        assertThat(same.out())
                .contains("6 closings of rounds", "incident", "yes")
                .doesNotContain(" no");
        assertThat(same.exitCode()).isZero();
        tamper("UPDATE agent SET version = '6.6.6' WHERE segment = 'srv'");
        JsonNode told = new ObjectMapper()
                .readTree(run("rebuild", "collector.yaml", "--verify", "--json").out());
        assertThat(told.get("same").asBoolean()).isFalse();
        assertThat(told.get("tables").findValuesAsText("firstDifference"))
                .singleElement()
                .asString()
                .contains("version 6.6.6");
        Answer different = run("rebuild", "collector.yaml", "--verify");
        assertThat(different.exitCode()).isEqualTo(1);
        assertThat(different.out())
                .contains("first difference in agent: (segment srv, name a")
                .contains("version 6.6.6");
        Answer rebuilt = run("rebuild", "collector.yaml");
        assertThat(rebuilt.exitCode()).isZero();
        assertThat(rebuilt.out()).contains("was made anew up to closing 6");
        assertThat(run("rebuild", "collector.yaml", "--verify").exitCode()).isZero();
        fill();
        assertThat(run("rebuild", "collector.yaml", "--verify").exitCode()).isZero();
        try (Stream<Path> files = Files.list(data())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .as("nothing else is left")
                    .allMatch(
                            name -> name.matches("(journal|store)\\.db(-wal|-shm)?|store\\.db\\.before-rebuild|lock"));
        }
    }

    @Test
    void aRebuildKeepsWhatAProgramWithoutClosingsJudged() throws Exception {
        Files.createDirectories(data());
        SqliteJournal.open(DataFolder.journal(data())).close();
        SnapshotTest.fillAsOlderProgramsDid(data());
        Answer rebuilt = run("rebuild", "collector.yaml");
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        try (SqliteStore store = SqliteStore.open(DataFolder.store(data()))) {
            assertThat(store.incidents()).extracting(Incident::id).containsExactly("i1");
        }
    }

    @Test
    void aDamagedStoreIsMadeAnew() throws Exception {
        fill();
        Files.writeString(DataFolder.store(data()), "this is no database ".repeat(300));
        assertThat(run("rebuild", "collector.yaml").exitCode()).isZero();
        assertThat(run("rebuild", "collector.yaml", "--verify").exitCode()).isZero();
    }

    @Test
    void anotherConfigurationIsTold() throws Exception {
        fill();
        Path config = folder.resolve("collector.yaml");
        Files.writeString(config, Files.readString(config).replace("10.20.20.0/24", "10.20.99.0/24"));
        assertThat(run("rebuild", "collector.yaml", "--verify").out())
                .contains("closings 1 to 6 were judged by version")
                .contains("under another configuration than now");
    }
}
