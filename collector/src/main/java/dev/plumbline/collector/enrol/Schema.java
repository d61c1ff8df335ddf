package dev.plumbline.collector.enrol;

import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the file of enrolments and their version. */
final class Schema {
    static final int VERSION = 4;

    private static final List<String> FIRST = List.of(
            "CREATE TABLE schema_version(version INTEGER NOT NULL)",
            "CREATE TABLE invitation(id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, segment TEXT NOT NULL,"
                    + " agent TEXT, created_by TEXT NOT NULL, created_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,"
                    + " used_by TEXT, used_at INTEGER, used_key TEXT, certificate BLOB,"
                    + " revoked_by TEXT, revoked_at INTEGER)",
            "CREATE TABLE agent(identity TEXT PRIMARY KEY, since INTEGER NOT NULL, certificate_ends_at INTEGER,"
                    + " revoked_by TEXT, revoked_at INTEGER, revoked_because TEXT) WITHOUT ROWID",
            // A key that once had a certificate never gets another one.
            "CREATE TABLE certified_key(hash TEXT PRIMARY KEY, identity TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE audit(number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL,"
                    + " what TEXT NOT NULL, about TEXT NOT NULL, detail TEXT NOT NULL)",
            "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit"
                    + " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
            "CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit"
                    + " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
            // REPLACE deletes without that trigger, unless recursive triggers are on.
            "CREATE TRIGGER audit_is_appended_to BEFORE INSERT ON audit"
                    + " WHEN NEW.number IS NOT NULL AND NEW.number <= (SELECT coalesce(max(number), 0) FROM audit)"
                    + " AND NEW.number > 0"
                    + " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
            "INSERT INTO schema_version VALUES (1)");

    private static final List<String> SECOND = List.of(
            "CREATE TABLE renewal_key(identity TEXT PRIMARY KEY, latest TEXT NOT NULL, before TEXT) WITHOUT ROWID",
            "UPDATE schema_version SET version = 2");

    /** Changes of the site's segments, each with the whole declaration as a message. */
    private static final List<String> SEGMENTS = List.of(
            "CREATE TABLE segment_change(number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL,"
                    + " kind TEXT NOT NULL, segment TEXT NOT NULL, declaration BLOB)",
            "CREATE TRIGGER segment_change_is_not_changed BEFORE UPDATE ON segment_change"
                    + " BEGIN SELECT RAISE(ABORT, 'the list of changes is append-only'); END",
            "CREATE TRIGGER segment_change_is_not_deleted BEFORE DELETE ON segment_change"
                    + " BEGIN SELECT RAISE(ABORT, 'the list of changes is append-only'); END",
            "UPDATE schema_version SET version = 3");

    /** Hosts that wait for somebody to say yes, each by a token of its own. */
    private static final List<String> APPROVAL = List.of(
            "CREATE TABLE pending(invitation TEXT PRIMARY KEY, identity TEXT NOT NULL, key TEXT NOT NULL,"
                    + " address TEXT NOT NULL, requested_at INTEGER NOT NULL,"
                    + " decided_by TEXT, decided_at INTEGER, is_approved INTEGER, because TEXT) WITHOUT ROWID",
            "UPDATE schema_version SET version = 4");

    /** What makes each version of the one before it; the first makes the file. */
    private static final List<List<String>> STEPS = List.of(FIRST, SECOND, SEGMENTS, APPROVAL);

    private Schema() {}

    /** A connection on which what was committed survives the loss of power: a token is used once. */
    static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes the tables where there are none, brings older ones up to date, and refuses what a newer program wrote. */
    static void prepare(Connection connection, Path file) throws SQLException, ConfigException {
        try (Statement statement = connection.createStatement()) {
            int found = version(statement);
            refuseNewer(found, file);
            connection.setAutoCommit(false);
            for (List<String> step : STEPS.subList(found, VERSION)) {
                for (String change : step) {
                    statement.execute(change);
                }
            }
            connection.commit();
        }
    }

    /** False for a file of an older program. */
    static boolean hasSegments(Connection connection, Path file) throws SQLException, ConfigException {
        try (Statement statement = connection.createStatement()) {
            refuseNewer(version(statement), file);
            try (ResultSet table =
                    statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'segment_change'")) {
                return table.next();
            }
        }
    }

    private static void refuseNewer(int found, Path file) throws ConfigException {
        if (found > VERSION) {
            throw new ConfigException(List.of(file + ": was written by a newer program (schema " + found
                    + ", this one knows " + VERSION + "); run that program. Without this file nobody knows who was"
                    + " revoked: do not move it away"));
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
