package dev.plumbline.collector.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver does to a statement that failed, and that nobody sees it the next time. */
final class StatementsTest {
    private static final String INSERT = "INSERT INTO fact(id, said) VALUES (?, ?)";
    private static final String SELECT = "SELECT said FROM fact WHERE id = ?";
    private static final int ROWS = 400;
    private static final int PAGE = 4_096;

    @TempDir
    Path folder;

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("facts.db"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String said(Statements statements, int id) throws SQLException {
        return statements.first(row -> row.getString(1), SELECT, id).orElseThrow();
    }

    @Test
    void whatDidNotFitFitsWhenThereIsRoomAgain() throws Exception {
        try (Connection connection = open()) {
            execute(connection, "CREATE TABLE fact(id INTEGER PRIMARY KEY, said TEXT)");
            execute(connection, "PRAGMA max_page_count = 4");
            Statements statements = new Statements(connection);
            assertThat(statements.execute(INSERT, 1, "small")).isEqualTo(1);
            String large = "x".repeat(8 * PAGE);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> statements.execute(INSERT, 2, large))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("SQLITE_FULL");
            }
            execute(connection, "PRAGMA max_page_count = 4000");
            assertThat(statements.execute(INSERT, 2, large)).isEqualTo(1);
            assertThat(said(statements, 2)).isEqualTo(large);
        }
    }

    @Test
    void aDamagedPageTakesNoOtherRowWithIt() throws Exception {
        try (Connection connection = open()) {
            execute(connection, "PRAGMA page_size = " + PAGE);
            execute(connection, "CREATE TABLE fact(id INTEGER PRIMARY KEY, said TEXT)");
            Statements statements = new Statements(connection);
            for (int id = 1; id <= ROWS; id++) {
                statements.execute(INSERT, id, "said " + id + " ".repeat(200));
            }
        }
        int damaged = 10;
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("facts.db").toFile(), "rw")) {
            file.seek((long) damaged * PAGE);
            file.write(new byte[PAGE]);
        }
        try (Connection connection = open()) {
            Statements statements = new Statements(connection);
            int lost = 0;
            for (int id = 1; id <= ROWS; id++) {
                try {
                    assertThat(said(statements, id)).startsWith("said " + id + " ");
                } catch (SQLException e) {
                    assertThat(e.getMessage()).contains("SQLITE_CORRUPT");
                    lost++;
                }
            }
            assertThat(lost).isBetween(1, ROWS / 10);
        }
    }
}
