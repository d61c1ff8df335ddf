package dev.plumbline.collector;

import dev.plumbline.collector.sqlite.DatabaseCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SQLite file has others beside it, which belong to it and to no file that takes its name. */
final class DatabaseFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFiles.class);
    private static final int BUSY_MILLIS = 5_000;
    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

    private DatabaseFiles() {}

    static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        deleteBeside(file);
    }

    /**
     * Moves a file that nobody needs to have open to another name, with what the log beside it holds: what was committed there
     * alone would be missing, or be taken for a log of the file that gets the name next.
     *
     * @param to is replaced
     * @throws IOException also while another program reads the file
     */
    static void move(Path file, Path to) throws IOException {
        delete(to);
        if (Files.exists(file)) {
            settle(file);
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
        }
        for (String suffix : BESIDE) {
            Path log = beside(file, suffix);
            if (Files.exists(log)) {
                Files.move(log, beside(to, suffix), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Takes in what the log beside a file holds, so that the file stands alone; of a damaged one the log stays. */
    private static void settle(Path file) throws IOException {
        boolean isBusy;
        try (Connection reading = DatabaseCopy.read(file);
                Statement statement = reading.createStatement()) {
            statement.executeQuery("SELECT count(*) FROM sqlite_schema").close();
        } catch (SQLException e) {
            LOG.warn("{} is replaced and could not be read any more: {}", file, e.getMessage());
            return;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            try (ResultSet done = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                isBusy = done.next() && done.getInt(1) != 0;
            }
        } catch (SQLException e) {
            LOG.warn("{} is replaced and could not be read any more: {}", file, e.getMessage());
            return;
        }
        if (isBusy) {
            throw new IOException(file + " is read by another program; wait until it has ended, and try again");
        }
        deleteBeside(file);
    }

    /**
     * What was committed to a file that is in use is on the disk, and in the file itself.
     *
     * @throws IOException while another program reads what was there before
     */
    static void checkpoint(Path file) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            try (ResultSet done = statement.executeQuery("PRAGMA wal_checkpoint(FULL)")) {
                if (done.next() && done.getInt(1) != 0) {
                    throw new IOException(file + " is read by another program that does not come to its end");
                }
            }
        }
    }

    static void deleteFolder(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void deleteBeside(Path file) throws IOException {
        for (String suffix : BESIDE) {
            Files.deleteIfExists(beside(file, suffix));
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
