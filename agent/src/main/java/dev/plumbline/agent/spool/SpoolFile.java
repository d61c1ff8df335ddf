package dev.plumbline.agent.spool;

import dev.plumbline.words.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The spool's SQLite file and the statements that are spoken over it. For one thread at a time. */
final class SpoolFile implements AutoCloseable {
    private final Connection connection;
    private final UUID incarnation;

    private SpoolFile(Connection connection, UUID incarnation) {
        this.connection = connection;
        this.incarnation = incarnation;
    }

    /** Opens the file, making it, and with it a new incarnation, where it is missing. */
    static SpoolFile open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            prepare(connection);
            return new SpoolFile(connection, incarnationIn(connection));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            // A sequence must never be used twice, not even after a power cut.
            statement.execute("PRAGMA synchronous=FULL");
            // Batches are written and read once, in order: pages that are kept, 2 MB of them by default, serve nobody.
            statement.execute("PRAGMA cache_size=-256");
            try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!row.next() || !"ok".equals(row.getString(1))) {
                    throw new SQLException("SQLITE_CORRUPT: the check of the file failed");
                }
            }
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS batch(
                      sequence INTEGER PRIMARY KEY,
                      observations INTEGER NOT NULL,
                      message BLOB NOT NULL)""");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS spool(
                      incarnation BLOB NOT NULL,
                      last_sequence INTEGER NOT NULL DEFAULT 0,
                      spooled INTEGER NOT NULL DEFAULT 0,
                      acked INTEGER NOT NULL DEFAULT 0,
                      dropped INTEGER NOT NULL DEFAULT 0,
                      refused INTEGER NOT NULL DEFAULT 0)""");
        }
        connection.setAutoCommit(false);
    }

    private static UUID incarnationIn(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT incarnation FROM spool");
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(1));
                if (bytes.remaining() != 16) {
                    throw new SQLException("SQLITE_CORRUPT: the incarnation is no UUID");
                }
                return new UUID(bytes.getLong(), bytes.getLong());
            }
        }
        UUID made = UUID.randomUUID();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO spool(incarnation) VALUES(?)")) {
            insert.setBytes(
                    1,
                    ByteBuffer.allocate(16)
                            .putLong(made.getMostSignificantBits())
                            .putLong(made.getLeastSignificantBits())
                            .array());
            insert.executeUpdate();
        }
        connection.commit();
        return made;
    }

    UUID incarnation() {
        return incarnation;
    }

    /** Writes a batch under the next sequence, then drops the oldest ones until the rest fits. */
    long write(Draft draft, long maxBytes) throws SQLException {
        long sequence = lastSequence() + 1;
        byte[] message = draft.seal(incarnation, sequence);
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO batch(sequence, observations, message) VALUES(?,?,?)");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE spool SET last_sequence=?, spooled=spooled+?")) {
            insert.setLong(1, sequence);
            insert.setInt(2, draft.observations());
            insert.setBytes(3, message);
            insert.executeUpdate();
            update.setLong(1, sequence);
            update.setInt(2, draft.observations());
            update.executeUpdate();
            long over = number("SELECT coalesce(sum(length(message)), 0) FROM batch") - maxBytes;
            for (StoredBatch oldest : over > 0 ? after(0, 1_000) : List.<StoredBatch>of()) {
                if (over <= 0 || oldest.sequence() == sequence) {
                    break;
                }
                over -= oldest.message().size();
                remove("dropped", oldest.sequence(), oldest.sequence());
            }
            connection.commit();
            return sequence;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Deletes batches and counts their observations in a column of the spool. */
    void removeAndCount(String column, long first, long last) throws SQLException {
        try {
            remove(column, first, last);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private void remove(String column, long first, long last) throws SQLException {
        String range = " FROM batch WHERE sequence BETWEEN ? AND ?";
        try (PreparedStatement update = connection.prepareStatement("UPDATE spool SET " + column + "=" + column
                        + "+(SELECT coalesce(sum(observations), 0)" + range + ")");
                PreparedStatement delete = connection.prepareStatement("DELETE" + range)) {
            update.setLong(1, first);
            update.setLong(2, last);
            update.executeUpdate();
            delete.setLong(1, first);
            delete.setLong(2, last);
            delete.executeUpdate();
        }
    }

    List<StoredBatch> after(long sequence, int max) throws SQLException {
        List<StoredBatch> batches = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT sequence, message FROM batch WHERE sequence > ? ORDER BY sequence LIMIT ?")) {
            select.setLong(1, sequence);
            select.setInt(2, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    batches.add(new StoredBatch(row.getLong(1), Bytes.of(row.getBytes(2))));
                }
            }
        }
        return batches;
    }

    long lastSequence() throws SQLException {
        return number("SELECT last_sequence FROM spool");
    }

    long newestPending() throws SQLException {
        return number("SELECT coalesce(max(sequence), 0) FROM batch");
    }

    SpoolCounts counts(long unwritten) throws SQLException {
        return new SpoolCounts(
                number("SELECT spooled FROM spool"),
                number("SELECT acked FROM spool"),
                number("SELECT dropped FROM spool"),
                number("SELECT refused FROM spool"),
                number("SELECT coalesce(sum(observations), 0) FROM batch"),
                unwritten);
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
