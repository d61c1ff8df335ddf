package dev.plumbline.collector.journal;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What is read of a journal's file, beside a collector that may be writing it. For one thread at a time. */
public final class JournalReading implements JournalHistory, AutoCloseable {
    private final Path path;
    private final JournalFile file;
    private final long end;

    /** Of a file that was opened otherwise. */
    JournalReading(Path path, JournalFile file) throws SQLException {
        this.path = path;
        this.file = file;
        this.end = file.end();
    }

    /**
     * Opens a file that is there.
     *
     * @throws JournalException when it is missing, damaged or not ours
     */
    public static JournalReading open(Path path) throws JournalException {
        if (!Files.isRegularFile(path)) {
            throw new JournalException(
                    "journal " + path + " does not exist; name the configuration of a collector that has run",
                    new FileNotFoundException(path.toString()));
        }
        JournalFile file = JournalFile.read(path);
        try {
            return new JournalReading(path, file);
        } catch (SQLException e) {
            throw new JournalException(JournalFile.sentence(path, e), e);
        }
    }

    @Override
    public List<JournalEntry> tail(long afterPosition, int max) throws JournalException {
        try {
            return file.tail(afterPosition, max);
        } catch (SQLException e) {
            throw new JournalException(JournalFile.sentence(path, e), e);
        }
    }

    @Override
    public Optional<Evidence> evidence(Sha256 hash) throws JournalException {
        try {
            return file.evidence(hash);
        } catch (SQLException e) {
            throw new JournalException(JournalFile.sentence(path, e), e);
        }
    }

    /** The end when it was opened. */
    @Override
    public long end() {
        return end;
    }

    @Override
    public void close() throws JournalException {
        try {
            file.close();
        } catch (SQLException e) {
            throw new JournalException(JournalFile.sentence(path, e), e);
        }
    }
}
