package dev.plumbline.collector.store;

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

/** The tables of the store's file and their version. */
final class Schema {
    static final int FIRST = 1;

    /** Files of earlier versions know nothing of the closings that they contain. */
    static final int FIRST_WITH_CLOSINGS = 4;

    /** Files of earlier versions were never shortened. */
    static final int FIRST_WITH_RETENTION = 6;

    /** Files of earlier versions tell nothing of earlier times. */
    static final int FIRST_WITH_HISTORY = 7;

    private static final int MOST_KEPT_OF_THE_LOG = 1 << 24;
    private static final int READ_CACHE_KIBIBYTES = 16 << 10;
    private static final Migrations MIGRATIONS = new Migrations(Schema.class, 7);

    private Schema() {}

    /** A connection to write by: the log beside the file gives its room back when much was written at once. */
    static Connection connectToWrite(Path file) throws SQLException {
        Connection connection = connect(file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_size_limit = " + MOST_KEPT_OF_THE_LOG);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection to read by: a month of changes is read more than once for a report, and from all over the file. */
    static Connection connectToRead(Path file) throws SQLException {
        Connection connection = connect(file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = -" + READ_CACHE_KIBIBYTES);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection with the pragmas that both sides need. */
    static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            try (ResultSet pages = statement.executeQuery("PRAGMA page_count")) {
                if (pages.next() && pages.getInt(1) == 0) {
                    // So that what is deleted gives its room back; a file of an older program uses it again.
                    statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
                }
            }
            statement.execute("PRAGMA journal_mode = WAL");
            // A commit lost with the power is judged anew: the position goes back with it.
            statement.execute("PRAGMA synchronous = NORMAL");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Makes the tables where there are none, adds what an older program did not have, and refuses what a newer program
     * wrote.
     */
    static void prepare(Connection connection, Path file) throws SQLException, ConfigException {
        int found;
        try (Statement statement = connection.createStatement()) {
            found = SchemaVersion.inTable(statement);
        }
        checkNotNewer(found, file);
        MIGRATIONS.apply(file, found);
    }

    /** @throws ConfigException when a newer program wrote it */
    static void checkNotNewer(int found, Path file) throws ConfigException {
        if (MIGRATIONS.isNewer(found)) {
            throw new ConfigException(List.of(MIGRATIONS.refusal(file.toString(), found)
                    + "; run that program, or move the file away: it is built anew from the journal"));
        }
    }
}
