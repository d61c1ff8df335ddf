package dev.plumbline.collector.store;

import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.words.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a store's file, in order of their keys, to be compared with those of another. Nobody may write it meanwhile.
 */
public final class StoreContent implements AutoCloseable {
    private static final int SHOWN = 48;

    private final Connection connection;

    private StoreContent(Connection connection) {
        this.connection = connection;
    }

    public static StoreContent open(Path file) throws SQLException {
        return new StoreContent(DatabaseCopy.read(file));
    }

    /** Every table of ours, in order of names. When Flyway made them is no part of what they say. */
    public List<StoreTable> tables() throws SQLException {
        List<StoreTable> tables = new ArrayList<>();
        for (String name : names()) {
            tables.add(table(name));
        }
        return tables;
    }

    /**
     * What the first row says that is not the same in another store.
     *
     * @return empty when the table has the same rows in both
     */
    public Optional<String> firstDifference(StoreContent other, String table) throws SQLException {
        String sql = ordered(table);
        try (Statement mine = connection.createStatement();
                Statement others = other.connection.createStatement();
                ResultSet here = mine.executeQuery(sql);
                ResultSet there = others.executeQuery(sql)) {
            while (true) {
                boolean isHere = here.next();
                boolean isThere = there.next();
                if (!isHere && !isThere) {
                    return Optional.empty();
                }
                if (!isHere || !isThere) {
                    return Optional.of("one ends; the other goes on with " + row(isHere ? here : there));
                }
                if (!MessageDigest.isEqual(encoded(here), encoded(there))) {
                    return Optional.of(row(here) + " and " + row(there));
                }
            }
        }
    }

    private List<String> names() throws SQLException {
        return texts("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                + " AND name NOT LIKE 'flyway_%' ORDER BY name");
    }

    private StoreTable table(String name) throws SQLException {
        MessageDigest digest = sha256();
        long rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ordered(name))) {
            while (row.next()) {
                rows++;
                digest.update(encoded(row));
            }
        }
        return new StoreTable(name, rows, Sha256.ofDigest(digest.digest()));
    }

    private String ordered(String table) throws SQLException {
        List<String> keys = texts("SELECT name FROM pragma_table_info('" + table + "') WHERE pk > 0 ORDER BY pk");
        List<String> order =
                keys.isEmpty() ? texts("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid") : keys;
        return "SELECT * FROM \"" + table + "\" ORDER BY \"" + String.join("\", \"", order) + "\"";
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** Kind, length and content of each column: no two rows that differ are written the same. */
    private static byte[] encoded(ResultSet row) throws SQLException {
        MessageDigest digest = sha256();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            Object value = row.getObject(column);
            byte[] content = value == null
                    ? new byte[0]
                    : value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (value == null ? 0 : value instanceof byte[] ? 1 : value instanceof Number ? 2 : 3));
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(content.length).flip());
            digest.update(content);
        }
        return digest.digest();
    }

    private static String row(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder("(");
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            text.append(column == 1 ? "" : ", ")
                    .append(row.getMetaData().getColumnName(column))
                    .append(' ')
                    .append(shown(row.getObject(column)));
        }
        return text.append(')').toString();
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes " + Sha256.of(bytes).hex().substring(0, 8);
        }
        String text = String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
