package dev.plumbline.collector.enrol;

import dev.plumbline.collector.sqlite.Migrations;
import dev.plumbline.collector.sqlite.SchemaVersion;
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
    static final int VERSION = 5;

    private static final Migrations MIGRATIONS = new Migrations(Schema.class, VERSION);

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
        int found;
        try (Statement statement = connection.createStatement()) {
            found = SchemaVersion.inTable(statement);
        }
        refuseNewer(found, file);
        MIGRATIONS.apply(file, found);
        connection.setAutoCommit(false);
    }

    /** False for a file of an older program. */
    static boolean hasSegments(Connection connection, Path file) throws SQLException, ConfigException {
        try (Statement statement = connection.createStatement()) {
            refuseNewer(SchemaVersion.inTable(statement), file);
            try (ResultSet table =
                    statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'segment_change'")) {
                return table.next();
            }
        }
    }

    private static void refuseNewer(int found, Path file) throws ConfigException {
        if (MIGRATIONS.isNewer(found)) {
            throw new ConfigException(List.of(MIGRATIONS.refusal(file.toString(), found)
                    + "; run that program. Without this file nobody knows who was revoked: do not move it away"));
        }
    }
}
