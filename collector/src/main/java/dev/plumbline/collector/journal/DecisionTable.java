package dev.plumbline.collector.journal;

import dev.plumbline.words.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** When rounds were closed ({@code closing}), and from where on which program judged ({@code beginning}). */
final class DecisionTable {
    private final Connection connection;
    private final JournalVersion version;

    DecisionTable(Connection connection, JournalVersion version) {
        this.connection = connection;
        this.version = version;
    }

    Closing insert(long round, long readTo, Instant closedAt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO closing(round, read_to, closed_micros, crc32c) VALUES(?,?,?,?) RETURNING id")) {
            insert.setLong(1, round);
            insert.setLong(2, readTo);
            insert.setLong(3, Columns.micros(closedAt));
            insert.setLong(4, Sums.of(new Closing(0, round, readTo, closedAt)));
            return new Closing(id(insert), round, readTo, closedAt);
        }
    }

    Beginning insert(long applied, Instant begunAt, Basis basis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO beginning(applied, begun_micros, program, configuration, crc32c, edition, patience_millis)
                VALUES(?,?,?,?,?,?,?) RETURNING id""")) {
            insert.setLong(1, applied);
            insert.setLong(2, Columns.micros(begunAt));
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

    List<Closing> closings(long afterId, int max, Consumer<Damage> damaged) throws SQLException {
        return closings("id > ? ORDER BY id", afterId, max, damaged);
    }

    /** The latest first. */
    List<Closing> closingsBefore(long beforeId, int max, Consumer<Damage> damaged) throws SQLException {
        return closings("id < ? ORDER BY id DESC", beforeId, max, damaged);
    }

    private List<Closing> closings(String where, long id, int max, Consumer<Damage> damaged) throws SQLException {
        if (!version.hasDecisions()) {
            return List.of();
        }
        List<Closing> closings = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, round, read_to, closed_micros, crc32c FROM closing WHERE " + where)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (closings.size() < max && row.next()) {
                    Closing closing = new Closing(
                            row.getLong(1), row.getLong(2), row.getLong(3), Columns.instant(row.getLong(4)));
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
        if (!version.hasDecisions()) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM closing")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    List<Beginning> beginnings(Consumer<Damage> damaged) throws SQLException {
        if (!version.hasDecisions()) {
            return List.of();
        }
        List<Beginning> beginnings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT id, applied, begun_micros, program, configuration, crc32c, "
                                + (version.hasEditions() ? "edition" : "''") + ", "
                                + (version.hasPatience() ? "patience_millis" : "0") + " FROM beginning ORDER BY id")) {
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
                    Columns.instant(row.getLong(3)),
                    new Basis(program, Sha256.ofDigest(configuration), edition, Duration.ofMillis(row.getLong(8))));
            return Sums.of(beginning) == row.getLong(6) ? Optional.of(beginning) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
