package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.AlertJson;
import dev.plumbline.collector.alert.Memory;
import dev.plumbline.collector.alert.Told;
import dev.plumbline.collector.sqlite.Migrations;
import dev.plumbline.collector.sqlite.SchemaVersion;
import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be delivered, and what receivers were told, in a SQLite file of its own: neither can be made anew from the journal.
 * Decides nothing; any thread, one at a time. What was written survives the loss of power.
 */
final class Outbox implements AutoCloseable {
    private static final Migrations MIGRATIONS = new Migrations(Outbox.class, 1);

    /** Of what ended so much is kept for the list, and no longer than a week. */
    private static final int KEPT = 1_000;

    private static final Duration KEPT_FOR = Duration.ofDays(7);

    private final Path file;
    private final Connection connection;

    private Outbox(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the file and makes it when there is none.
     *
     * @throws ConfigException when it cannot be opened or a newer program wrote it
     */
    static Outbox open(Path file) throws ConfigException {
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                int found = SchemaVersion.inTable(statement);
                if (MIGRATIONS.isNewer(found)) {
                    throw new ConfigException(List.of(MIGRATIONS.refusal(file.toString(), found)
                            + "; run that program, or move the file away: then all that is open is told anew"));
                }
                MIGRATIONS.apply(file, found);
                connection.setAutoCommit(false);
                return new Outbox(file, connection);
            } catch (SQLException | ConfigException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new ConfigException(
                    List.of(
                            file + ": cannot be used as the outbox of alerts (" + e.getMessage()
                                    + "); its folder must be writable, and a damaged file is to be moved away: then all that is open is told anew"));
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private synchronized <T> T in(String what, Work<T> work) {
        try {
            T done = work.on(connection);
            connection.commit();
            return done;
        } catch (SQLException e) {
            rollback(e);
            throw new OutboxException(file + ": " + what + " (" + e.getMessage() + ")", e);
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private void rollback(Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException alreadyUndone) {
            cause.addSuppressed(alreadyUndone);
        }
    }

    private <T> T change(Work<T> work) {
        return in("could not be written", work);
    }

    private <T> T read(Work<T> work) {
        return in("could not be read", work);
    }

    /** All that is remembered of a receiver. */
    Memory memory(String receiver) {
        return read(c -> Memory.of(told(c, receiver), quietSince(c, receiver), waitingIncidents(c, receiver)));
    }

    private static List<Told> told(Connection c, String receiver) throws SQLException {
        try (PreparedStatement query = c.prepareStatement("SELECT alert, at FROM told WHERE receiver = ?")) {
            query.setString(1, receiver);
            List<Told> all = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    all.add(new Told(AlertJson.read(rows.getString(1)), Instant.ofEpochMilli(rows.getLong(2))));
                }
            }
            return all;
        }
    }

    private static Optional<Instant> quietSince(Connection c, String receiver) throws SQLException {
        try (PreparedStatement query = c.prepareStatement("SELECT since FROM quiet WHERE receiver = ?")) {
            query.setString(1, receiver);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
            }
        }
    }

    private static Set<String> waitingIncidents(Connection c, String receiver) throws SQLException {
        try (PreparedStatement query =
                c.prepareStatement("SELECT DISTINCT incident FROM delivery WHERE receiver = ? AND state = 'WAITING'")) {
            query.setString(1, receiver);
            Set<String> all = new HashSet<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
            }
            return all;
        }
    }

    /**
     * Writes alerts and that the receiver was told of them, all or nothing.
     *
     * @param quietSince when the quiet hours that hold now began
     */
    void take(String receiver, Collection<Alert> alerts, Optional<Instant> quietSince, Instant now) {
        change(c -> {
            for (Alert alert : alerts) {
                insert(c, receiver, alert, now);
                remember(c, receiver, alert, now);
            }
            String quiet = quietSince.isPresent()
                    ? "INSERT OR IGNORE INTO quiet(receiver, since) VALUES (?, "
                            + quietSince.get().toEpochMilli() + ")"
                    : "DELETE FROM quiet WHERE receiver = ?";
            return execute(c, quiet, receiver);
        });
    }

    private static void insert(Connection c, String receiver, Alert alert, Instant now) throws SQLException {
        try (PreparedStatement insert = c.prepareStatement(
                "INSERT INTO delivery(id, receiver, incident, alert, made_at, state, tries, next_at, said)"
                        + " VALUES (?, ?, ?, ?, ?, 'WAITING', 0, ?, '')")) {
            insert.setString(1, alert.id());
            insert.setString(2, receiver);
            insert.setString(3, alert.finding());
            insert.setString(4, AlertJson.text(alert));
            insert.setLong(5, now.toEpochMilli());
            insert.setLong(6, now.toEpochMilli());
            insert.executeUpdate();
        }
    }

    private static void remember(Connection c, String receiver, Alert alert, Instant now) throws SQLException {
        switch (alert.kind()) {
            case OPENED, CHANGED, ONGOING -> {
                try (PreparedStatement insert = c.prepareStatement(
                        "INSERT OR REPLACE INTO told(receiver, incident, alert, at) VALUES (?, ?, ?, ?)")) {
                    insert.setString(1, receiver);
                    insert.setString(2, alert.finding());
                    insert.setString(3, AlertJson.text(alert));
                    insert.setLong(4, now.toEpochMilli());
                    insert.executeUpdate();
                }
            }
            case RESOLVED ->
                execute(c, "DELETE FROM told WHERE receiver = ? AND incident = ?", receiver, alert.finding());
            case SUMMARY, TEST -> {
                // They say nothing of what is open.
            }
        }
    }

    private static int execute(Connection c, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    int waiting(String receiver) {
        return read(c -> count(c, "SELECT count(*) FROM delivery WHERE receiver = ? AND state = 'WAITING'", receiver));
    }

    int told(String receiver) {
        return read(c -> count(c, "SELECT count(*) FROM told WHERE receiver = ?", receiver));
    }

    Optional<Instant> quietSince(String receiver) {
        return read(c -> quietSince(c, receiver));
    }

    private static int count(Connection c, String sql, String receiver) throws SQLException {
        try (PreparedStatement query = c.prepareStatement(sql)) {
            query.setString(1, receiver);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /**
     * The message whose turn it is, whenever that is: of those of one incident the first alone, so that nothing is opened after it was
     * resolved.
     */
    Optional<Delivery> next(String receiver) {
        return read(c -> deliveries(
                        c,
                        "WHERE d.receiver = ? AND d.state = 'WAITING' AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.receiver"
                                + " = d.receiver AND e.state = 'WAITING' AND e.incident = d.incident AND e.incident <> '' AND"
                                + " e.number < d.number) ORDER BY d.next_at, d.number LIMIT 1",
                        receiver)
                .stream()
                .findFirst());
    }

    /** The latest first, what waits before all else. */
    List<Delivery> list(Optional<String> receiver, int most) {
        String which = receiver.isPresent() ? "WHERE d.receiver = ?" : "";
        return read(c -> deliveries(
                c,
                which + " ORDER BY CASE d.state WHEN 'WAITING' THEN 0 ELSE 1 END, d.number DESC LIMIT " + most,
                receiver.stream().toArray(String[]::new)));
    }

    private static List<Delivery> deliveries(Connection c, String clauses, String... values) throws SQLException {
        try (PreparedStatement query = c.prepareStatement(
                "SELECT d.number, d.receiver, d.alert, d.made_at, d.state, d.tries, d.next_at, d.ended_at, d.said"
                        + " FROM delivery d " + clauses)) {
            for (int i = 0; i < values.length; i++) {
                query.setString(i + 1, values[i]);
            }
            List<Delivery> all = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long ended = row.getLong(8);
                    boolean isOver = !row.wasNull();
                    all.add(new Delivery(
                            row.getLong(1),
                            row.getString(2),
                            AlertJson.read(row.getString(3)),
                            Instant.ofEpochMilli(row.getLong(4)),
                            Delivery.State.valueOf(row.getString(5)),
                            row.getInt(6),
                            Instant.ofEpochMilli(row.getLong(7)),
                            isOver ? Optional.of(Instant.ofEpochMilli(ended)) : Optional.empty(),
                            row.getString(9)));
                }
            }
            return all;
        }
    }

    /** It was tried once more in vain. */
    void postpone(Delivery delivery, Instant nextAt, String said) {
        change(c -> {
            try (PreparedStatement update = c.prepareStatement(
                    "UPDATE delivery SET tries = tries + 1, next_at = ?, said = ? WHERE number = ?")) {
                update.setLong(1, nextAt.toEpochMilli());
                update.setString(2, said);
                update.setLong(3, delivery.number());
                return update.executeUpdate();
            }
        });
    }

    /** It waits no longer; what is told again and again leaves no line. */
    void end(Delivery delivery, Delivery.State state, int tries, String said, Instant now) {
        change(c -> {
            if (delivery.alert().kind() == Alert.Kind.ONGOING && state == Delivery.State.DELIVERED) {
                return execute(c, "DELETE FROM delivery WHERE number = " + delivery.number());
            }
            try (PreparedStatement update = c.prepareStatement(
                    "UPDATE delivery SET state = ?, tries = ?, ended_at = ?, said = ? WHERE number = ?")) {
                update.setString(1, state.name());
                update.setInt(2, tries);
                update.setLong(3, now.toEpochMilli());
                update.setString(4, said);
                update.setLong(5, delivery.number());
                update.executeUpdate();
            }
            return execute(
                    c,
                    "DELETE FROM delivery WHERE state <> 'WAITING' AND (ended_at < "
                            + now.minus(KEPT_FOR).toEpochMilli()
                            + " OR number <= (SELECT max(number) FROM delivery) - " + KEPT + ")");
        });
    }

    /**
     * Receivers that are there no longer are remembered no longer.
     *
     * @return how many messages to such ones waited
     */
    int keepOnly(Set<String> receivers, Instant now) {
        return change(c -> {
            Set<String> known = new HashSet<>();
            try (Statement statement = c.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT receiver FROM delivery UNION SELECT receiver FROM told UNION SELECT receiver FROM quiet")) {
                while (rows.next()) {
                    known.add(rows.getString(1));
                }
            }
            known.removeAll(receivers);
            int ended = 0;
            for (String gone : known) {
                ended += execute(
                        c,
                        "UPDATE delivery SET state = 'GAVE_UP', said = 'the receiver is configured no longer', ended_at = "
                                + now.toEpochMilli() + " WHERE receiver = ? AND state = 'WAITING'",
                        gone);
                execute(c, "DELETE FROM told WHERE receiver = ?", gone);
                execute(c, "DELETE FROM quiet WHERE receiver = ?", gone);
            }
            return ended;
        });
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing is lost: what was committed is on the disk.
        }
    }
}
