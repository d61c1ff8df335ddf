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
    private final ScheduledFuture<?> end;
    private volatile boolean isOver;

    Deadline(ScheduledExecutorService timer, int seconds, Closeable socket) {
        end = timer.schedule(() -> over(socket), seconds, TimeUnit.SECONDS);
    }

    private void over(Closeable socket) {
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
