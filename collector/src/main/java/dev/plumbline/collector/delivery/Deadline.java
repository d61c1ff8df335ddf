package dev.plumbline.collector.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket when its time is over: a time-out for each read ends no conversation with a peer that sends a byte now and then, and
 * there is none for writes.
 */
final class Deadline implements AutoCloseable {
    private final ScheduledExecutorService timer;
    private final Closeable socket;
    private int seconds;
    private ScheduledFuture<?> end;
    private volatile boolean isOver;

    Deadline(ScheduledExecutorService timer, int seconds, Closeable socket) {
        this.timer = timer;
        this.socket = socket;
        this.seconds = seconds;
        end = timer.schedule(this::over, seconds, TimeUnit.SECONDS);
    }

    /** So much from now on. By whoever made it. */
    void restart(int from) {
        end.cancel(false);
        seconds = from;
        end = timer.schedule(this::over, from, TimeUnit.SECONDS);
    }

    /** How many it has as a whole, or had from its latest restart. */
    int seconds() {
        return seconds;
    }

    private void over() {
        isOver = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Whoever uses it meets the same.
        }
    }

    boolean isOver() {
        return isOver;
    }

    @Override
    public void close() {
        end.cancel(false);
    }
}
