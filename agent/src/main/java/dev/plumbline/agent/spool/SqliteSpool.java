package dev.plumbline.agent.spool;

import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Hold;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool as a SQLite file: one thread gathers facts into batches and writes each in one transaction. A batch keeps its
 * bytes and sequence until it is acknowledged, so sending it again is harmless. Bounded by bytes: when full the oldest
 * batches go, counted.
 */
public final class SqliteSpool implements AutoCloseable {
    /** Longest time that a fact waits for others of its batch. */
    public static final Duration MAX_AGE = Duration.ofMillis(250);

    public static final long STANDARD_BYTES = 256L << 20;

    private static final int MAX_WAITING = 8192;
    private static final Logger LOG = LoggerFactory.getLogger(SqliteSpool.class);

    private final SpoolFile file;
    private final FileChannel lock;
    private final long maxBytes;
    private final long maxAgeNanos;
    private final boolean startedOver;
    private final BlockingQueue<Fact> queue = new LinkedBlockingQueue<>();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong unwritten = new AtomicLong();
    private final Thread writer = new Thread(this::gather, "spool");
    private @Nullable Fact carried;
    private boolean failing;

    private SqliteSpool(SpoolFile file, FileChannel lock, long maxBytes, Duration maxAge, boolean startedOver) {
        this.file = file;
        this.lock = lock;
        this.maxBytes = maxBytes;
        this.maxAgeNanos = maxAge.toNanos();
        this.startedOver = startedOver;
    }

    /**
     * Opens {@code spool.db} in the agent's data folder, making both where they are missing. A damaged file is set aside as
     * {@code spool.db.corrupt-MILLIS} and a new incarnation begins.
     *
     * @throws ConfigException when the folder cannot be used or another agent uses it
     */
    public static SqliteSpool open(Path folder, long maxBytes, Clock clock) throws ConfigException {
        return open(folder, maxBytes, MAX_AGE, clock);
    }

    /** @param maxAge longest time that a fact waits for others of its batch */
    static SqliteSpool open(Path folder, long maxBytes, Duration maxAge, Clock clock) throws ConfigException {
        FileChannel lock = lock(folder);
        Path file = folder.resolve("spool.db");
        try {
            Optional<SpoolFile> sound = openSound(file);
            if (sound.isEmpty()) {
                setAside(file, clock.millis());
            }
            SpoolFile opened = sound.isPresent() ? sound.get() : SpoolFile.open(file);
            SqliteSpool spool = new SqliteSpool(opened, lock, maxBytes, maxAge, sound.isEmpty());
            spool.writer.start();
            return spool;
        } catch (SQLException | IOException e) {
            close(lock);
            throw new ConfigException(List.of("data: " + file + " cannot be used: " + e.getMessage()));
        }
    }

    /** Empty when the file is damaged. */
    private static Optional<SpoolFile> openSound(Path file) throws SQLException {
        try {
            return Optional.of(SpoolFile.open(file));
        } catch (SQLException e) {
            String text = String.valueOf(e.getMessage());
            if (text.contains("SQLITE_NOTADB") || text.contains("SQLITE_CORRUPT")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void setAside(Path file, long millis) throws IOException {
        Path aside = file.resolveSibling("spool.db.corrupt-" + millis);
        Files.move(file, aside);
        Files.deleteIfExists(file.resolveSibling("spool.db-wal"));
        Files.deleteIfExists(file.resolveSibling("spool.db-shm"));
        LOG.error("{} was damaged and is kept as {}; a new spool begins", file, aside);
    }

    private static FileChannel lock(Path folder) throws ConfigException {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                throw new ConfigException(
                        List.of("data: " + folder + " is in use by another agent; give each agent its own folder"));
            }
            return channel;
        } catch (IOException e) {
            throw new ConfigException(List.of("data: " + folder + " cannot be used ("
                    + e.getClass().getSimpleName() + "); name a folder that this user may write"));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    /** Known to the collector together with the identity; made when the file was. */
    public UUID incarnation() {
        return file.incarnation();
    }

    /** True when a damaged file was set aside at opening. */
    public boolean startedOver() {
        return startedOver;
    }

    /** Takes an observation with the evidence it brings; never blocks. It counts once it is on disk. */
    public void append(String planHash, Observation observation, List<Evidence> evidence) {
        offer(Fact.of(planHash, observation, evidence), 1);
    }

    /** Takes the end of a round; it is written after all that was appended before, at once. */
    public void append(RoundSummary summary) {
        offer(Fact.of(summary), 0);
    }

    /** Takes what a summary that follows will name. */
    public void append(String planHash, List<Evidence> evidence) {
        offer(Fact.of(planHash, evidence), 0);
    }

    /** Takes a quiet connection that ended; it is no observation and is not counted as one. */
    public void append(String planHash, Hold hold) {
        offer(Fact.of(planHash, hold), 0);
    }

    private void offer(Fact fact, int observations) {
        if (queue.size() >= MAX_WAITING || !writer.isAlive()) {
            unwritten.addAndGet(observations);
        } else {
            queue.add(fact);
        }
    }

    /** Called after each batch that was written, on the writing thread. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Batches after a sequence, oldest first. */
    public List<StoredBatch> after(long sequence, int max) {
        synchronized (file) {
            return trying(() -> file.after(sequence, max), List.of());
        }
    }

    /** The collector has everything of this incarnation up to a sequence. */
    public void ack(UUID incarnation, long sequence) {
        if (incarnation.equals(incarnation())) {
            remove("acked", 1, sequence);
        }
    }

    /** The collector refuses this batch for good: it is given up and counted. */
    public void refuse(long sequence) {
        remove("refused", sequence, sequence);
    }

    private void remove(String column, long first, long last) {
        synchronized (file) {
            trying(
                    () -> {
                        file.removeAndCount(column, first, last);
                        return true;
                    },
                    false);
        }
    }

    /** The highest sequence that waits for its acknowledgement, 0 when none does. */
    public long newestPending() {
        synchronized (file) {
            return trying(file::newestPending, 0L);
        }
    }

    public SpoolCounts counts() {
        synchronized (file) {
            return trying(() -> file.counts(unwritten.get()), new SpoolCounts(0, 0, 0, 0, 0, unwritten.get()));
        }
    }

    private void gather() {
        boolean open = true;
        while (open) {
            Draft draft = new Draft();
            Fact first = carried;
            carried = null;
            open = fill(draft, first);
            if (!draft.isEmpty()) {
                write(draft);
            }
        }
        Fact last = carried;
        if (last != null) {
            Draft draft = new Draft();
            draft.add(last);
            write(draft);
        }
    }

    /** False when the spool is being closed and all that waited is in this draft or carried. */
    private boolean fill(Draft draft, @Nullable Fact first) {
        long deadline = Long.MAX_VALUE;
        if (first != null) {
            draft.add(first);
            deadline = System.nanoTime() + maxAgeNanos;
        }
        while (!draft.isDue()) {
            Fact next = poll(deadline);
            if (next == null) {
                return true;
            }
            if (next.isLast()) {
                return false;
            }
            if (!draft.takes(next)) {
                carried = next;
                return true;
            }
            if (draft.isEmpty()) {
                deadline = System.nanoTime() + maxAgeNanos;
            }
            draft.add(next);
        }
        return true;
    }

    private @Nullable Fact poll(long deadline) {
        while (true) {
            try {
                return deadline == Long.MAX_VALUE
                        ? queue.take()
                        : queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                LOG.debug("only closing ends the spool's thread");
            }
        }
    }

    private void write(Draft draft) {
        long sequence;
        synchronized (file) {
            sequence = trying(() -> file.write(draft, maxBytes), 0L);
        }
        if (sequence == 0) {
            unwritten.addAndGet(draft.observations());
        } else {
            listeners.forEach(Runnable::run);
        }
    }

    private <T> T trying(Statement<T> statement, T otherwise) {
        try {
            T result = statement.run();
            failing = false;
            return result;
        } catch (SQLException e) {
            if (!failing) {
                LOG.error("the spool cannot be used, measurements are lost until it can: {}", e.getMessage());
            }
            failing = true;
            return otherwise;
        }
    }

    /** Writes what was appended before, then closes the file. */
    @Override
    public void close() {
        queue.add(Fact.LAST);
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        synchronized (file) {
            trying(
                    () -> {
                        file.close();
                        return true;
                    },
                    false);
        }
        close(lock);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("the lock's file would not close", e);
        }
    }

    private interface Statement<T> {
        T run() throws SQLException;
    }
}
