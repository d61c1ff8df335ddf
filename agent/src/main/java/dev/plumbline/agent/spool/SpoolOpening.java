package dev.plumbline.agent.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** How the spool's SQLite file is made, opened and looked over. */
final class SpoolOpening {
    /** Where the head says who may write the file, and the latest that SQLite knows. */
    private static final int WRITE_VERSION = 18;

    private static final int WAL_FORMAT = 2;

    private static final int LAYOUT = 2;

    /** No spool that its bounds allow holds more. */
    private static final long MOST_WAITING = 1L << 40;

    /** In order of the names. */
    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE batch(
              sequence INTEGER PRIMARY KEY,
              observations INTEGER NOT NULL,
              written INTEGER NOT NULL,
              checksum INTEGER NOT NULL,
              repeats BLOB,
              message BLOB NOT NULL)""",
            "CREATE TABLE spool(ledger BLOB NOT NULL)",
            "CREATE INDEX thinnable ON batch(sequence) WHERE repeats IS NOT NULL");

    private SpoolOpening() {}

    /** SQLite's write-ahead log of a file. */
    static Path logOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Makes a file that is complete from its first moment: an empty one in its place was never made by this. */
    static void make(Path file, Ledger first) throws SQLException, IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + "-journal"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fresh);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            for (String made : SCHEMA) {
                statement.execute(made);
            }
            statement.execute("PRAGMA user_version=" + LAYOUT);
            try (var insert = connection.prepareStatement("INSERT INTO spool VALUES(?)")) {
                insert.setBytes(1, first.toBytes());
                insert.executeUpdate();
            }
            statement.execute("COMMIT");
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Opens a file that is there.
     *
     * @throws SQLException also when the file is damaged; {@link Damage#is} tells
     */
    static SpoolFile open(Path file, SpoolBounds bounds) throws SQLException {
        if (!Files.isRegularFile(file) || length(file) == 0) {
            throw Damage.because("it is no file, or an empty one");
        }
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            settings(connection, bounds);
            mayBeWritten(connection);
            Ledger ledger = check(connection);
            return new SpoolFile(
                    connection,
                    bounds,
                    ledger,
                    number(connection, "SELECT coalesce(sum(length(message)), 0) FROM batch"));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether the head names a format that this SQLite reads and does not write (its file format, section 1.3.3). */
    static boolean namesLaterFormat(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(WRITE_VERSION + 1);
            return head.length > WRITE_VERSION && (head[WRITE_VERSION] & 0xff) > WAL_FORMAT;
        } catch (IOException e) {
            return false;
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    private static void settings(Connection connection, SpoolBounds bounds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // One agent alone has the folder. Without shared memory nothing is mapped whose disk could be full.
            statement.execute("PRAGMA locking_mode=EXCLUSIVE");
            statement.execute("PRAGMA journal_mode=WAL");
            // A sequence must never be used twice, not even after a power cut.
            statement.execute("PRAGMA synchronous=FULL");
            // Batches are written and read once, in order: pages that are kept, 2 MB of them by default, serve nobody.
            statement.execute("PRAGMA cache_size=-256");
            statement.execute("PRAGMA cell_size_check=ON");
            statement.execute("PRAGMA max_page_count=" + bounds.maxPages());
            statement.execute("PRAGMA journal_size_limit=" + (8 << 20));
        }
    }

    /** First of all: of a file on a disk that takes no writes nobody looks through every page again and again. */
    private static void mayBeWritten(Connection connection) throws SQLException {
        // What is there already, and nothing of it is kept: a transaction alone would be taken for one that reads.
        long version = number(connection, "PRAGMA user_version");
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            try {
                statement.execute("PRAGMA user_version=" + version);
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }

    /**
     * How many observations wait in a file that cannot be gone on with and that nothing else is known of, such as one of an older
     * layout, which had no tally beside it; 0 where it does not say.
     */
    static long waitingIn(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            // A damaged number would count for anything.
            boolean isSound = row.next() && "ok".equals(row.getString(1));
            long waiting =
                    isSound ? number(connection, "SELECT coalesce(sum(observations), 0) FROM batch") : 0;
            return waiting >= 0 && waiting <= MOST_WAITING ? waiting : 0;
        } catch (SQLException e) {
            return 0;
        }
    }

    private static Ledger check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(connection, "PRAGMA user_version") != LAYOUT) {
                throw Damage.because("it is not of this version's layout");
            }
            try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!row.next() || !"ok".equals(row.getString(1))) {
                    throw Damage.because("the check of the file failed");
                }
            }
            if (!schema(statement).equals(SCHEMA)) {
                throw Damage.because("its tables are not those that were made");
            }
            Optional<Ledger> ledger = Optional.empty();
            try (ResultSet row = statement.executeQuery("SELECT ledger FROM spool")) {
                if (row.next()) {
                    byte[] bytes = row.getBytes(1);
                    ledger = bytes == null ? Optional.empty() : Ledger.ofBytes(bytes);
                }
            }
            long waiting = number(connection, "SELECT coalesce(sum(observations), 0) FROM batch");
            return ledger.filter(found -> found.pending() == waiting)
                    .orElseThrow(() -> Damage.because("what it says of itself is not what is in it"));
        }
    }

    private static List<String> schema(Statement statement) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SELECT sql FROM sqlite_schema ORDER BY name")) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
