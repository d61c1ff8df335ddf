package dev.plumbline.collector.journal;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sqlite.SQLiteConfig;

/** One connection to the journal's file and the statements that are spoken over it. For one thread at a time. */
final class JournalFile implements AutoCloseable {
    /** "PLJ1": tells our files from other databases. */
    private static final int APPLICATION_ID = 0x504c4a31;

    /** How long a statement waits for another process to end its transaction. */
    private static final int BUSY_MILLIS = 5_000;

    private final Connection connection;

    private JournalFile(Connection connection) {
        this.connection = connection;
    }

    /** Opens the file, making it where it is missing. */
    static JournalFile open(Path file) throws JournalException {
        try {
            JournalFile opened = new JournalFile(DriverManager.getConnection("jdbc:sqlite:" + file));
            try {
                opened.prepare();
            } catch (SQLException e) {
                opened.close();
                throw e;
            }
            return opened;
        } catch (SQLException e) {
            throw new JournalException(sentence(file, e), e);
        }
    }

    /** Opens a file that is there, and changes nothing. */
    static JournalFile read(Path file) throws JournalException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            JournalFile opened =
                    new JournalFile(DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties()));
            try (Statement statement = opened.connection.createStatement()) {
                checkOurs(statement);
            } catch (SQLException e) {
                opened.close();
                throw e;
            }
            return opened;
        } catch (SQLException e) {
            throw new JournalException(sentence(file, e), e);
        }
    }

    private static void checkOurs(Statement statement) throws SQLException {
        int id = number(statement, "PRAGMA application_id");
        int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
        if (id != APPLICATION_ID && tables > 0) {
            throw new SQLException("SQLITE_NOTADB: the application id is " + id);
        }
    }

    /** What is wrong with a file, and what would be right. */
    static String sentence(Path file, SQLException e) {
        String text = String.valueOf(e.getMessage());
        Path folder = file.toAbsolutePath().resolveSibling("");
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

    private void prepare() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
            checkOurs(statement);
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            // Always: a kill between the tables of a first start must not leave one out for ever.
            create(statement);
        }
    }

    private static void create(Statement statement) throws SQLException {
        statement.execute("PRAGMA application_id=" + APPLICATION_ID);
        statement.execute("""
                CREATE TABLE IF NOT EXISTS record(
                  position INTEGER PRIMARY KEY AUTOINCREMENT,
                  agent TEXT NOT NULL,
                  segment TEXT NOT NULL,
                  incarnation BLOB NOT NULL,
                  sequence INTEGER NOT NULL,
                  received_micros INTEGER NOT NULL,
                  batch BLOB NOT NULL,
                  UNIQUE(agent, incarnation, sequence))""");
        statement.execute("""
                CREATE TABLE IF NOT EXISTS evidence(
                  sha256 BLOB PRIMARY KEY,
                  kind TEXT NOT NULL,
                  content BLOB NOT NULL) WITHOUT ROWID""");
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

    /** The new position; empty when the record is there. */
    Optional<Long> insert(JournalRecord record) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO record(agent, segment, incarnation, sequence, received_micros, batch) VALUES(?,?,?,?,?,?)
                ON CONFLICT DO NOTHING RETURNING position""")) {
            insert.setString(1, record.agent());
            insert.setString(2, record.segment().value());
            insert.setBytes(3, bytes(record.incarnation()));
            insert.setLong(4, record.sequence());
            insert.setLong(5, ChronoUnit.MICROS.between(Instant.EPOCH, record.receivedAt()));
            insert.setBytes(6, record.batch().toArray());
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    long positionOf(JournalRecord record) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT position FROM record WHERE agent=? AND incarnation=? AND sequence=?")) {
            select.setString(1, record.agent());
            select.setBytes(2, bytes(record.incarnation()));
            select.setLong(3, record.sequence());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("a record is refused as duplicate and not found");
                }
                return row.getLong(1);
            }
        }
    }

    void insert(Evidence evidence) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO evidence(sha256, kind, content) VALUES(?,?,?) ON CONFLICT DO NOTHING")) {
            insert.setBytes(1, evidence.hash().bytes());
            insert.setString(2, evidence.kind());
            insert.setBytes(3, evidence.content().toArray());
            insert.executeUpdate();
        }
    }

    Optional<Evidence> evidence(Sha256 hash) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT kind, content FROM evidence WHERE sha256=?")) {
            select.setBytes(1, hash.bytes());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Evidence(hash, row.getString(1), Bytes.of(row.getBytes(2))))
                        : Optional.empty();
            }
        }
    }

    List<JournalEntry> tail(long afterPosition, int max) throws SQLException {
        List<JournalEntry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT position, agent, segment, incarnation, sequence, received_micros, batch
                FROM record WHERE position > ? ORDER BY position LIMIT ?""")) {
            select.setLong(1, afterPosition);
            select.setInt(2, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
        }
        return entries;
    }

    long end() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(position), 0) FROM record")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        ByteBuffer incarnation = ByteBuffer.wrap(row.getBytes(4));
        JournalRecord record = new JournalRecord(
                row.getString(2),
                new SegmentId(row.getString(3)),
                new UUID(incarnation.getLong(), incarnation.getLong()),
                row.getLong(5),
                Instant.EPOCH.plus(row.getLong(6), ChronoUnit.MICROS),
                Bytes.of(row.getBytes(7)));
        return new JournalEntry(row.getLong(1), record);
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
