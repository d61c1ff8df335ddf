package dev.plumbline.collector.query;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who watch. They are looked after once a second: silence begins by time alone, and no event tells it. */
public final class Watches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    /** Each look at a large site takes some milliseconds. */
    static final int MOST = 32;

    /** So that one asker's screens leave room for the others'. */
    private static final int MOST_OF_ONE = 4;

    /** Each with who watches. */
    private final Map<Watch, String> open = new ConcurrentHashMap<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });
    private boolean isBegun;
    private boolean isClosed;

    /**
     * The first is told at once.
     *
     * @param who watches, as the audit log calls them
     */
    synchronized void begin(Watch watch, String who) throws Refusal {
        if (isClosed) {
            throw Refusal.unavailable("the collector is closing; ask again when it is back");
        }
        if (open.values().stream().filter(who::equals).count() >= MOST_OF_ONE) {
            throw Refusal.exhausted(who + " watches " + MOST_OF_ONE + " times already; end one of these first");
        }
        if (open.size() >= MOST) {
            throw Refusal.exhausted(MOST + " watch already; end one of them, or ask for the matrix from time to time");
        }
        open.put(watch, who);
        watch.whenLeft(() -> open.remove(watch));
        timer.execute(() -> tell(watch));
        if (!isBegun) {
            isBegun = true;
            ScheduledFuture<?> unused =
                    timer.scheduleWithFixedDelay(() -> open.keySet().forEach(this::tell), 1, 1, TimeUnit.SECONDS);
        }
    }

    int open() {
        return open.size();
    }

    private void tell(Watch watch) {
        try {
            if (!watch.tell()) {
                open.remove(watch);
            }
        } catch (RuntimeException e) {
            // A bug met by one watcher must not take the news from the others.
            LOG.error("somebody who watches is told nothing more", e);
            open.remove(watch);
            watch.end(Refusal.failed("what is watched could not be told; the collector's log says why"));
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        timer.shutdownNow();
        open.clear();
    }
}
