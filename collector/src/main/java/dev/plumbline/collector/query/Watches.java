package dev.plumbline.collector.query;

import dev.plumbline.v1.WatchRequest;
import java.util.Map;
import java.util.Optional;
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

    /** Who watches what. */
    private record Asked(String who, String segment) {}

    /** Each with who asked for it. */
    private final Map<Watch, Asked> open = new ConcurrentHashMap<>();

    private final Departed departed = new Departed();

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
    synchronized void begin(Watch watch, String who, WatchRequest request) throws Refusal {
        if (isClosed) {
            throw Refusal.unavailable("the collector is closing; ask again when it is back");
        }
        Asked asked = new Asked(who, request.getSegment());
        Optional<Watch.Left> before = before(request.getResumeAfter(), asked);
        if (open.values().stream().filter(a -> a.who().equals(who)).count() >= MOST_OF_ONE) {
            throw Refusal.exhausted(who + " watches " + MOST_OF_ONE + " times already; end one of these first");
        }
        if (open.size() >= MOST) {
            throw Refusal.exhausted(MOST + " watch already; end one of them, or ask for the matrix from time to time");
        }
        before.ifPresent(watch::goOnFrom);
        open.put(watch, asked);
        watch.whenLeft(() -> leave(watch));
        timer.execute(() -> tell(watch));
        if (!isBegun) {
            isBegun = true;
            ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::tellAll, 1, 1, TimeUnit.SECONDS);
        }
    }

    int open() {
        return open.size();
    }

    /** What was told up to a message; whoever was told it and has not been missed yet gives its place to whoever goes on. */
    private Optional<Watch.Left> before(String message, Asked asked) {
        if (message.isEmpty()) {
            return Optional.empty();
        }
        open.entrySet().stream()
                .filter(w -> w.getKey().said(message) && w.getValue().equals(asked))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(watch -> {
                    leave(watch);
                    watch.end(Refusal.replaced("this watch goes on in another call, which asked to resume after it"));
                });
        return departed.take(message, asked, System.nanoTime());
    }

    private void leave(Watch watch) {
        Asked asked = open.remove(watch);
        if (asked != null) {
            watch.left().ifPresent(left -> departed.add(left, asked, System.nanoTime()));
        }
    }

    private void tellAll() {
        departed.forget(System.nanoTime());
        open.keySet().forEach(this::tell);
    }

    private void tell(Watch watch) {
        try {
            if (!watch.tell()) {
                leave(watch);
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
