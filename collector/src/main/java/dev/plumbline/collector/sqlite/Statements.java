package dev.plumbline.collector.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one connection, each prepared once and kept: a round writes some ten thousand rows by a dozen of them, a report asks
 * as often, and to prepare one takes longer than to run it. So what changes from call to call is a value, never part of the text. Used
 * by one thread at a time.
 */
public final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** What is made of a row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param connection whose end is that of the statements */
    public Statements(Connection connection) {
        this.connection = connection;
    }

    /** Gives how many rows it changed. */
    public int execute(String sql, @Nullable Object... values) throws SQLException {
        return run(sql, PreparedStatement::executeUpdate, values);
    }

    /** The first row that a query gives. */
    public <T> Optional<T> first(RowReader<T> reader, String sql, Object... values) throws SQLException {
        return run(
                sql,
                statement -> {
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
                    }
                },
                values);
    }

    /** All rows that a query gives. */
    public <T> List<T> all(RowReader<T> reader, String sql, Object... values) throws SQLException {
        return run(
                sql,
                statement -> {
                    List<T> all = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            all.add(reader.read(rows));
                        }
                    }
                    return all;
                },
                values);
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** The driver gives up a statement that failed, as on a full disk or a damaged page: the next time it is prepared anew. */
    private <T> T run(String sql, Use<T> use, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return use.of(statement);
        } catch (SQLException e) {
            prepared.remove(sql);
            close(statement, e);
            throw e;
        }
    }

    private static void close(PreparedStatement failed, SQLException cause) {
        try {
            failed.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    public Connection connection() {
        return connection;
    }
}
