package dev.plumbline.collector.journal;

import dev.plumbline.collector.sqlite.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/** One connection to the journal's file: how it is opened, its transactions and its tables. For one thread at a time. */
final class JournalFile implements AutoCloseable {
    /** "PLJ1": tells our files from other databases. */
    private static final int APPLICATION_ID = 0x504c4a31;

    private static final Migrations MIGRATIONS = new Migrations(JournalFile.class, JournalVersion.LATEST);

    /** How long a statement waits for another process to end its transaction. */
    private static final int BUSY_MILLIS = 5_000;

    private static final int INCREMENTAL = 2;
    private static final int MOST_KEPT_OF_THE_LOG = 1 << 24;
    private static final long MOST_WRITTEN_ANEW = 1L << 30;

    /** Freed at once: some milliseconds of a disk. */
    private static final int PAGES_FREED = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
    private static final String NEWER = "schema ";

    private final Connection connection;
    private final RecordTable records;
    private final EvidenceTable evidence;
    private final DecisionTable decisions;
    private final DamageTable damages;

    private JournalFile(Connection connection, JournalVersion version) {
        this.connection = connection;
        this.records = new RecordTable(connection, version);
        this.evidence = new EvidenceTable(connection, version);
        this.decisions = new DecisionTable(connection, version);
        this.damages = new DamageTable(connection);
    }

    /** Makes a connection fit for use, and tells which tables the file has then. */
    private interface Preparation {
        JournalVersion prepare(Connection connection) throws SQLException;
    }

    /** Opens the file to write it, making it where it is missing. */
    static JournalFile open(Path file) throws JournalException {
        return open(file, new SQLiteConfig(), connection -> {
            JournalVersion version = prepare(connection, file);
            bound(connection, file);
            return version;
        });
    }

    /** Opens it once more to read it, beside the connection that writes. */
    static JournalFile beside(Path file) throws JournalException {
        return open(file, new SQLiteConfig(), connection -> prepare(connection, file));
    }

    /** Opens a file that is there, and changes nothing. */
    static JournalFile read(Path file) throws JournalException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return open(file, config, connection -> {
            try (Statement statement = connection.createStatement()) {
                return new JournalVersion(checkOurs(statement));
            }
        });
    }

    private static JournalFile open(Path file, SQLiteConfig config, Preparation preparation) throws JournalException {
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
            try {
                return new JournalFile(connection, preparation.prepare(connection));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new JournalException(sentence(file, e), e);
        }
    }

    /** The version of the file, 0 for one of the first. */
    private static int checkOurs(Statement statement) throws SQLException {
        int id = number(statement, "PRAGMA application_id");
        int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
        if (id != APPLICATION_ID && tables > 0) {
            throw new SQLException("SQLITE_NOTADB: the application id is " + id);
        }
        int version = number(statement, "PRAGMA user_version");
        if (MIGRATIONS.isNewer(version)) {
            throw new SQLException(NEWER + version);
        }
        return version;
    }

    /** What is wrong with a file, and what would be right. */
    static String sentence(Path file, SQLException e) {
        String text = String.valueOf(e.getMessage());
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (text.startsWith(NEWER)) {
            return MIGRATIONS.refusal("journal " + file, Integer.parseInt(text.substring(NEWER.length())))
                    + "; run that program, or restore a backup of this one's";
        }
        if (text.contains("SQLITE_NOTADB") || text.contains("SQLITE_CORRUPT")) {
            return "journal " + file + " is damaged or no journal: restore it from a backup or move it away";
        }
        if (text.contains("SQLITE_READONLY") || (Files.exists(file) && !Files.isWritable(file))) {
            return "journal " + file + " cannot be written: give its owner the right to write it and " + folder;
        }
        if (text.contains("SQLITE_FULL")) {
            return "journal " + file + " cannot grow: the file system is full";
        }
        if (text.contains("SQLITE_CANTOPEN") || !Files.isDirectory(folder)) {
            return "journal " + file + " cannot be opened: make the folder " + folder + " and let this user write it";
        }
        return "journal " + file + " cannot be used: " + text;
    }

    private static JournalVersion prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
            int version = checkOurs(statement);
            if (number(statement, "PRAGMA page_count") == 0) {
                // So that what is deleted gives its room back.
                statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
            }
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA application_id=" + APPLICATION_ID);
            MIGRATIONS.apply(file, version);
            return new JournalVersion(JournalVersion.LATEST);
        }
    }

    /** What is deleted gives its room back, and so does the log beside it when much was written at once. */
    private static void bound(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_size_limit=" + MOST_KEPT_OF_THE_LOG);
            if (number(statement, "PRAGMA auto_vacuum") != INCREMENTAL) {
                makeShrinkable(statement, file);
            }
        }
    }

    /** Once, for a file of an older program. A large one would keep the start waiting, and takes as much room again meanwhile. */
    private static void makeShrinkable(Statement statement, Path file) throws SQLException {
        long bytes = (long) number(statement, "PRAGMA page_count") * number(statement, "PRAGMA page_size");
        if (bytes > MOST_WRITTEN_ANEW) {
            LOG.info(
                    "journal {}: is of an older program; what is deleted in it makes room for what comes, none on the disk",
                    file);
            return;
        }
        try {
            statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
            statement.execute("VACUUM");
        } catch (SQLException e) {
            LOG.warn(
                    "journal {}: cannot be written anew ({}), so what is deleted in it makes no room on the disk yet",
                    file,
                    e.getMessage());
        }
    }

    RecordTable records() {
        return records;
    }

    EvidenceTable evidence() {
        return evidence;
    }

    DecisionTable decisions() {
        return decisions;
    }

    DamageTable damages() {
        return damages;
    }

    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /**
     * Undoes the transaction and begins the next. SQLite may have rolled back by itself (full disk, I/O error); then a
     * ROLLBACK fails, and without this no transaction would ever begin again.
     */
    void rollback() throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException alreadyUndone) {
            try {
                connection.setAutoCommit(true);
            } catch (SQLException nothingToCommit) {
                alreadyUndone.addSuppressed(nothingToCommit);
            }
            connection.setAutoCommit(false);
        }
    }

    /**
     * Deletes some of the records up to a position that nothing cites. That they may be gone is committed before, in a transaction
     * of its own: where a page cannot be deleted, it stays said, and nobody begins anew for it a second time.
     */
    Deletion delete(long after, long upTo, List<Span> cited, int max) throws SQLException {
        if (records.mayBeGone(upTo)) {
            connection.commit();
        }
        Deletion deletion = Deletion.none(after);
        for (RecordTable.Received record : records.received(after, upTo, max)) {
            boolean isCited = cited.stream().anyMatch(span -> span.contains(record.at()));
            deletion = isCited ? deletion.passed(record.position()) : deletion.plus(record.position(), record.at());
            if (!isCited) {
                records.delete(record.position());
                damages.forgetRecord(record.position());
            }
        }
        boolean isFreed = shrink();
        return deletion.passed() + deletion.deleted() < max && isFreed ? deletion.ended() : deletion;
    }

    /** Gives some of the room of what was deleted back to the disk; true when that was all. */
    private boolean shrink() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA auto_vacuum") != INCREMENTAL) {
                return true;
            }
            // Steps through all of these pages, unlike a query, which would free the first.
            statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES_FREED + ")");
            return number(statement, "PRAGMA freelist_count") == 0;
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
