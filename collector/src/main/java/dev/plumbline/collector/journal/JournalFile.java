package dev.plumbline.collector.journal;

import dev.plumbline.collector.sqlite.Migrations;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/** One connection to the journal's file and the statements that are spoken over it. For one thread at a time. */
final class JournalFile implements AutoCloseable {
    /** "PLJ1": tells our files from other databases. */
    private static final int APPLICATION_ID = 0x504c4a31;

    private static final int FIRST_WITH_DECISIONS = 2;
    private static final int FIRST_WITH_RETENTION = 4;
    private static final int FIRST_WITH_EDITIONS = 5;
    private static final int FIRST_WITH_PATIENCE = 6;
    private static final int LATEST = 7;
    private static final Migrations MIGRATIONS = new Migrations(JournalFile.class, LATEST);

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

    /** False for a file of an older program that is only read: there are no closings, no beginnings and no sums. */
    private boolean hasDecisions = true;

    private boolean hasRetention = true;

    private boolean hasEditions = true;

    private boolean hasPatience = true;

    private JournalFile(Connection connection) {
        this.connection = connection;
    }

    private interface Preparation {
        void prepare(JournalFile opened) throws SQLException;
    }

    /** Opens the file to write it, making it where it is missing. */
    static JournalFile open(Path file) throws JournalException {
        return open(file, opened -> {
            opened.prepare(file);
            opened.bound(file);
        });
    }

    /** Opens it once more to read it, beside the connection that writes. */
    static JournalFile beside(Path file) throws JournalException {
        return open(file, opened -> opened.prepare(file));
    }

    private static JournalFile open(Path file, Preparation preparation) throws JournalException {
        try {
            JournalFile opened = new JournalFile(DriverManager.getConnection("jdbc:sqlite:" + file));
            try {
                preparation.prepare(opened);
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
                int version = checkOurs(statement);
                opened.hasDecisions = version >= FIRST_WITH_DECISIONS;
                opened.hasRetention = version >= FIRST_WITH_RETENTION;
                opened.hasEditions = version >= FIRST_WITH_EDITIONS;
                opened.hasPatience = version >= FIRST_WITH_PATIENCE;
            } catch (SQLException e) {
                opened.close();
                throw e;
            }
            return opened;
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

    private void prepare(Path file) throws SQLException {
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
        }
    }

    /** What is deleted gives its room back, and so does the log beside it when much was written at once. */
    private void bound(Path file) throws SQLException {
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
    Optional<Long> insert(PackedRecord packed) throws SQLException {
        JournalRecord record = packed.heading();
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO record(agent, segment, incarnation, sequence, received_micros, batch, crc32c)
                VALUES(?,?,?,?,?,?,?)
                ON CONFLICT DO NOTHING RETURNING position""")) {
            insert.setString(1, record.agent());
            insert.setString(2, record.segment().value());
            insert.setBytes(3, bytes(record.incarnation()));
            insert.setLong(4, record.sequence());
            insert.setLong(5, micros(record.receivedAt()));
            insert.setBytes(6, packed.batch());
            insert.setLong(7, packed.sum());
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

    /** @param since position of the record that cites it */
    void insert(Evidence evidence, long since) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO evidence(sha256, kind, content, since) VALUES(?,?,?,?) ON CONFLICT DO NOTHING")) {
            insert.setBytes(1, evidence.hash().bytes());
            insert.setString(2, evidence.kind());
            insert.setBytes(3, evidence.content().toArray());
            insert.setLong(4, since);
            insert.executeUpdate();
        }
    }

    Closing insertClosing(long round, long readTo, Instant closedAt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO closing(round, read_to, closed_micros, crc32c) VALUES(?,?,?,?) RETURNING id")) {
            insert.setLong(1, round);
            insert.setLong(2, readTo);
            insert.setLong(3, micros(closedAt));
            insert.setLong(4, Sums.of(new Closing(0, round, readTo, closedAt)));
            return new Closing(id(insert), round, readTo, closedAt);
        }
    }

    Beginning insertBeginning(long applied, Instant begunAt, Basis basis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO beginning(applied, begun_micros, program, configuration, crc32c, edition, patience_millis)
                VALUES(?,?,?,?,?,?,?) RETURNING id""")) {
            insert.setLong(1, applied);
            insert.setLong(2, micros(begunAt));
            insert.setString(3, basis.program());
            insert.setBytes(4, basis.configuration().bytes());
            insert.setLong(5, Sums.of(new Beginning(0, applied, begunAt, basis)));
            insert.setString(6, basis.edition());
            insert.setLong(7, basis.patience().toMillis());
            return new Beginning(id(insert), applied, begunAt, basis);
        }
    }

    private static long id(PreparedStatement insert) throws SQLException {
        try (ResultSet row = insert.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("an entry got no id");
            }
            return row.getLong(1);
        }
    }

    Optional<Evidence> evidence(Sha256 hash, long upTo, Consumer<Damage> damaged) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT kind, content FROM evidence WHERE sha256=? AND " + (hasDecisions ? "since" : "0") + " <= ?")) {
            select.setBytes(1, hash.bytes());
            select.setLong(2, upTo);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? evidence(hash, row.getString(1), row.getBytes(2), damaged) : Optional.empty();
            }
        }
    }

    private static Optional<Evidence> evidence(
            Sha256 hash, @Nullable String kind, byte @Nullable [] content, Consumer<Damage> damaged) {
        try {
            if (kind != null && content != null) {
                return Optional.of(new Evidence(hash, kind, Bytes.of(content)));
            }
        } catch (IllegalArgumentException e) {
            // Its content is that of another name.
        }
        damaged.accept(new Damage("evidence " + hash, ""));
        return Optional.empty();
    }

    /** Looks at all evidence there is. */
    void checkEvidence(Consumer<Damage> damaged) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sha256, kind, content FROM evidence")) {
            while (row.next()) {
                try {
                    evidence(Sha256.ofDigest(row.getBytes(1)), row.getString(2), row.getBytes(3), damaged);
                } catch (IllegalArgumentException e) {
                    damaged.accept(new Damage("evidence under a name that is no hash", ""));
                }
            }
        }
    }

    /** Of a page of the file that SQLite itself cannot read the entries around it are still read, one by one. */
    JournalPage page(long after, long upTo, int max, Consumer<Damage> damaged) throws SQLException {
        try {
            return whole(after, upTo, max, damaged);
        } catch (SQLException e) {
            if (!isMalformed(e)) {
                throw e;
            }
            return oneByOne(after, Math.min(upTo, end()), max, damaged);
        }
    }

    private record Row(long position, String agent, Optional<JournalEntry> entry) {}

    List<JournalEntry> ofSegment(SegmentId segment, long after, long upTo, Consumer<Damage> damaged)
            throws SQLException {
        List<JournalEntry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                records("position > ? AND position <= ? AND segment = ? ORDER BY position"))) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setString(3, segment.value());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Row row = row(rows);
                    row.entry()
                            .ifPresentOrElse(
                                    entries::add,
                                    () -> damaged.accept(new Damage("record " + row.position(), row.agent())));
                }
            }
        }
        return entries;
    }

    /** Records lie in the order of the times at which they were received. */
    long before(Instant time) throws SQLException {
        long low = 0;
        long high = end();
        while (low < high) {
            long middle = low + (high - low) / 2;
            List<Received> next = received(middle, high, 1);
            if (!next.isEmpty() && next.get(0).at().isBefore(time)) {
                low = next.get(0).position();
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** All at once; fails where the file is malformed. */
    private JournalPage whole(long after, long upTo, int max, Consumer<Damage> damaged) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(records("position > ? AND position <= ? ORDER BY position LIMIT ?"))) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setInt(3, max + 1);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row(row));
                }
            }
        }
        boolean isFull = rows.size() > max;
        List<JournalEntry> entries = new ArrayList<>();
        long last = after;
        for (int i = 0; i < Math.min(max, rows.size()); i++) {
            Row row = rows.get(i);
            long next = i + 1 < rows.size() ? rows.get(i + 1).position() : Long.MAX_VALUE;
            // A number that is between no others was damaged itself: it must not lead past what comes next.
            boolean isPlaced = last < row.position() && (row.position() < next || next <= last);
            if (isPlaced) {
                last = row.position();
            }
            if (isPlaced && row.entry().isPresent()) {
                entries.add(row.entry().get());
            } else {
                damaged.accept(new Damage("record " + row.position(), row.agent()));
            }
        }
        return new JournalPage(entries, isFull ? Math.max(last, after + 1) : last, isFull);
    }

    private JournalPage oneByOne(long after, long upTo, int max, Consumer<Damage> damaged) throws SQLException {
        List<JournalEntry> entries = new ArrayList<>();
        long last = Math.min(Math.max(after, deletedTo()) + max, Math.max(after, upTo));
        for (long position = Math.max(after, deletedTo()) + 1; position <= last; position++) {
            // Prepared for each: one that failed is closed.
            try (PreparedStatement select = connection.prepareStatement(records("position = ?"))) {
                select.setLong(1, position);
                try (ResultSet found = select.executeQuery()) {
                    if (found.next()) {
                        Row row = row(found);
                        row.entry()
                                .ifPresentOrElse(
                                        entries::add,
                                        () -> damaged.accept(new Damage("record " + row.position(), row.agent())));
                    }
                }
            } catch (SQLException e) {
                if (!isMalformed(e)) {
                    throw e;
                }
                damaged.accept(new Damage("record " + position, ""));
            }
        }
        return new JournalPage(entries, last, last < upTo);
    }

    private String records(String where) {
        return "SELECT position, agent, segment, incarnation, sequence, received_micros, batch, "
                + (hasDecisions ? "crc32c" : "NULL") + " FROM record WHERE " + where;
    }

    /** What SQLite says of a page, or of a length in it, that nobody wrote so. */
    private static boolean isMalformed(SQLException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("SQLITE_CORRUPT") || text.contains("SQLITE_TOOBIG") || text.contains("SQLITE_NOMEM");
    }

    List<Closing> closings(long afterId, int max, Consumer<Damage> damaged) throws SQLException {
        return closings("id > ? ORDER BY id", afterId, max, damaged);
    }

    /** The latest first. */
    List<Closing> closingsBefore(long beforeId, int max, Consumer<Damage> damaged) throws SQLException {
        return closings("id < ? ORDER BY id DESC", beforeId, max, damaged);
    }

    private List<Closing> closings(String where, long id, int max, Consumer<Damage> damaged) throws SQLException {
        if (!hasDecisions) {
            return List.of();
        }
        List<Closing> closings = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, round, read_to, closed_micros, crc32c FROM closing WHERE " + where)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (closings.size() < max && row.next()) {
                    Closing closing =
                            new Closing(row.getLong(1), row.getLong(2), row.getLong(3), instant(row.getLong(4)));
                    if (Sums.of(closing) == row.getLong(5)) {
                        closings.add(closing);
                    } else {
                        damaged.accept(new Damage("closing " + closing.id(), ""));
                    }
                }
            }
        }
        return closings;
    }

    long lastClosing() throws SQLException {
        if (!hasDecisions) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM closing")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    List<Beginning> beginnings(Consumer<Damage> damaged) throws SQLException {
        if (!hasDecisions) {
            return List.of();
        }
        List<Beginning> beginnings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT id, applied, begun_micros, program, configuration, crc32c, "
                                + (hasEditions ? "edition" : "''") + ", "
                                + (hasPatience ? "patience_millis" : "0") + " FROM beginning ORDER BY id")) {
            while (row.next()) {
                beginning(row).ifPresentOrElse(beginnings::add, damaged(damaged, "beginning " + row.getLong(1)));
            }
        }
        return beginnings;
    }

    private static Runnable damaged(Consumer<Damage> damaged, String entry) {
        return () -> damaged.accept(new Damage(entry, ""));
    }

    private static Optional<Beginning> beginning(ResultSet row) throws SQLException {
        String program = row.getString(4);
        byte[] configuration = row.getBytes(5);
        String edition = row.getString(7);
        if (program == null || configuration == null || edition == null) {
            return Optional.empty();
        }
        try {
            Beginning beginning = new Beginning(
                    row.getLong(1),
                    row.getLong(2),
                    instant(row.getLong(3)),
                    new Basis(program, Sha256.ofDigest(configuration), edition, Duration.ofMillis(row.getLong(8))));
            return Sums.of(beginning) == row.getLong(6) ? Optional.of(beginning) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What was found to be damaged at earlier starts. */
    List<Damage> damages() throws SQLException {
        List<Damage> damages = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT entry, agent FROM damage ORDER BY entry")) {
            while (row.next()) {
                damages.add(new Damage(row.getString(1), row.getString(2)));
            }
        }
        return damages;
    }

    Damage insertDamage(Damage damage) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO damage VALUES(?,?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, damage.entry());
            insert.setString(2, damage.agent());
            insert.executeUpdate();
            return damage;
        }
    }

    long end() throws SQLException {
        return Math.max(deletedTo(), longNumber("SELECT coalesce(max(position), 0) FROM record"));
    }

    /** Records up to here may be gone. */
    long deletedTo() throws SQLException {
        return hasRetention ? longNumber("SELECT deleted_to FROM retention") : 0;
    }

    /**
     * Deletes some of the records up to a position that nothing cites. That they may be gone is committed before, in a transaction
     * of its own: where a page cannot be deleted, it stays said, and nobody begins anew for it a second time.
     */
    Deletion delete(long after, long upTo, List<Span> cited, int max) throws SQLException {
        if (execute("UPDATE retention SET deleted_to = ?1 WHERE deleted_to < ?1", upTo) > 0) {
            connection.commit();
        }
        Deletion deletion = Deletion.none(after);
        for (Received record : received(after, upTo, max)) {
            boolean isCited = cited.stream().anyMatch(span -> span.contains(record.at()));
            deletion = isCited ? deletion.passed(record.position()) : deletion.plus(record.position(), record.at());
            if (!isCited) {
                execute("DELETE FROM record WHERE position = ?", record.position());
                execute("DELETE FROM damage WHERE entry = 'record ' || ?", record.position());
            }
        }
        boolean isFreed = shrink();
        return deletion.passed() + deletion.deleted() < max && isFreed ? deletion.ended() : deletion;
    }

    private record Received(long position, Instant at) {}

    private List<Received> received(long after, long upTo, int max) throws SQLException {
        List<Received> records = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT position, received_micros FROM record"
                + " WHERE position > ? AND position <= ? ORDER BY position LIMIT ?")) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setInt(3, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    records.add(new Received(row.getLong(1), instant(row.getLong(2))));
                }
            }
        }
        return records;
    }

    /** Gives how many rows it changed. */
    private int execute(String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            return statement.executeUpdate();
        }
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

    private long longNumber(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        long position = row.getLong(1);
        String agent = row.getString(2);
        String segment = row.getString(3);
        byte[] incarnation = row.getBytes(4);
        byte[] batch = row.getBytes(7);
        if (agent == null || segment == null || incarnation == null || batch == null) {
            return new Row(position, agent == null ? "" : agent, Optional.empty());
        }
        long sum = row.getLong(8);
        boolean hasSum = !row.wasNull();
        try {
            ByteBuffer id = ByteBuffer.wrap(incarnation);
            UUID from = new UUID(id.getLong(), id.getLong());
            for (byte[] plain : hasSum ? Packed.readings(batch) : List.of(batch)) {
                JournalRecord record = new JournalRecord(
                        agent, new SegmentId(segment), from, row.getLong(5), instant(row.getLong(6)), Bytes.of(plain));
                if (!hasSum || sum == Sums.of(record)) {
                    return new Row(position, agent, Optional.of(new JournalEntry(position, record)));
                }
            }
            return new Row(position, agent, Optional.empty());
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return new Row(position, agent, Optional.empty());
        }
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    static byte[] bytes(UUID id) {
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
