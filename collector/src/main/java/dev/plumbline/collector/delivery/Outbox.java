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
    private static final Migrations MIGRATIONS = new Migrations(Outbox.class, 2);

    /** Of what ended so much is kept for the list of each receiver, and no longer than a week. */
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
        return read(c -> Memory.of(
                told(c, receiver),
                quietSince(c, receiver),
                incidents(
                        c,
                        "SELECT DISTINCT incident FROM delivery WHERE receiver = ? AND state = 'WAITING' AND left_over = ''",
                        receiver),
                incidents(
                        c,
                        "SELECT t.incident FROM told t WHERE t.receiver = ? AND t.heard IS NULL AND t.refused IS NULL AND t.resolved IS NULL"
                                + " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.receiver = t.receiver"
                                + " AND d.incident = t.incident AND d.state = 'WAITING' AND d.tries > 0)",
                        receiver)));
    }

    private static List<Told> told(Connection c, String receiver) throws SQLException {
        try (PreparedStatement query = c.prepareStatement(
                "SELECT alert, at, refused, refused_at FROM told WHERE receiver = ? AND resolved IS NULL")) {
            query.setString(1, receiver);
            List<Told> all = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Optional<Alert.Kind> refused =
                            Optional.ofNullable(rows.getString(3)).map(Alert.Kind::valueOf);
                    Instant refusedAt = Instant.ofEpochMilli(rows.getLong(4));
                    all.add(new Told(
                            AlertJson.read(rows.getString(1)),
                            Instant.ofEpochMilli(rows.getLong(2)),
                            refused.map(kind -> new Told.Refusal(kind, refusedAt))));
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

    private static Set<String> incidents(Connection c, String sql, String receiver) throws SQLException {
        try (PreparedStatement query = c.prepareStatement(sql)) {
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
     * Writes alerts and that the receiver is told of them, all or nothing.
     *
     * @param forgotten incidents of which nothing is remembered any more
     * @param quietSince when the quiet hours that hold now began
     */
    void take(
            String receiver,
            Collection<Alert> alerts,
            Set<String> forgotten,
            Optional<Instant> quietSince,
            Instant now) {
        change(c -> {
            for (String incident : forgotten) {
                execute(c, "DELETE FROM told WHERE receiver = ? AND incident = ?", receiver, incident);
            }
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
                try (PreparedStatement insert =
                        c.prepareStatement("INSERT INTO told(receiver, incident, alert, at) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT(receiver, incident) DO UPDATE SET alert = excluded.alert, at = excluded.at,"
                                + " resolved = NULL, refused = NULL, refused_at = NULL")) {
                    insert.setString(1, receiver);
                    insert.setString(2, alert.finding());
                    insert.setString(3, AlertJson.text(alert));
                    insert.setLong(4, now.toEpochMilli());
                    insert.executeUpdate();
                }
            }
            case RESOLVED ->
                // Not forgotten before it is delivered: else nobody would ever tell the receiver.
                execute(
                        c,
                        "UPDATE told SET resolved = ?, refused = NULL, refused_at = NULL WHERE receiver = ? AND incident = ?",
                        alert.id(),
                        receiver,
                        alert.finding());
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

    /** How many causes it takes to be open. */
    int told(String receiver) {
        return read(c -> count(c, "SELECT count(*) FROM told WHERE receiver = ? AND heard IS NOT NULL", receiver));
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
     * resolved. What waits for a few that were left over holds up nothing.
     */
    Optional<Delivery> next(String receiver) {
        return read(c -> deliveries(
                        c,
                        "WHERE d.receiver = ? AND d.state = 'WAITING' AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.receiver"
                                + " = d.receiver AND e.state = 'WAITING' AND e.left_over = '' AND e.incident = d.incident AND e.incident <> '' AND"
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
                "SELECT d.number, d.receiver, d.alert, d.made_at, d.state, d.tries, d.next_at, d.ended_at, d.said,"
                        + " d.left_over"
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
                            row.getString(9),
                            words(row.getString(10))));
                }
            }
            return all;
        }
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
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

    /** Some got it: it waits for those who were left over, and holds up nothing that follows. */
    void partly(Delivery delivery, List<String> leftOver, Instant nextAt, String said) {
        change(c -> {
            if (delivery.leftOver().isEmpty()) {
                heard(c, delivery);
            }
            try (PreparedStatement update = c.prepareStatement(
                    "UPDATE delivery SET tries = tries + 1, next_at = ?, said = ?, left_over = ? WHERE number = ?")) {
                update.setLong(1, nextAt.toEpochMilli());
                update.setString(2, said);
                update.setString(3, String.join(" ", leftOver));
                update.setLong(4, delivery.number());
                return update.executeUpdate();
            }
        });
    }

    /**
     * It waits no longer, and the receiver heard it or did not: what it takes to be open is remembered with that. What is told again and
     * again leaves no line.
     */
    void end(Delivery delivery, Delivery.State state, int tries, String said, Instant now) {
        change(c -> {
            boolean isDelivered = state == Delivery.State.DELIVERED;
            // Of a message that waited for those who were left over, the receiver has heard.
            if (delivery.leftOver().isEmpty()) {
                if (isDelivered) {
                    heard(c, delivery);
                } else {
                    unheard(c, delivery, state, now);
                }
            }
            if (delivery.alert().kind() == Alert.Kind.ONGOING && isDelivered) {
                return execute(c, "DELETE FROM delivery WHERE number = " + delivery.number());
            }
            line(c, delivery, state, tries, said, now);
            return prune(c, delivery.receiver(), now);
        });
    }

    private static void line(Connection c, Delivery delivery, Delivery.State state, int tries, String said, Instant now)
            throws SQLException {
        try (PreparedStatement update = c.prepareStatement(
                "UPDATE delivery SET state = ?, tries = ?, ended_at = ?, said = ? WHERE number = ?")) {
            update.setString(1, state.name());
            update.setInt(2, tries);
            update.setLong(3, now.toEpochMilli());
            update.setString(4, said);
            update.setLong(5, delivery.number());
            update.executeUpdate();
        }
    }

    /** By lines and not by numbers: what leaves no line has used numbers as well. */
    private static int prune(Connection c, String receiver, Instant now) throws SQLException {
        return execute(
                c,
                "DELETE FROM delivery WHERE state <> 'WAITING' AND (ended_at < "
                        + now.minus(KEPT_FOR).toEpochMilli()
                        + " OR (receiver = ? AND number <= (SELECT number FROM delivery WHERE receiver = ? AND state <> 'WAITING'"
                        + " ORDER BY number DESC LIMIT 1 OFFSET " + KEPT + ")))",
                receiver,
                receiver);
    }

    private static void heard(Connection c, Delivery delivery) throws SQLException {
        String receiver = delivery.receiver();
        Alert alert = delivery.alert();
        switch (alert.kind()) {
            case OPENED, CHANGED, ONGOING ->
                execute(
                        c,
                        "UPDATE told SET heard = ? WHERE receiver = ? AND incident = ?",
                        AlertJson.text(alert),
                        receiver,
                        alert.finding());
            case RESOLVED -> {
                execute(c, "DELETE FROM told WHERE receiver = ? AND resolved = ?", receiver, alert.id());
                // It came back while this waited: the message about that is behind it.
                execute(
                        c,
                        "UPDATE told SET heard = NULL WHERE receiver = ? AND incident = ?",
                        receiver,
                        alert.finding());
            }
            case SUMMARY, TEST -> {
                // They say nothing of what is open.
            }
        }
    }

    private static void unheard(Connection c, Delivery delivery, Delivery.State state, Instant now)
            throws SQLException {
        switch (delivery.alert().kind()) {
            case OPENED, CHANGED, ONGOING -> unheardOpen(c, delivery, state, now);
            case RESOLVED ->
                // The receiver takes it to be open still, and is told of the end once more.
                asItWasHeard(c, "resolved = ?", delivery.alert().id(), delivery, Alert.Kind.RESOLVED, state, now);
            case SUMMARY, TEST -> {
                // They say nothing of what is open.
            }
        }
    }

    private static void unheardOpen(Connection c, Delivery delivery, Delivery.State state, Instant now)
            throws SQLException {
        String receiver = delivery.receiver();
        Alert alert = delivery.alert();
        Optional<Row> row = row(c, receiver, alert.finding());
        if (row.isEmpty()) {
            return;
        }
        if (row.get().isHeard()) {
            // Only what was told last counts; of an opening after an end that did not arrive, it is the opening before.
            Alert.Kind kind = alert.kind() == Alert.Kind.OPENED ? Alert.Kind.CHANGED : alert.kind();
            if (row.get().latest().equals(alert.id())) {
                asItWasHeard(c, "resolved IS NULL AND incident = ?", alert.finding(), delivery, kind, state, now);
            }
            return;
        }
        int behind = execute(
                c,
                "UPDATE delivery SET state = 'GAVE_UP', ended_at = " + now.toEpochMilli()
                        + ", said = 'the receiver never heard of the opening' WHERE receiver = ? AND incident = ?"
                        + " AND state = 'WAITING' AND number <> " + delivery.number(),
                receiver,
                alert.finding());
        if (state == Delivery.State.REFUSED && behind == 0) {
            execute(
                    c,
                    "UPDATE told SET refused = 'OPENED', refused_at = " + now.toEpochMilli()
                            + " WHERE receiver = ? AND incident = ?",
                    receiver,
                    alert.finding());
        } else {
            // As if nothing had been told: what is open is told as it is then, and what is not open is not told.
            execute(c, "DELETE FROM told WHERE receiver = ? AND incident = ?", receiver, alert.finding());
        }
    }

    /** @param kind that is told again, an hour after it was refused, at once after it was given up */
    private static void asItWasHeard(
            Connection c,
            String which,
            String value,
            Delivery delivery,
            Alert.Kind kind,
            Delivery.State state,
            Instant now)
            throws SQLException {
        String refusal = state == Delivery.State.REFUSED
                ? "refused = '" + kind.name() + "', refused_at = " + now.toEpochMilli()
                : "refused = NULL, refused_at = NULL";
        execute(
                c,
                "UPDATE told SET alert = heard, at = " + now.toEpochMilli() + ", resolved = NULL, " + refusal
                        + " WHERE receiver = ? AND heard IS NOT NULL AND " + which,
                delivery.receiver(),
                value);
    }

    /**
     * What is remembered of one cause.
     *
     * @param latest id of the message that told of it last as open
     * @param isHeard whether the receiver takes it to be open
     */
    private record Row(String latest, boolean isHeard) {}

    private static Optional<Row> row(Connection c, String receiver, String incident) throws SQLException {
        try (PreparedStatement query =
                c.prepareStatement("SELECT alert, heard IS NOT NULL FROM told WHERE receiver = ? AND incident = ?")) {
            query.setString(1, receiver);
            query.setString(2, incident);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(AlertJson.read(row.getString(1)).id(), row.getBoolean(2)))
                        : Optional.empty();
            }
        }
    }

    /**
     * Takes back an opening that was never tried, with the end that waits behind it.
     *
     * @return false where there is no such end, or the receiver has heard of the cause: then it is to be sent
     */
    boolean withdraw(Delivery opening, Instant now) {
        return change(c -> {
            String receiver = opening.receiver();
            String incident = opening.alert().finding();
            if (opening.alert().kind() != Alert.Kind.OPENED
                    || opening.tries() > 0
                    || row(c, receiver, incident).filter(r -> !r.isHeard()).isEmpty()) {
                return false;
            }
            Optional<Delivery> end = deliveries(
                            c,
                            "WHERE d.receiver = ? AND d.incident = ? AND d.state = 'WAITING' AND d.number > "
                                    + opening.number() + " ORDER BY d.number LIMIT 1",
                            receiver,
                            incident)
                    .stream()
                    .filter(d -> d.alert().kind() == Alert.Kind.RESOLVED)
                    .findFirst();
            if (end.isEmpty()) {
                return false;
            }
            for (Delivery each : List.of(opening, end.get())) {
                line(c, each, Delivery.State.WITHDRAWN, 0, "it was over before anything was sent", now);
            }
            execute(
                    c,
                    "DELETE FROM told WHERE receiver = ? AND resolved = ?",
                    receiver,
                    end.get().alert().id());
            return true;
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
