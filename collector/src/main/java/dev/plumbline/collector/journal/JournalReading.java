package dev.plumbline.collector.journal;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is read of a journal's file, beside a collector that may be writing it. For one thread at a time. */
public final class JournalReading implements JournalHistory, AutoCloseable {
    private static final int PAGE = 256;

    private final Path path;
    private final JournalFile file;
    private final Damages damages;
    private final long end;

    /** Of a file that was opened otherwise. */
    JournalReading(Path path, JournalFile file, Damages damages) throws SQLException {
        this.path = path;
        this.file = file;
        this.damages = damages;
        this.end = file.records().end();
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
            return new JournalReading(path, file, new Damages());
        } catch (SQLException e) {
            throw new JournalException(JournalFile.sentence(path, e), e);
        }
    }

    @Override
    public JournalPage page(long afterPosition, long upTo, int max) throws JournalException {
        return read(() -> file.records().page(afterPosition, upTo, max, damages::meet));
    }

    @Override
    public List<JournalEntry> ofSegment(SegmentId segment, long afterPosition, long upTo) throws JournalException {
        return read(() -> file.records().ofSegment(segment, afterPosition, upTo, damages::meet));
    }

    @Override
    public long before(Instant time) throws JournalException {
        return read(() -> file.records().before(time));
    }

    @Override
    public Optional<Evidence> evidence(Sha256 hash, long upTo) throws JournalException {
        return read(() -> file.evidence().evidence(hash, upTo, damages::meet));
    }

    @Override
    public List<Closing> closings(long afterId, int max) throws JournalException {
        return read(() -> file.decisions().closings(afterId, max, damages::meet));
    }

    @Override
    public List<Closing> closingsBefore(long beforeId, int max) throws JournalException {
        return read(() -> file.decisions().closingsBefore(beforeId, max, damages::meet));
    }

    @Override
    public long lastClosing() throws JournalException {
        return read(file.decisions()::lastClosing);
    }

    @Override
    public List<Beginning> beginnings() throws JournalException {
        return read(() -> file.decisions().beginnings(damages::meet));
    }

    @Override
    public long deletedTo() throws JournalException {
        return read(file.records()::deletedTo);
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    private <T> T read(Question<T> question) throws JournalException {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new JournalException(JournalFile.sentence(path, e), e);
        }
    }

    /** Reads all there is once: what is not as it was written is told by {@link #damaged} from then on. */
    public void check() throws JournalException {
        JournalPage page;
        long position = 0;
        do {
            page = page(position, end, PAGE);
            position = page.last();
        } while (page.isFull());
        long closing = 0;
        List<Closing> closings;
        do {
            closings = closings(closing, PAGE);
            closing = closings.isEmpty()
                    ? closing
                    : closings.get(closings.size() - 1).id();
        } while (!closings.isEmpty());
        beginnings();
        read(() -> {
            file.evidence().check(damages::meet);
            return true;
        });
    }

    @Override
    public List<Damage> damaged() {
        return damages.all();
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
