package dev.plumbline.collector.journal;

import dev.plumbline.collector.sqlite.Standstill;
import dev.plumbline.metrics.Spans;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal as a SQLite file of its own (WAL, synchronous=FULL): one thread writes, and what waits together is committed
 * together, so that one flush of the disk serves many agents.
 */
public final class SqliteJournal implements Journal {
    /** Bounds one transaction, and with it the memory and the time to the first acknowledgement. */
    private static final int MAX_GROUP = 512;

    private static final int CHECKED_AT_START = 256;
    private static final int SHOWN_AT_START = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

    private final Path file;
    private final JournalFile writing;
    private final JournalReading reading;
    private final Damages damages;
    private final Standstill standstill = new Standstill();
    /** The empty one is the last. */
    private final BlockingQueue<Optional<Pending<?>>> queue = new LinkedBlockingQueue<>();

    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Object grown = new Object();
    private final Object gate = new Object();
    private final Thread writer;
    private final Spans commits = Spans.ofDisk();
    private final LongAdder appended = new LongAdder();
    private Counts counts = new Counts(0, 0, 0, 0);
    private long end;
    private boolean closed;

    private SqliteJournal(Path file, JournalFile writing, JournalReading reading, Damages damages) {
        this.file = file;
        this.writing = writing;
        this.reading = reading;
        this.damages = damages;
        this.end = reading.end();
        this.writer = new Thread(this::write, "journal");
    }

    /**
     * Opens the file, making it where it is missing.
     *
     * @throws JournalException when it is no database any more, not ours or not writable
     */
    public static SqliteJournal open(Path file) throws JournalException {
        JournalFile writing = JournalFile.open(file);
        try {
            Damages damages = new Damages();
            checkEnd(writing, damages);
            List<Damage> found = new ArrayList<>(damages.all());
            List<Damage> earlier = writing.damages().all();
            earlier.forEach(damages::know);
            found.removeAll(earlier);
            JournalReading reading = new JournalReading(file, JournalFile.beside(file), damages);
            writing.begin();
            SqliteJournal journal = new SqliteJournal(file, writing, reading, damages);
            remind(file, earlier);
            found.forEach(journal::note);
            damages.listen(journal::note);
            journal.writer.start();
            return journal;
        } catch (SQLException e) {
            closeAfter(e, writing);
            throw new JournalException(JournalFile.sentence(file, e), e);
        }
    }

    private static void closeAfter(SQLException problem, JournalFile opened) {
        try {
            opened.close();
        } catch (SQLException e) {
            problem.addSuppressed(e);
        }
    }

    /**
     * What was written last is what a failing disk spoils first, and all that is read at a start. A page that is lost is told and
     * passed over, like one of long ago: no refusal brings back what was on it. Where nothing can be appended any more the end
     * cannot be read either, and that is refused.
     */
    private static void checkEnd(JournalFile file, Damages damages) throws SQLException {
        file.records().page(file.records().end() - CHECKED_AT_START, Long.MAX_VALUE, CHECKED_AT_START, damages::meet);
        file.decisions().closings(file.decisions().lastClosing() - CHECKED_AT_START, CHECKED_AT_START, damages::meet);
        file.decisions().beginnings(damages::meet);
    }

    private static void remind(Path file, List<Damage> earlier) {
        if (!earlier.isEmpty()) {
            LOG.warn(
                    "journal {}: {} damaged and passed over: {}; a backup made before may still have what is missing",
                    file,
                    earlier.size() == 1 ? "an entry is" : earlier.size() + " entries are",
                    earlier.stream().limit(SHOWN_AT_START).map(Damage::sentence).collect(Collectors.joining("; "))
                            + (earlier.size() > SHOWN_AT_START ? "; ..." : ""));
        }
    }

    /** Once for each, at whatever start: it is kept in the journal that it was told. */
    private void note(Damage damage) {
        LOG.error("journal {}: {}; it is passed over, and all others count", file, damage.sentence());
        add(new Entering<>(f -> f.damages().insert(damage)));
    }

    @Override
    public CompletableFuture<Long> append(JournalRecord record, List<Evidence> evidence) {
        return add(new PendingRecord(new PackedRecord(record), List.copyOf(evidence))).done;
    }

    @Override
    public CompletableFuture<Closing> enterClosing(long round, long readTo, Instant closedAt) {
        return add(new Entering<>(f -> f.decisions().insert(round, readTo, closedAt))).done;
    }

    @Override
    public CompletableFuture<Deletion> delete(long after, long upTo, List<Span> cited, int max) {
        List<Span> kept = List.copyOf(cited);
        return add(new Deleting(f -> f.delete(after, upTo, kept, max))).done;
    }

    @Override
    public CompletableFuture<Beginning> enterBeginning(long applied, Instant begunAt, Basis basis) {
        return add(new Entering<>(f -> f.decisions().insert(applied, begunAt, basis))).done;
    }

    private <P extends Pending<?>> P add(P pending) {
        synchronized (gate) {
            if (closed) {
                pending.done.completeExceptionally(
                        new JournalException("journal " + file + " is closed", new IllegalStateException()));
            } else {
                queue.add(Optional.of(pending));
            }
        }
        return pending;
    }

    @Override
    public JournalPage page(long afterPosition, long upTo, int max) throws JournalException {
        synchronized (reading) {
            return reading.page(afterPosition, upTo, max);
        }
    }

    @Override
    public List<JournalEntry> ofSegment(SegmentId segment, long afterPosition, long upTo) throws JournalException {
        synchronized (reading) {
            return reading.ofSegment(segment, afterPosition, upTo);
        }
    }

    @Override
    public long before(Instant time) throws JournalException {
        synchronized (reading) {
            return reading.before(time);
        }
    }

    @Override
    public Optional<Evidence> evidence(Sha256 hash, long upTo) throws JournalException {
        synchronized (reading) {
            return reading.evidence(hash, upTo);
        }
    }

    @Override
    public List<Closing> closings(long afterId, int max) throws JournalException {
        synchronized (reading) {
            return reading.closings(afterId, max);
        }
    }

    @Override
    public List<Closing> closingsBefore(long beforeId, int max) throws JournalException {
        synchronized (reading) {
            return reading.closingsBefore(beforeId, max);
        }
    }

    @Override
    public long lastClosing() throws JournalException {
        synchronized (reading) {
            return reading.lastClosing();
        }
    }

    @Override
    public List<Beginning> beginnings() throws JournalException {
        synchronized (reading) {
            return reading.beginnings();
        }
    }

    @Override
    public long deletedTo() throws JournalException {
        synchronized (reading) {
            return reading.deletedTo();
        }
    }

    @Override
    public List<Damage> damaged() {
        return damages.all();
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

    /** Entries that wait for the disk. */
    int waiting() {
        return queue.size();
    }

    /** How long the disk took for each group. */
    Spans commits() {
        return commits;
    }

    /** Bytes of records, as they are packed, and of their evidence that were made durable since the opening. */
    long appendedBytes() {
        return appended.sum();
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
        List<Optional<Pending<?>>> group = new ArrayList<>();
        while (!last) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                continue; // only close() ends the writer: an interrupt must not lose what was accepted
            }
            queue.drainTo(group, MAX_GROUP - 1);
            last = group.removeIf(Optional::isEmpty);
            List<Pending<?>> pending = new ArrayList<>();
            group.forEach(p -> p.ifPresent(pending::add));
            write(pending.stream().filter(p -> !(p instanceof Deleting)).toList());
            // By itself: where a page is malformed, what agents sent must not fail with it.
            pending.stream().filter(Deleting.class::isInstance).forEach(p -> write(List.of(p)));
        }
        shut();
    }

    private void write(List<Pending<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            for (Pending<?> pending : group) {
                pending.write(writing);
            }
            long begun = System.nanoTime();
            writing.commit();
            commits.addNanos(System.nanoTime() - begun);
        } catch (SQLException e) {
            undo(group, e);
            return;
        }
        settle(group);
    }

    private void settle(List<Pending<?>> group) {
        standstill
                .over(System.nanoTime())
                .ifPresent(lasted -> LOG.warn("journal {} can be written again, after {}", file, lasted));
        List<PendingRecord> records = records(group);
        long duplicates = records.stream().filter(r -> r.isDuplicate).count();
        appended.add(records.stream()
                .filter(r -> !r.isDuplicate)
                .mapToLong(PendingRecord::bytes)
                .sum());
        long highest = records.stream().mapToLong(r -> r.position).max().orElse(0);
        long now = advance(highest, duplicates, records.size() - duplicates, 0);
        group.forEach(Pending::settle);
        if (duplicates < records.size()) {
            listeners.forEach(l -> l.accept(now));
        }
    }

    private static List<PendingRecord> records(List<Pending<?>> group) {
        return group.stream()
                .filter(PendingRecord.class::isInstance)
                .map(PendingRecord.class::cast)
                .toList();
    }

    private void undo(List<Pending<?>> group, SQLException cause) {
        JournalException problem = new JournalException(JournalFile.sentence(file, cause), cause);
        try {
            writing.rollback();
        } catch (SQLException e) {
            problem.addSuppressed(e);
        }
        standstill.met(String.valueOf(problem.getMessage()), System.nanoTime()).ifPresent(LOG::error);
        advance(0, 0, 0, records(group).size());
        group.forEach(p -> p.done.completeExceptionally(problem));
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

    /** What waits to be written, on the writing thread from then on. */
    private abstract static class Pending<T> {
        final CompletableFuture<T> done = new CompletableFuture<>();

        /** Inside a transaction that may still fail. */
        abstract void write(JournalFile file) throws SQLException;

        /** It is durable. */
        abstract void settle();
    }

    private static final class PendingRecord extends Pending<Long> {
        private final PackedRecord record;
        private final List<Evidence> evidence;
        private long position;
        private boolean isDuplicate;

        PendingRecord(PackedRecord record, List<Evidence> evidence) {
            this.record = record;
            this.evidence = evidence;
        }

        long bytes() {
            return record.batch().length
                    + evidence.stream().mapToLong(e -> e.content().size()).sum();
        }

        @Override
        void write(JournalFile file) throws SQLException {
            Optional<Long> inserted = file.records().insert(record);
            isDuplicate = inserted.isEmpty();
            if (isDuplicate) {
                position = file.records().positionOf(record.heading());
                return;
            }
            position = inserted.get();
            for (Evidence one : evidence) {
                file.evidence().insert(one, position);
            }
        }

        @Override
        void settle() {
            done.complete(position);
        }
    }

    private interface Statement<T> {
        T execute(JournalFile file) throws SQLException;
    }

    /** Something that was decided. */
    private static class Entering<T> extends Pending<T> {
        private final Statement<T> statement;
        private @Nullable T entered;

        Entering(Statement<T> statement) {
            this.statement = statement;
        }

        @Override
        void write(JournalFile file) throws SQLException {
            entered = statement.execute(file);
        }

        @Override
        void settle() {
            done.complete(Objects.requireNonNull(entered));
        }
    }

    private static final class Deleting extends Entering<Deletion> {
        Deleting(Statement<Deletion> statement) {
            super(statement);
        }
    }
}
