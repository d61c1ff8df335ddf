package dev.plumbline.collector.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are brought to the disk before they take another name. */
final class DatabaseCopyTest {
    @TempDir
    Path folder;

    private Connection filled() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE word(word TEXT)");
            statement.execute("INSERT INTO word SELECT hex(zeroblob(3000))");
        }
        return connection;
    }

    private Path file() {
        return folder.resolve("words.db");
    }

    @Test
    void aFileThatIsSettledStandsAlone() throws Exception {
        filled().close();
        DatabaseCopy.settle(file());
        Path other = Files.copy(
                file(), Files.createDirectory(folder.resolve("other")).resolve("words.db"));
        assertThat(folder.resolve("words.db-wal")).doesNotExist();
        DatabaseCopy.check(other);
        assertThat(Files.readAllBytes(other)[19])
                .as("read by rules without a log")
                .isEqualTo((byte) 1);
    }

    @Test
    void oneThatSomebodyHasOpenIsRefused() throws Exception {
        try (Connection open = filled()) {
            assertThat(open.isClosed()).isFalse();
            assertThatThrownBy(() -> DatabaseCopy.settle(file())).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void oneThatIsNotSoundIsRefused() throws Exception {
        filled().close();
        byte[] all = Files.readAllBytes(file());
        assertThat(new String(all, StandardCharsets.ISO_8859_1)).contains("0000");
        Arrays.fill(all, 4096, 4096 + 64, (byte) 0xff);
        Files.write(file(), all);
        assertThatThrownBy(() -> DatabaseCopy.settle(file())).isInstanceOf(SQLException.class);
    }
}
