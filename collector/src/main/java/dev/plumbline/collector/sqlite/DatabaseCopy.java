package dev.plumbline.collector.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Copies of SQLite files, also of those that are being written: a copy shows one moment, and is whole or not there. */
public final class DatabaseCopy {
    private static final int BUSY_MILLIS = 10_000;

    private DatabaseCopy() {}

    /**
     * Copies a database to a file that is not there, and checks the copy.
     *
     * @throws SQLException when the source cannot be read or the copy is not sound; then there is no copy
     */
    public static void make(Path source, Path copy) throws SQLException, IOException {
        Path unfinished = copy.resolveSibling(copy.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        try {
            try (Connection connection = read(source);
                    PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, unfinished.toString());
                vacuum.execute();
            }
            check(unfinished);
            flush(unfinished);
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
            flush(copy.toAbsolutePath().resolveSibling(""));
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** @throws SQLException when the file is damaged as far as SQLite can tell */
    public static void check(Path file) throws SQLException {
        try (Connection connection = read(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            String first = rows.next() ? rows.getString(1) : "no answer";
            if (!first.equals("ok")) {
                throw new SQLException("SQLITE_CORRUPT: " + first);
            }
        }
    }

    /**
     * Brings a file that nobody has open to the disk, as a whole: nothing of it lies in a log beside it, which would keep its name
     * when the file takes another.
     *
     * @throws SQLException when somebody has it open, or it is not sound
     */
    public static void settle(Path file) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
            if (!mode.next() || !mode.getString(1).equals("delete")) {
                throw new SQLException("the log beside " + file + " cannot be taken in");
            }
        }
        check(file);
        flush(file);
    }

    /** Writes what the system still holds back of a file, or of the names in a folder. */
    public static void flush(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** A connection that writes nothing, beside others that may. */
    public static Connection read(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    }
}
