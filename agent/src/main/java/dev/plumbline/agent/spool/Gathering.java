package dev.plumbline.agent.spool;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that gathers facts, in the order in which they come, into batches. */
final class Gathering implements AutoCloseable {
    static final int MAX_WAITING = 8192;
    private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

    private final BlockingQueue<Fact> queue = new LinkedBlockingQueue<>();
    private final long maxAgeNanos;
    private final Consumer<Draft> full;
    private final Thread thread = new Thread(this::gather, "spool");
    private @Nullable Fact carried;

    /**
     * @param maxAge longest time that a fact waits for others of its batch
     * @param full takes each batch that is to be written, on the gathering thread
     */
    Gathering(Duration maxAge, Consumer<Draft> full) {
        this.maxAgeNanos = maxAge.toNanos();
        this.full = full;
        thread.start();
    }

    /** Never blocks; false when so many wait already that this one cannot. */
    boolean offer(Fact fact) {
        return queue.size() < MAX_WAITING && thread.isAlive() && queue.add(fact);
    }

    /** Facts that nobody has taken up yet. */
    int waiting() {
        return queue.size();
    }

    private void gather() {
        boolean open = true;
        while (open) {
            Draft draft = new Draft();
            Fact first = carried;
            carried = null;
            open = fill(draft, first);
            if (!draft.isEmpty()) {
                hand(draft);
            }
        }
        Fact last = carried;
        if (last != null) {
            Draft draft = new Draft();
            draft.add(last);
            hand(draft);
        }
    }

    /** A bug with one batch must not end the keeping of all that follow. */
    private void hand(Draft draft) {
        try {
            full.accept(draft);
        } catch (RuntimeException e) {
            LOG.error("a batch of {} observations could not be handed on", draft.observations(), e);
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

    /** Hands on what was offered before, then ends. */
    @Override
    public void close() {
        queue.add(Fact.LAST);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
