package dev.plumbline.agent.probe;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The names of a pool resolved a few at a time, so that no resolver is flooded. All methods run on the loop. */
final class PoolNames {
    private static final int AT_ONCE = 25;

    /** A question that was lost is sent again after a second: the picture is not worth the wait for the third. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final Resolution resolution;
    private final EventLoop loop;
    private final Deque<String> due;
    private final Duration patience;
    private final List<Resolved> resolved = new ArrayList<>();
    private final CompletableFuture<List<Resolved>> ended = new CompletableFuture<>();
    private int underWay;

    /** @param patience for all of them together, of which a second and a half is taken: what is not answered by then is left out */
    PoolNames(Resolution resolution, EventLoop loop, List<String> names, Duration patience) {
        this.resolution = resolution;
        this.loop = loop;
        this.due = new ArrayDeque<>(names);
        this.patience = patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE;
    }

    /** In the order of the answers. */
    CompletableFuture<List<Resolved>> run() {
        loop.schedule(this::end, patience.toNanos(), TimeUnit.NANOSECONDS);
        advance();
        return ended;
    }

    private void advance() {
        while (underWay < AT_ONCE && !due.isEmpty() && !ended.isDone()) {
            underWay++;
            resolution
                    .addresses(due.remove())
                    .whenCompleteAsync(
                            (answer, bug) -> {
                                underWay--;
                                if (bug == null) {
                                    resolved.add(answer);
                                } else {
                                    ended.completeExceptionally(bug);
                                }
                                advance();
                            },
                            loop);
        }
        if (underWay == 0 && due.isEmpty()) {
            end();
        }
    }

    private void end() {
        ended.complete(List.copyOf(resolved));
    }
}
