package dev.plumbline.collector.store;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.Samples;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.Sha256;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as programs of earlier versions made them, in the very words of those programs. */
final class OldStoreTest {
    private static final String POOL =
            "CREATE TABLE pool(segment TEXT NOT NULL, target TEXT NOT NULL, member TEXT NOT NULL,"
                    + " is_address INTEGER NOT NULL, seen_at INTEGER NOT NULL, connected_at INTEGER NOT NULL,"
                    + " proved_at INTEGER NOT NULL, PRIMARY KEY(segment, target, member)) WITHOUT ROWID";
    private static final String CLOSED_INCIDENTS =
            "CREATE INDEX incident_closed ON incident(closed_at) WHERE closed_at IS NOT NULL";
    private static final List<String> FIRST = List.of(
            "CREATE TABLE schema_version(version INTEGER NOT NULL)",
            "CREATE TABLE judge(id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL)",
            "CREATE TABLE round(round INTEGER PRIMARY KEY, closed_at INTEGER NOT NULL, first_position INTEGER NOT NULL,"
                    + " judged_to INTEGER NOT NULL)",
            "CREATE TABLE segment_round(segment TEXT PRIMARY KEY, round INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE incident(id TEXT PRIMARY KEY, place TEXT NOT NULL, opened_at INTEGER NOT NULL,"
                    + " closed_at INTEGER, round INTEGER NOT NULL, finding BLOB NOT NULL) WITHOUT ROWID",
            "CREATE INDEX incident_open ON incident(place) WHERE closed_at IS NULL",
            "CREATE TABLE cell(segment TEXT NOT NULL, target TEXT NOT NULL, round INTEGER NOT NULL, cell BLOB NOT NULL,"
                    + " PRIMARY KEY(segment, target)) WITHOUT ROWID",
            "CREATE TABLE requirement(segment TEXT NOT NULL, ordinal INTEGER NOT NULL, round INTEGER NOT NULL,"
                    + " requirement BLOB NOT NULL, PRIMARY KEY(segment, ordinal)) WITHOUT ROWID",
            "CREATE TABLE agent(segment TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, version TEXT NOT NULL,"
                    + " unfit_reason TEXT NOT NULL, PRIMARY KEY(segment, name)) WITHOUT ROWID",
            "CREATE TABLE run(agent TEXT NOT NULL, target TEXT NOT NULL, first_round INTEGER NOT NULL,"
                    + " last_round INTEGER NOT NULL, fingerprint TEXT NOT NULL, first_at INTEGER NOT NULL,"
                    + " last_at INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(agent, target, first_round)) WITHOUT ROWID",
            "INSERT INTO judge VALUES (1, 41)",
            "INSERT INTO round VALUES (3600000, 3601000000, 42, 43)",
            "INSERT INTO segment_round VALUES ('wifi', 3600000)",
            "INSERT INTO run VALUES ('wifi/a', 'courier:5223', 0, 3600000, '" + "ab".repeat(32) + "', 0, 9, 2)");

    @TempDir
    Path folder;

    private static List<String> words(int version) {
        List<String> words = new ArrayList<>(FIRST);
        if (version >= 2) {
            words.add(POOL);
        }
        if (version >= 3) {
            words.add(CLOSED_INCIDENTS);
        }
        words.add("INSERT INTO schema_version VALUES (" + version + ")");
        return words;
    }

    private Path written(int version) throws SQLException {
        Path file = folder.resolve("store-" + version + ".db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : words(version)) {
                statement.execute(sql);
            }
            try (PreparedStatement cell = connection.prepareStatement("INSERT INTO cell VALUES (?, ?, 0, ?)")) {
                cell.setString(1, WIFI.value());
                cell.setString(2, COURIER.value());
                cell.setBytes(
                        3,
                        VerdictMessages.message(Samples.cell(WIFI, COURIER, State.BLOCKED, 0))
                                .toByteArray());
                cell.execute();
            }
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anOldFileKeepsWhatItHoldsAndGetsTheTablesOfANewOne(int version) throws Exception {
        Path old = written(version);
        assertThat(SqliteStore.closingOf(old)).isZero();
        try (SqliteStore store = SqliteStore.open(old)) {
            assertThat(store.position()).isEqualTo(41);
            assertThat(store.closing()).isZero();
            assertThat(store.horizon()).as("where it was taken to be").isEqualTo(3_600_000);
            assertThat(store.closedRounds()).extracting(ClosedRound::judgedTo).containsExactly(43L);
            assertThat(store.cells()).containsExactly(Samples.cell(WIFI, COURIER, State.BLOCKED, 0));
            assertThat(store.runs(WIFI_A, COURIER))
                    .singleElement()
                    .satisfies(run -> assertThat(run.fingerprint()).isEqualTo(new Sha256("ab".repeat(32))));
            assertThat(store.incidentsClosedSince(Samples.T0)).isEmpty();
            assertThat(store.pool(WIFI, COURIER)).isEmpty();
            store.pass(5);
        }
        assertThat(SqliteStore.closingOf(old)).isEqualTo(5);
        Path fresh = folder.resolve("fresh.db");
        SqliteStore.open(fresh).close();
        assertThat(schema(old)).isEqualTo(schema(fresh));
    }

    /** Columns and indices; the words in which they were made may differ. */
    private static List<String> schema(Path file) throws SQLException {
        List<String> schema = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name || ' ' || c.type || ' ' || c."notnull"
                          || ' ' || c.pk, '')
                        FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c ORDER BY 1""")) {
            while (rows.next()) {
                schema.add(rows.getString(1));
            }
        }
        assertThat(schema).hasSizeGreaterThan(40);
        return schema;
    }
}
