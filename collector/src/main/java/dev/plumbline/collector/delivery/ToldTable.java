package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.AlertJson;
import dev.plumbline.collector.alert.Told;
import dev.plumbline.collector.sqlite.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What each receiver was told last of each cause ({@code alert}), and what of that it took ({@code heard}): they differ while a message
 * waits, and where one did not arrive the row goes back to what was heard. Called within the outbox's transactions.
 */
final class ToldTable {
    private final Statements statements;

    ToldTable(Statements statements) {
        this.statements = statements;
    }

    /**
     * What is remembered of one cause.
     *
     * @param latest id of the message that told of it last as open
     * @param isHeard whether the receiver takes it to be open
     */
    record Row(String latest, boolean isHeard) {}

    Optional<Row> row(String receiver, String incident) throws SQLException {
        return statements.first(
                row -> new Row(AlertJson.read(row.getString(1)).id(), row.getBoolean(2)),
                "SELECT alert, heard IS NOT NULL FROM told WHERE receiver = ? AND incident = ?",
                receiver,
                incident);
    }

    /** What it was told of as open, and of no end. */
    List<Told> open(String receiver) throws SQLException {
        return statements.all(
                row -> {
                    Instant refusedAt = Instant.ofEpochMilli(row.getLong(4));
                    return new Told(
                            AlertJson.read(row.getString(1)),
                            Instant.ofEpochMilli(row.getLong(2)),
                            Optional.ofNullable(row.getString(3))
                                    .map(Alert.Kind::valueOf)
                                    .map(kind -> new Told.Refusal(kind, refusedAt)));
                },
                "SELECT alert, at, refused, refused_at FROM told WHERE receiver = ? AND resolved IS NULL",
                receiver);
    }

    /** How many causes it takes to be open. */
    int heardOf(String receiver) throws SQLException {
        return statements
                .first(
                        row -> row.getInt(1),
                        "SELECT count(*) FROM told WHERE receiver = ? AND heard IS NOT NULL",
                        receiver)
                .orElseThrow();
    }

    /** Causes of which it never heard, and no message about them was tried yet. */
    Set<String> untried(String receiver) throws SQLException {
        return new HashSet<>(statements.all(
                row -> row.getString(1),
                "SELECT t.incident FROM told t WHERE t.receiver = ? AND t.heard IS NULL AND t.refused IS NULL AND t.resolved IS NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.receiver = t.receiver"
                        + " AND d.incident = t.incident AND d.state = 'WAITING' AND d.tries > 0)",
                receiver));
    }

    Set<String> receivers() throws SQLException {
        return new HashSet<>(statements.all(row -> row.getString(1), "SELECT DISTINCT receiver FROM told"));
    }

    void remember(String receiver, Alert alert, Instant now) throws SQLException {
        switch (alert.kind()) {
            case OPENED, CHANGED, ONGOING ->
                statements.execute(
                        "INSERT INTO told(receiver, incident, alert, at) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT(receiver, incident) DO UPDATE SET alert = excluded.alert, at = excluded.at,"
                                + " resolved = NULL, refused = NULL, refused_at = NULL",
                        receiver,
                        alert.finding(),
                        AlertJson.text(alert),
                        now.toEpochMilli());
            case RESOLVED ->
                // Not forgotten before it is delivered: else nobody would ever tell the receiver.
                statements.execute(
                        "UPDATE told SET resolved = ?, refused = NULL, refused_at = NULL WHERE receiver = ? AND incident = ?",
                        alert.id(),
                        receiver,
                        alert.finding());
            case SUMMARY, TEST -> {
                // They say nothing of what is open.
            }
        }
    }

    void forget(String receiver, String incident) throws SQLException {
        statements.execute("DELETE FROM told WHERE receiver = ? AND incident = ?", receiver, incident);
    }

    void forget(String receiver) throws SQLException {
        statements.execute("DELETE FROM told WHERE receiver = ?", receiver);
    }

    /** Nothing is remembered of the cause whose end that message told. */
    void forgetEnded(String receiver, Alert end) throws SQLException {
        statements.execute("DELETE FROM told WHERE receiver = ? AND resolved = ?", receiver, end.id());
    }

    void heard(String receiver, Alert alert) throws SQLException {
        switch (alert.kind()) {
            case OPENED, CHANGED, ONGOING ->
                statements.execute(
                        "UPDATE told SET heard = ? WHERE receiver = ? AND incident = ?",
                        AlertJson.text(alert),
                        receiver,
                        alert.finding());
            case RESOLVED -> {
                forgetEnded(receiver, alert);
                // It came back while this waited: the message about that is behind it.
                statements.execute(
                        "UPDATE told SET heard = NULL WHERE receiver = ? AND incident = ?", receiver, alert.finding());
            }
            case SUMMARY, TEST -> {
                // They say nothing of what is open.
            }
        }
    }

    /**
     * A message about what it takes to be open did not arrive: it is told again, an hour later where it was refused, at once where it was
     * given up.
     */
    void openAsHeard(String receiver, String incident, Alert.Kind again, Delivery.State state, Instant now)
            throws SQLException {
        asHeard("resolved IS NULL AND incident = ?", incident, receiver, again, state, now);
    }

    /** The end did not arrive: the receiver takes it to be open still, and is told of the end once more. */
    void endedAsHeard(String receiver, Alert end, Delivery.State state, Instant now) throws SQLException {
        asHeard("resolved = ?", end.id(), receiver, Alert.Kind.RESOLVED, state, now);
    }

    private void asHeard(
            String which, String value, String receiver, Alert.Kind again, Delivery.State state, Instant now)
            throws SQLException {
        boolean isRefused = state == Delivery.State.REFUSED;
        statements.execute(
                "UPDATE told SET alert = heard, at = ?, resolved = NULL, refused = ?, refused_at = ?"
                        + " WHERE receiver = ? AND heard IS NOT NULL AND " + which,
                now.toEpochMilli(),
                isRefused ? again.name() : null,
                isRefused ? now.toEpochMilli() : null,
                receiver,
                value);
    }

    /** It wants to hear nothing of that opening. */
    void openingRefused(String receiver, String incident, Instant now) throws SQLException {
        statements.execute(
                "UPDATE told SET refused = 'OPENED', refused_at = ? WHERE receiver = ? AND incident = ?",
                now.toEpochMilli(),
                receiver,
                incident);
    }
}
