package dev.plumbline.collector.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The version of a file's tables, wherever its kind keeps it. */
public final class SchemaVersion {
    private SchemaVersion() {}

    /** Of a file that nobody needs to have open; 0 where it says none. */
    public static int of(Path file) throws SQLException {
        try (Connection connection = DatabaseCopy.read(file);
                Statement statement = connection.createStatement()) {
            int named = inTable(statement);
            return named > 0 ? named : number(statement, "PRAGMA user_version");
        }
    }

    /** Of a table {@code schema_version}; 0 where there is none. */
    public static int inTable(Statement statement) throws SQLException {
        return number(statement, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'") == 0
                ? 0
                : number(statement, "SELECT max(version) FROM schema_version");
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
