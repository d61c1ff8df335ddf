package dev.plumbline.collector.journal;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Sha256;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal as a SQLite file of its own (WAL, synchronous=FULL): one thread writes, and what waits together is committed
 * together, so that one flush of the disk serves many agents.
 */
public final class SqliteJournal implements Journal {
    /** Bounds one transaction, and with it the memory and the time to the first acknowledgement. */
    private static final int MAX_GROUP = 512;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

    private final Path file;
    private final JournalFile writing;
    private final JournalReading reading;
    /** The empty one is the last. */
    private final BlockingQueue<Optional<Pending>> queue = new LinkedBlockingQueue<>();

    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Object grown = new Object();
    private final Object gate = new Object();
    private final Thread writer;
    private Counts counts = new Counts(0, 0, 0, 0);
    private long end;
    private boolean closed;

    private SqliteJournal(Path file, JournalFile writing, JournalReading reading) {
        this.file = file;
        this.writing = writing;
        this.reading = reading;
        this.end = reading.end();
        this.writer = new Thread(this::write, "journal");
    }

    /**
     * Opens the file, making it where it is missing.
     *
     * @throws JournalException when it is damaged, not ours or not writable
     */
    public static SqliteJournal open(Path file) throws JournalException {
        JournalFile writing = JournalFile.open(file);
        try {
            JournalReading reading = new JournalReading(file, JournalFile.open(file));
            writing.begin();
            SqliteJournal journal = new SqliteJournal(file, writing, reading);
            journal.writer.start();
            return journal;
        } catch (SQLException e) {
            throw new JournalException(JournalFile.sentence(file, e), e);
        }
    }

    @Override
    public CompletableFuture<Long> append(JournalRecord record, List<Evidence> evidence) {
        Pending pending = new Pending(record, List.copyOf(evidence), new CompletableFuture<>());
        synchronized (gate) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new JournalException("journal " + file + " is closed", new IllegalStateException()));
            }
            queue.add(Optional.of(pending));
        }
        return pending.position;
    }

    @Override
    public List<JournalEntry> tail(long afterPosition, int max) throws JournalException {
        synchronized (reading) {
            return reading.tail(afterPosition, max);
        }
    }

    @Override
    public Optional<Evidence> evidence(Sha256 hash) throws JournalException {
        synchronized (reading) {
            return reading.evidence(hash);
        }
    }

    @Override
    public long end() {
        synchronized (grown) {
            return end;
        }
    }

    @Override
    public boolean await(long afterPosition, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (grown) {
            while (end <= afterPosition) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0 || !writer.isAlive()) {
                    return false;
                }
                grown.wait(left);
            }
            return true;
        }
    }

    @Override
    public void listen(LongConsumer listener) {
        listeners.add(listener);
    }

    @Override
    public Counts counts() {
        synchronized (grown) {
            return counts;
        }
    }

    @Override
    public void close() {
        synchronized (gate) {
            if (!closed) {
                closed = true;
                queue.add(Optional.empty());
            }
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        boolean last = false;
        List<Optional<Pending>> group = new ArrayList<>();
        while (!last) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                continue; // only close() ends the writer: an interrupt must not lose what was accepted
            }
            queue.drainTo(group, MAX_GROUP - 1);
            last = group.removeIf(Optional::isEmpty);
            write(group.stream().flatMap(Optional::stream).toList());
        }
        shut();
    }

    private void write(List<Pending> group) {
        if (group.isEmpty()) {
            return;
        }
        List<Placed> placed = new ArrayList<>(group.size());
        try {
            for (Pending pending : group) {
                placed.add(place(pending));
            }
            writing.commit();
        } catch (SQLException e) {
            undo(group, e);
            return;
        }
        settle(group, placed);
    }

    private Placed place(Pending pending) throws SQLException {
        Optional<Long> position = writing.insert(pending.record);
        if (position.isEmpty()) {
            return new Placed(writing.positionOf(pending.record), true);
        }
        for (Evidence evidence : pending.evidence) {
            writing.insert(evidence);
        }
        return new Placed(position.get(), false);
    }

    private void settle(List<Pending> group, List<Placed> placed) {
        long duplicates = placed.stream().filter(Placed::duplicate).count();
        long highest = placed.stream().mapToLong(Placed::position).max().orElse(0);
        long now = advance(highest, duplicates, placed.size() - duplicates, 0);
        for (int i = 0; i < group.size(); i++) {
            group.get(i).position.complete(placed.get(i).position);
        }
        if (duplicates < placed.size()) {
            listeners.forEach(l -> l.accept(now));
        }
    }

    private void undo(List<Pending> group, SQLException cause) {
        JournalException problem = new JournalException(JournalFile.sentence(file, cause), cause);
        try {
            writing.rollback();
        } catch (SQLException e) {
            problem.addSuppressed(e);
        }
        LOG.error("{}", problem.getMessage());
        advance(0, 0, 0, group.size());
        group.forEach(p -> p.position.completeExceptionally(problem));
    }

    private long advance(long highest, long duplicate, long journalled, long failed) {
        synchronized (grown) {
            counts = new Counts(
                    counts.received() + duplicate + journalled + failed,
                    counts.duplicate() + duplicate,
                    counts.journalled() + journalled,
                    counts.failed() + failed);
            end = Math.max(end, highest);
            grown.notifyAll();
            return end;
        }
    }

    private void shut() {
        try {
            writing.close();
            synchronized (reading) {
                reading.close();
            }
        } catch (JournalException e) {
            LOG.warn("{}", e.getMessage());
        } catch (SQLException e) {
            LOG.warn("{}", JournalFile.sentence(file, e));
        }
        synchronized (grown) {
            grown.notifyAll();
        }
    }

    private record Placed(long position, boolean duplicate) {}

    private record Pending(JournalRecord record, List<Evidence> evidence, CompletableFuture<Long> position) {}
}
