package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.AlertJson;
import dev.plumbline.collector.sqlite.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The messages to receivers: those that wait, and of those that ended the latest. Called within the outbox's transactions. */
final class DeliveryTable {
    /** Of what ended so much is kept for the list of each receiver, and no longer than a week. */
    private static final int KEPT = 1_000;

    private static final Duration KEPT_FOR = Duration.ofDays(7);

    private static final String SELECT = "SELECT d.number, d.receiver, d.alert, d.made_at, d.state, d.tries, d.next_at,"
            + " d.ended_at, d.said, d.left_over FROM delivery d";

    private final Statements statements;

    DeliveryTable(Statements statements) {
        this.statements = statements;
    }

    void add(String receiver, Alert alert, Instant now) throws SQLException {
        statements.execute(
                "INSERT INTO delivery(id, receiver, incident, alert, made_at, state, tries, next_at, said)"
                        + " VALUES (?, ?, ?, ?, ?, 'WAITING', 0, ?, '')",
                alert.id(),
                receiver,
                alert.finding(),
                AlertJson.text(alert),
                now.toEpochMilli(),
                now.toEpochMilli());
    }

    int waiting(String receiver) throws SQLException {
        return statements
                .first(
                        row -> row.getInt(1),
                        "SELECT count(*) FROM delivery WHERE receiver = ? AND state = 'WAITING'",
                        receiver)
                .orElseThrow();
    }

    /** Causes of which a message waits for all. */
    Set<String> waitingFor(String receiver) throws SQLException {
        return new HashSet<>(statements.all(
                row -> row.getString(1),
                "SELECT DISTINCT incident FROM delivery WHERE receiver = ? AND state = 'WAITING' AND left_over = ''",
                receiver));
    }

    Set<String> receivers() throws SQLException {
        return new HashSet<>(statements.all(row -> row.getString(1), "SELECT DISTINCT receiver FROM delivery"));
    }

    /**
     * The message whose turn it is, whenever that is: of those of one incident the first alone, so that nothing is opened after it was
     * resolved. What waits for a few that were left over holds up nothing.
     */
    Optional<Delivery> next(String receiver) throws SQLException {
        return statements.first(
                DeliveryTable::delivery,
                SELECT
                        + " WHERE d.receiver = ? AND d.state = 'WAITING' AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.receiver"
                        + " = d.receiver AND e.state = 'WAITING' AND e.left_over = '' AND e.incident = d.incident AND e.incident <> '' AND"
                        + " e.number < d.number) ORDER BY d.next_at, d.number LIMIT 1",
                receiver);
    }

    /** The first that waits behind it and is about the same cause. */
    Optional<Delivery> behind(Delivery delivery) throws SQLException {
        return statements.first(
                DeliveryTable::delivery,
                SELECT + " WHERE d.receiver = ? AND d.incident = ? AND d.state = 'WAITING' AND d.number > ?"
                        + " ORDER BY d.number LIMIT 1",
                delivery.receiver(),
                delivery.alert().finding(),
                delivery.number());
    }

    /** The latest first, what waits before all else. */
    List<Delivery> list(Optional<String> receiver, int most) throws SQLException {
        String order = " ORDER BY CASE d.state WHEN 'WAITING' THEN 0 ELSE 1 END, d.number DESC LIMIT ?";
        return receiver.isPresent()
                ? statements.all(
                        DeliveryTable::delivery, SELECT + " WHERE d.receiver = ?" + order, receiver.get(), most)
                : statements.all(DeliveryTable::delivery, SELECT + order, most);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        long ended = row.getLong(8);
        boolean isOver = !row.wasNull();
        return new Delivery(
                row.getLong(1),
                row.getString(2),
                AlertJson.read(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                Delivery.State.valueOf(row.getString(5)),
                row.getInt(6),
                Instant.ofEpochMilli(row.getLong(7)),
                isOver ? Optional.of(Instant.ofEpochMilli(ended)) : Optional.empty(),
                row.getString(9),
                words(row.getString(10)));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    /** It was tried once more, and waits on: for all that are left over. */
    void tried(Delivery delivery, List<String> leftOver, Instant nextAt, String said) throws SQLException {
        statements.execute(
                "UPDATE delivery SET tries = tries + 1, next_at = ?, said = ?, left_over = ? WHERE number = ?",
                nextAt.toEpochMilli(),
                said,
                String.join(" ", leftOver),
                delivery.number());
    }

    void end(Delivery delivery, Delivery.State state, int tries, String said, Instant now) throws SQLException {
        statements.execute(
                "UPDATE delivery SET state = ?, tries = ?, ended_at = ?, said = ? WHERE number = ?",
                state.name(),
                tries,
                now.toEpochMilli(),
                said,
                delivery.number());
    }

    /** Those about the same cause that wait besides it are given up. */
    int giveUpOthers(Delivery delivery, String said, Instant now) throws SQLException {
        return statements.execute(
                "UPDATE delivery SET state = 'GAVE_UP', ended_at = ?, said = ? WHERE receiver = ? AND incident = ?"
                        + " AND state = 'WAITING' AND number <> ?",
                now.toEpochMilli(),
                said,
                delivery.receiver(),
                delivery.alert().finding(),
                delivery.number());
    }

    int giveUpAll(String receiver, String said, Instant now) throws SQLException {
        return statements.execute(
                "UPDATE delivery SET state = 'GAVE_UP', ended_at = ?, said = ? WHERE receiver = ? AND state = 'WAITING'",
                now.toEpochMilli(),
                said,
                receiver);
    }

    void delete(Delivery delivery) throws SQLException {
        statements.execute("DELETE FROM delivery WHERE number = ?", delivery.number());
    }

    /** By lines and not by numbers: what leaves no line has used numbers as well. */
    void prune(String receiver, Instant now) throws SQLException {
        statements.execute(
                "DELETE FROM delivery WHERE state <> 'WAITING' AND (ended_at < ?"
                        + " OR (receiver = ? AND number <= (SELECT number FROM delivery WHERE receiver = ? AND state <> 'WAITING'"
                        + " ORDER BY number DESC LIMIT 1 OFFSET ?)))",
                now.minus(KEPT_FOR).toEpochMilli(),
                receiver,
                receiver,
                KEPT);
    }
}
