package dev.plumbline.agent.spool;

import com.google.protobuf.InvalidProtocolBufferException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The spool's SQLite file and the statements that are spoken over it, each one transaction. For one thread at a time. */
final class SpoolFile implements AutoCloseable {
    private final Connection connection;
    private final SpoolBounds bounds;
    private Ledger ledger;
    private long bytes;

    /** @param bytes of the messages in it */
    SpoolFile(Connection connection, SpoolBounds bounds, Ledger ledger, long bytes) {
        this.connection = connection;
        this.bounds = bounds;
        this.ledger = ledger;
        this.bytes = bytes;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Changes what the file says of itself; on disk with the next transaction. */
    void say(UnaryOperator<Ledger> change) {
        ledger = change.apply(ledger);
    }

    /** Writes what the file says of itself. */
    void settle() throws SQLException {
        transaction(now -> {});
    }

    /** Writes a batch under the next sequence, then gives up what is too old or too much. */
    void write(Draft draft, long nowMillis) throws SQLException {
        transaction(now -> {
            now.ledger = now.ledger.at(nowMillis);
            long sequence = now.ledger.lastSequence() + 1;
            byte[] message = draft.seal(now.ledger.incarnation(), sequence, now.ledger.losses());
            insert(BatchRow.of(sequence, draft.observations(), now.ledger.time().millis(), draft.repeats(), message));
            now.ledger = now.ledger.wrote(sequence, draft.observations());
            now.bytes += message.length;
            dropOld(now, sequence);
            shrink(now, bounds.maxBytes(), sequence);
        });
    }

    /** Gives up what waits longest, so that so many bytes more have room. */
    void makeRoom(long wanted) throws SQLException {
        transaction(now -> shrink(now, Math.max(0, now.bytes - wanted), Long.MAX_VALUE));
    }

    /** Writes the log into the file and ends it, which gives back its room on the disk. */
    void checkpoint() throws SQLException {
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void insert(BatchRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO batch(" + BatchRow.COLUMNS + ") VALUES(?,?,?,?,?,?)")) {
            row.bind(insert);
            insert.executeUpdate();
        }
    }

    private void dropOld(State now, long newest) throws SQLException {
        long horizon = now.ledger.time().millis() - bounds.maxAge().toMillis();
        Optional<BatchRow> oldest = oldest("", newest);
        while (oldest.isPresent() && oldest.get().written() < horizon) {
            delete(now, oldest.get());
            oldest = oldest("", newest);
        }
    }

    /** Successes that say nothing new go first, then whole batches; the oldest of each, and never the newest batch. */
    private void shrink(State now, long mostBytes, long newest) throws SQLException {
        while (now.bytes > mostBytes) {
            Optional<BatchRow> repeating = oldest("repeats IS NOT NULL AND", newest);
            Optional<BatchRow> next = repeating.isPresent() ? repeating : oldest("", newest);
            if (next.isEmpty()) {
                return;
            }
            if (repeating.isPresent() && next.get().isSound()) {
                thin(now, next.get());
            } else {
                delete(now, next.get());
            }
        }
    }

    private Optional<BatchRow> oldest(String condition, long before) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + BatchRow.COLUMNS + " FROM batch WHERE "
                + condition + " sequence < ? ORDER BY sequence LIMIT 1")) {
            select.setLong(1, before);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(BatchRow.read(row)) : Optional.empty();
            }
        }
    }

    private void thin(State now, BatchRow row) throws SQLException {
        BatchRow thinner;
        try {
            thinner = row.thinned();
        } catch (InvalidProtocolBufferException e) {
            throw Damage.because("batch " + row.sequence() + " is no message");
        }
        insert(thinner);
        now.bytes -= row.message().size() - thinner.message().size();
        now.ledger = now.ledger.left(Ledger.Exit.DROPPED, row.observations() - thinner.observations());
    }

    /** The collector has everything up to this sequence, of which some may never have been in this file. */
    void acked(long sequence) throws SQLException {
        transaction(now -> {
            delete(now, 0, sequence, Ledger.Exit.ACKED);
            now.ledger = now.ledger.past(sequence);
        });
    }

    /** The batch is given up. */
    void refused(long sequence) throws SQLException {
        transaction(now -> delete(now, sequence, sequence, Ledger.Exit.REFUSED));
    }

    private void delete(State now, BatchRow row) throws SQLException {
        delete(now, row.sequence(), row.sequence(), row.isSound() ? Ledger.Exit.DROPPED : Ledger.Exit.DAMAGED);
    }

    private void delete(State now, long first, long last, Ledger.Exit exit) throws SQLException {
        try (PreparedStatement sum = connection.prepareStatement("SELECT coalesce(sum(observations), 0),"
                        + " coalesce(sum(length(message)), 0) FROM batch WHERE sequence BETWEEN ? AND ?");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM batch WHERE sequence BETWEEN ? AND ?")) {
            sum.setLong(1, first);
            sum.setLong(2, last);
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                long observations = row.getLong(1);
                if (observations < 0 || observations > now.ledger.pending()) {
                    throw Damage.because("more leaves it than is in it");
                }
                now.ledger = now.ledger.left(exit, observations);
                now.bytes -= row.getLong(2);
            }
            delete.setLong(1, first);
            delete.setLong(2, last);
            delete.executeUpdate();
        }
    }

    /** Batches after a sequence, oldest first. One whose bytes were changed on the disk is given up and counted. */
    List<StoredBatch> after(long sequence, int max) throws SQLException {
        while (true) {
            List<BatchRow> rows = read(sequence, max);
            List<BatchRow> damaged = rows.stream().filter(row -> !row.isSound()).toList();
            if (damaged.isEmpty()) {
                return rows.stream()
                        .map(row -> new StoredBatch(row.sequence(), row.message()))
                        .toList();
            }
            transaction(now -> {
                for (BatchRow row : damaged) {
                    delete(now, row);
                }
            });
        }
    }

    private List<BatchRow> read(long sequence, int max) throws SQLException {
        List<BatchRow> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + BatchRow.COLUMNS + " FROM batch WHERE sequence > ? ORDER BY sequence LIMIT ?")) {
            select.setLong(1, sequence);
            select.setInt(2, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(BatchRow.read(row));
                }
            }
        }
        return rows;
    }

    long newestPending() throws SQLException {
        return SpoolOpening.number(connection, "SELECT coalesce(max(sequence), 0) FROM batch");
    }

    long bytes() {
        return bytes;
    }

    /** How long the oldest batch has waited, by the time that counts for its end. */
    Duration oldest(long nowMillis) throws SQLException {
        long written = SpoolOpening.number(
                connection, "SELECT coalesce((SELECT written FROM batch ORDER BY sequence LIMIT 1), -1)");
        long now = ledger.at(nowMillis).time().millis();
        return written < 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, now - written));
    }

    private void transaction(Work work) throws SQLException {
        State now = new State(ledger, bytes);
        try {
            execute("BEGIN");
            work.on(now);
            try (PreparedStatement update = connection.prepareStatement("UPDATE spool SET ledger=?")) {
                update.setBytes(1, now.ledger.toBytes());
                if (update.executeUpdate() != 1) {
                    throw Damage.because("it says nothing of itself");
                }
            }
            execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            throw e;
        }
        ledger = now.ledger;
        bytes = now.bytes;
    }

    /** Spoken out, since the driver's own begin and commit lose count of each other when a disk is full. */
    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Where SQLite ended the transaction by itself there is none to roll back. */
    private void rollback(Exception cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private interface Work {
        void on(State now) throws SQLException;
    }

    /** What will be true when the transaction is. */
    private static final class State {
        private Ledger ledger;
        private long bytes;

        State(Ledger ledger, long bytes) {
            this.ledger = ledger;
            this.bytes = bytes;
        }
    }
}
