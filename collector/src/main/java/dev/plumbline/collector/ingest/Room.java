package dev.plumbline.collector.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of all streams that were taken and are not durable yet. Any thread. */
final class Room {
    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();

    Room(long most) {
        this.most = most;
    }

    boolean isFull() {
        return taken.get() >= most;
    }

    void take(long bytes) {
        long now = taken.addAndGet(bytes);
        highest.accumulateAndGet(now, Math::max);
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }

    /** The most that was taken at once since the beginning. */
    long highest() {
        return highest.get();
    }
}
