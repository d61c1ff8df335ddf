package dev.plumbline.collector.enrol;

import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Who may be an agent, in a SQLite file of its own: it cannot be built anew from the journal as the store can, and is never
 * moved away with it. Decides nothing; any thread, one at a time.
 */
public final class EnrolmentFile implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final EnrolmentRecords records;

    private EnrolmentFile(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.records = new EnrolmentRecords(connection);
    }

    /**
     * Opens the file and makes it when there is none.
     *
     * @throws ConfigException when it cannot be opened or a newer program wrote it
     */
    public static EnrolmentFile open(Path file) throws ConfigException {
        try {
            Connection connection = Schema.connect(file);
            try {
                Schema.prepare(connection, file);
                return new EnrolmentFile(file, connection);
            } catch (SQLException | ConfigException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new ConfigException(List.of(file + ": cannot be used as the file of enrolments (" + e.getMessage()
                    + "); its folder must exist and be writable, and a damaged file is to be restored from a backup:"
                    + " it says who was revoked"));
        }
    }

    /**
     * The changes of the site's segments in a file that nobody needs to have open; none where there is no file, or one of an older
     * program.
     *
     * @throws ConfigException when it cannot be read or a newer program wrote it
     */
    public static List<SegmentChange> segmentChanges(Path file) throws ConfigException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Connection connection = DatabaseCopy.read(file)) {
            return Schema.hasSegments(connection, file) ? new EnrolmentRecords(connection).segmentChanges() : List.of();
        } catch (SQLException e) {
            throw new ConfigException(List.of(file + ": cannot be read (" + e.getMessage()
                    + "); it says which segments were added by command: restore it from a backup"));
        }
    }

    /** What is to happen at one blow. */
    interface Work<T> {
        T on(EnrolmentRecords records) throws SQLException, Refusal;
    }

    /**
     * Does all of the work durably, or nothing of it.
     *
     * @throws Refusal of the work
     * @throws EnrolmentFileException when the file could not be written
     */
    synchronized <T> T change(Work<T> work) throws Refusal {
        try {
            T done = work.on(records);
            connection.commit();
            return done;
        } catch (SQLException e) {
            rollback(e);
            throw new EnrolmentFileException(file + ": could not be written (" + e.getMessage() + ")", e);
        } catch (Refusal | RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    /** What is read in one go. */
    interface Question<T> {
        T of(EnrolmentRecords records) throws SQLException;
    }

    /**
     * Reads, and changes nothing.
     *
     * @throws EnrolmentFileException when the file could not be read
     */
    synchronized <T> T read(Question<T> question) {
        try {
            T answer = question.of(records);
            connection.rollback();
            return answer;
        } catch (SQLException e) {
            rollback(e);
            throw new EnrolmentFileException(file + ": could not be read (" + e.getMessage() + ")", e);
        }
    }

    private void rollback(Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException alreadyUndone) {
            cause.addSuppressed(alreadyUndone);
        }
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
