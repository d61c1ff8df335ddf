package dev.plumbline.collector.journal;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Batches as they were received, in the order of their positions, which is that of their times. Of a damaged page the rest is read. */
final class RecordTable {
    private final Connection connection;
    private final JournalVersion version;

    RecordTable(Connection connection, JournalVersion version) {
        this.connection = connection;
        this.version = version;
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
            insert.setBytes(3, Columns.bytes(record.incarnation()));
            insert.setLong(4, record.sequence());
            insert.setLong(5, Columns.micros(record.receivedAt()));
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
            select.setBytes(2, Columns.bytes(record.incarnation()));
            select.setLong(3, record.sequence());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("a record is refused as duplicate and not found");
                }
                return row.getLong(1);
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
                + (version.hasDecisions() ? "crc32c" : "NULL") + " FROM record WHERE " + where;
    }

    /** What SQLite says of a page, or of a length in it, that nobody wrote so. */
    private static boolean isMalformed(SQLException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("SQLITE_CORRUPT") || text.contains("SQLITE_TOOBIG") || text.contains("SQLITE_NOMEM");
    }

    long end() throws SQLException {
        return Math.max(deletedTo(), longNumber("SELECT coalesce(max(position), 0) FROM record"));
    }

    /** Records up to here may be gone. */
    long deletedTo() throws SQLException {
        return version.hasRetention() ? longNumber("SELECT deleted_to FROM retention") : 0;
    }

    record Received(long position, Instant at) {}

    List<Received> received(long after, long upTo, int max) throws SQLException {
        List<Received> records = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT position, received_micros FROM record"
                + " WHERE position > ? AND position <= ? ORDER BY position LIMIT ?")) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setInt(3, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    records.add(new Received(row.getLong(1), Columns.instant(row.getLong(2))));
                }
            }
        }
        return records;
    }

    /** Says that records up to there may be gone; true when it was not said before. */
    boolean mayBeGone(long upTo) throws SQLException {
        return execute("UPDATE retention SET deleted_to = ?1 WHERE deleted_to < ?1", upTo) > 0;
    }

    void delete(long position) throws SQLException {
        execute("DELETE FROM record WHERE position = ?", position);
    }

    /** Gives how many rows it changed. */
    private int execute(String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            return statement.executeUpdate();
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
                        agent,
                        new SegmentId(segment),
                        from,
                        row.getLong(5),
                        Columns.instant(row.getLong(6)),
                        Bytes.of(plain));
                if (!hasSum || sum == Sums.of(record)) {
                    return new Row(position, agent, Optional.of(new JournalEntry(position, record)));
                }
            }
            return new Row(position, agent, Optional.empty());
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return new Row(position, agent, Optional.empty());
        }
    }
}
