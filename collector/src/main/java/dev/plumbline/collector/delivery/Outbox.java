package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.Memory;
import dev.plumbline.collector.sqlite.Migrations;
import dev.plumbline.collector.sqlite.SchemaVersion;
import dev.plumbline.collector.sqlite.Statements;
import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be delivered, and what receivers were told, in a SQLite file of its own: neither can be made anew from the journal.
 * Decides nothing; any thread, one at a time. What was written survives the loss of power.
 */
final class Outbox implements AutoCloseable {
    private static final Migrations MIGRATIONS = new Migrations(Outbox.class, 2);

    private final Path file;
    private final Connection connection;
    private final Statements statements;
    private final DeliveryTable deliveries;
    private final ToldTable told;

    private Outbox(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        statements = new Statements(connection);
        deliveries = new DeliveryTable(statements);
        told = new ToldTable(statements);
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

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private interface Change {
        void make() throws SQLException;
    }

    private synchronized <T> T in(String what, Reading<T> work) {
        try {
            T done = work.read();
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

    private <T> T read(Reading<T> reading) {
        return in("could not be read", reading);
    }

    private void change(Change change) {
        in("could not be written", () -> {
            change.make();
            return true;
        });
    }

    /** All that is remembered of a receiver. */
    Memory memory(String receiver) {
        return read(() -> Memory.of(
                told.open(receiver), since(receiver), deliveries.waitingFor(receiver), told.untried(receiver)));
    }

    int waiting(String receiver) {
        return read(() -> deliveries.waiting(receiver));
    }

    /** How many causes it takes to be open. */
    int told(String receiver) {
        return read(() -> told.heardOf(receiver));
    }

    /** When the quiet hours that hold for it began. */
    Optional<Instant> quietSince(String receiver) {
        return read(() -> since(receiver));
    }

    private Optional<Instant> since(String receiver) throws SQLException {
        return statements.first(
                row -> Instant.ofEpochMilli(row.getLong(1)), "SELECT since FROM quiet WHERE receiver = ?", receiver);
    }

    /** @see DeliveryTable#next */
    Optional<Delivery> next(String receiver) {
        return read(() -> deliveries.next(receiver));
    }

    /** The latest first, what waits before all else. */
    List<Delivery> list(Optional<String> receiver, int most) {
        return read(() -> deliveries.list(receiver, most));
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
        change(() -> {
            for (String incident : forgotten) {
                told.forget(receiver, incident);
            }
            for (Alert alert : alerts) {
                deliveries.add(receiver, alert, now);
                told.remember(receiver, alert, now);
            }
            if (quietSince.isPresent()) {
                statements.execute(
                        "INSERT OR IGNORE INTO quiet(receiver, since) VALUES (?, ?)",
                        receiver,
                        quietSince.get().toEpochMilli());
            } else {
                statements.execute("DELETE FROM quiet WHERE receiver = ?", receiver);
            }
        });
    }

    /** It was tried once more in vain. */
    void postpone(Delivery delivery, Instant nextAt, String said) {
        change(() -> deliveries.tried(delivery, delivery.leftOver(), nextAt, said));
    }

    /** Some got it: it waits for those who were left over, and holds up nothing that follows. */
    void partly(Delivery delivery, List<String> leftOver, Instant nextAt, String said) {
        change(() -> {
            if (delivery.leftOver().isEmpty()) {
                told.heard(delivery.receiver(), delivery.alert());
            }
            deliveries.tried(delivery, leftOver, nextAt, said);
        });
    }

    /**
     * It waits no longer, and the receiver heard it or did not: what it takes to be open is remembered with that. What is told again and
     * again leaves no line.
     */
    void end(Delivery delivery, Delivery.State state, int tries, String said, Instant now) {
        change(() -> {
            boolean isDelivered = state == Delivery.State.DELIVERED;
            // Of a message that waited for those who were left over, the receiver has heard.
            if (delivery.leftOver().isEmpty()) {
                if (isDelivered) {
                    told.heard(delivery.receiver(), delivery.alert());
                } else {
                    unheard(delivery, state, now);
                }
            }
            if (isDelivered && delivery.alert().kind() == Alert.Kind.ONGOING) {
                deliveries.delete(delivery);
            } else {
                deliveries.end(delivery, state, tries, said, now);
                deliveries.prune(delivery.receiver(), now);
            }
        });
    }

    private void unheard(Delivery delivery, Delivery.State state, Instant now) throws SQLException {
        switch (delivery.alert().kind()) {
            case OPENED, CHANGED, ONGOING -> unheardOpen(delivery, state, now);
            case RESOLVED -> told.endedAsHeard(delivery.receiver(), delivery.alert(), state, now);
            case SUMMARY, TEST -> {
                // They say nothing of what is open.
            }
        }
    }

    private void unheardOpen(Delivery delivery, Delivery.State state, Instant now) throws SQLException {
        String receiver = delivery.receiver();
        Alert alert = delivery.alert();
        Optional<ToldTable.Row> row = told.row(receiver, alert.finding());
        if (row.isEmpty()) {
            return;
        }
        if (row.get().isHeard()) {
            // Only what was told last counts; of an opening after an end that did not arrive, it is the opening before.
            if (row.get().latest().equals(alert.id())) {
                Alert.Kind again = alert.kind() == Alert.Kind.OPENED ? Alert.Kind.CHANGED : alert.kind();
                told.openAsHeard(receiver, alert.finding(), again, state, now);
            }
            return;
        }
        int behind = deliveries.giveUpOthers(delivery, "the receiver never heard of the opening", now);
        if (state == Delivery.State.REFUSED && behind == 0) {
            told.openingRefused(receiver, alert.finding(), now);
        } else {
            // As if nothing had been told: what is open is told as it is then, and what is not open is not told.
            told.forget(receiver, alert.finding());
        }
    }

    /**
     * Takes back an opening that was never tried, with the end that waits behind it.
     *
     * @return false where there is no such end, or the receiver has heard of the cause: then it is to be sent
     */
    boolean withdraw(Delivery opening, Instant now) {
        return in("could not be written", () -> {
            if (opening.alert().kind() != Alert.Kind.OPENED
                    || opening.tries() > 0
                    || told.row(opening.receiver(), opening.alert().finding())
                            .filter(row -> !row.isHeard())
                            .isEmpty()) {
                return false;
            }
            Optional<Delivery> end =
                    deliveries.behind(opening).filter(d -> d.alert().kind() == Alert.Kind.RESOLVED);
            if (end.isEmpty()) {
                return false;
            }
            for (Delivery each : List.of(opening, end.get())) {
                deliveries.end(each, Delivery.State.WITHDRAWN, 0, "it was over before anything was sent", now);
            }
            told.forgetEnded(opening.receiver(), end.get().alert());
            return true;
        });
    }

    /**
     * Receivers that are there no longer are remembered no longer.
     *
     * @return how many messages to such ones waited
     */
    int keepOnly(Set<String> receivers, Instant now) {
        return in("could not be written", () -> {
            Set<String> gone = deliveries.receivers();
            gone.addAll(told.receivers());
            gone.addAll(statements.all(row -> row.getString(1), "SELECT receiver FROM quiet"));
            gone.removeAll(receivers);
            int ended = 0;
            for (String receiver : gone) {
                ended += deliveries.giveUpAll(receiver, "the receiver is configured no longer", now);
                told.forget(receiver);
                statements.execute("DELETE FROM quiet WHERE receiver = ?", receiver);
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
