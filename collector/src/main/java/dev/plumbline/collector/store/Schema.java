package dev.plumbline.collector.store;

import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the store's file and their version. */
final class Schema {
    static final int VERSION = 3;

    /** Since version 2: 0 stands for never. */
    private static final String POOL =
            "CREATE TABLE pool(segment TEXT NOT NULL, target TEXT NOT NULL, member TEXT NOT NULL,"
                    + " is_address INTEGER NOT NULL, seen_at INTEGER NOT NULL, connected_at INTEGER NOT NULL,"
                    + " proved_at INTEGER NOT NULL, PRIMARY KEY(segment, target, member)) WITHOUT ROWID";

    /** Since version 3: what was closed lately may come back. */
    private static final String CLOSED_INCIDENTS =
            "CREATE INDEX incident_closed ON incident(closed_at) WHERE closed_at IS NOT NULL";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE schema_version(version INTEGER NOT NULL)",
            "CREATE TABLE judge(id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL)",
            "CREATE TABLE round(round INTEGER PRIMARY KEY, closed_at INTEGER NOT NULL, first_position INTEGER NOT NULL,"
                    + " judged_to INTEGER NOT NULL)",
            "CREATE TABLE segment_round(segment TEXT PRIMARY KEY, round INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE incident(id TEXT PRIMARY KEY, place TEXT NOT NULL, opened_at INTEGER NOT NULL,"
                    + " closed_at INTEGER, round INTEGER NOT NULL, finding BLOB NOT NULL) WITHOUT ROWID",
            "CREATE INDEX incident_open ON incident(place) WHERE closed_at IS NULL",
            CLOSED_INCIDENTS,
            "CREATE TABLE cell(segment TEXT NOT NULL, target TEXT NOT NULL, round INTEGER NOT NULL, cell BLOB NOT NULL,"
                    + " PRIMARY KEY(segment, target)) WITHOUT ROWID",
            "CREATE TABLE requirement(segment TEXT NOT NULL, ordinal INTEGER NOT NULL, round INTEGER NOT NULL,"
                    + " requirement BLOB NOT NULL, PRIMARY KEY(segment, ordinal)) WITHOUT ROWID",
            "CREATE TABLE agent(segment TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, version TEXT NOT NULL,"
                    + " unfit_reason TEXT NOT NULL, PRIMARY KEY(segment, name)) WITHOUT ROWID",
            "CREATE TABLE run(agent TEXT NOT NULL, target TEXT NOT NULL, first_round INTEGER NOT NULL,"
                    + " last_round INTEGER NOT NULL, fingerprint TEXT NOT NULL, first_at INTEGER NOT NULL,"
                    + " last_at INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(agent, target, first_round)) WITHOUT ROWID",
            POOL,
            "INSERT INTO schema_version VALUES (" + VERSION + ")",
            "INSERT INTO judge VALUES (1, 0)");

    private Schema() {}

    /** A connection with the pragmas that both sides need. */
    static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA journal_mode = WAL");
            // A commit lost with the power is judged anew: the position goes back with it.
            statement.execute("PRAGMA synchronous = NORMAL");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes the tables where there are none, adds what an older program did not have, and refuses what a newer program wrote. */
    static void prepare(Connection connection, Path file) throws SQLException, ConfigException {
        try (Statement statement = connection.createStatement()) {
            int found = version(statement);
            if (found > VERSION) {
                throw new ConfigException(List.of(file + ": was written by a newer program (schema " + found
                        + ", this one knows " + VERSION
                        + "); run that program, or move the file away: it is built anew from the journal"));
            }
            if (found == 0) {
                connection.setAutoCommit(false);
                for (String table : TABLES) {
                    statement.execute(table);
                }
                connection.commit();
            } else if (found < VERSION) {
                connection.setAutoCommit(false);
                if (found == 1) {
                    statement.execute(POOL);
                }
                statement.execute(CLOSED_INCIDENTS);
                statement.execute("UPDATE schema_version SET version = " + VERSION);
                connection.commit();
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet tables = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'")) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (ResultSet version = statement.executeQuery("SELECT version FROM schema_version")) {
            return version.next() ? version.getInt(1) : 0;
        }
    }
}
