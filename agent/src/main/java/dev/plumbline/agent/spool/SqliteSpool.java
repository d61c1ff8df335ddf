package dev.plumbline.agent.spool;

import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Hold;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The spool as a SQLite file: facts are gathered into batches, and each batch is written in one transaction. A batch keeps
 * its sequence until it is acknowledged, so sending it again is harmless. Bounded by bytes and age; what goes is counted, and
 * the counts travel with each batch. What is wrong with the disk is said once and costs what comes meanwhile.
 */
public final class SqliteSpool implements AutoCloseable {
    /** Longest time that a fact waits for others of its batch. */
    public static final Duration MAX_AGE = Duration.ofMillis(250);

    private final FolderLock lock;
    private final SpoolStore store;
    private final Gathering gathering;
    private final Successes successes = new Successes();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong notTaken = new AtomicLong();

    private SqliteSpool(FolderLock lock, SpoolStore store, Duration maxAge) {
        this.lock = lock;
        this.store = store;
        this.gathering = new Gathering(maxAge, this::write);
    }

    /**
     * Opens {@code spool.db} in the agent's data folder, making both where they are missing. A damaged file is set aside as
     * {@code spool.db.corrupt-TIME} and a new incarnation begins. A disk that cannot be written now is no problem.
     *
     * @throws ConfigException when the folder cannot be used or another agent uses it
     */
    public static SqliteSpool open(Path folder, SpoolBounds bounds, Clock clock) throws ConfigException {
        return open(folder, bounds, MAX_AGE, clock);
    }

    /** @param maxAge longest time that a fact waits for others of its batch */
    static SqliteSpool open(Path folder, SpoolBounds bounds, Duration maxAge, Clock clock) throws ConfigException {
        FolderLock lock = FolderLock.take(folder);
        return new SqliteSpool(lock, SpoolStore.open(folder, bounds, clock), maxAge);
    }

    /** Known to the collector together with the identity; another one when a damaged file was begun anew. */
    public UUID incarnation() {
        return store.incarnation();
    }

    /** True when a damaged file was set aside since this was opened. */
    public boolean startedOver() {
        return store.startedOver();
    }

    /** Takes an observation with the evidence it brings; never blocks. It counts once it is on disk. */
    public void append(String planHash, Observation observation, List<Evidence> evidence) {
        boolean repeat;
        synchronized (successes) {
            repeat = successes.isRepeat(observation);
        }
        if (!gathering.offer(Fact.of(planHash, observation, evidence, repeat))) {
            notTaken.incrementAndGet();
        }
    }

    /** Takes the end of a round; it is written after all that was appended before, at once. */
    public void append(RoundSummary summary) {
        gathering.offer(Fact.of(summary));
    }

    /** Takes what a summary that follows will name. */
    public void append(String planHash, List<Evidence> evidence) {
        gathering.offer(Fact.of(planHash, evidence));
    }

    /** Takes a quiet connection that ended; it is no observation and is not counted as one. */
    public void append(String planHash, Hold hold) {
        gathering.offer(Fact.of(planHash, hold));
    }

    /** Called after each batch that was written, on the writing thread. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void write(Draft draft) {
        store.unwritten(notTaken.getAndSet(0));
        if (store.write(draft)) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Batches after a sequence, oldest first. */
    public List<StoredBatch> after(long sequence, int max) {
        return store.after(sequence, max);
    }

    /** The collector has everything of this incarnation up to a sequence. */
    public void ack(UUID incarnation, long sequence) {
        store.acked(incarnation, sequence);
    }

    /** The collector refuses this batch of this incarnation for good: it is given up and counted. */
    public void refuse(UUID incarnation, long sequence) {
        store.refused(incarnation, sequence);
    }

    /** The highest sequence that waits for its acknowledgement, 0 when none does. */
    public long newestPending() {
        return store.newestPending();
    }

    public SpoolCounts counts() {
        return store.counts(notTaken.get());
    }

    public SpoolFill fill() {
        return store.fill(gathering.waiting());
    }

    /** Writes what was appended before, then closes the file. */
    @Override
    public void close() {
        gathering.close();
        store.unwritten(notTaken.getAndSet(0));
        store.close();
        lock.close();
    }
}
