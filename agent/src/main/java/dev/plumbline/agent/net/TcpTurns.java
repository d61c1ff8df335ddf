package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How many questions one resolver is asked over TCP at once. Small resolvers serve a handful of TCP clients and leave the
 * rest without an answer (one known default is twenty); a whole catalog whose answers are truncated would look like DNS over TCP that
 * does not pass. Any thread.
 *
 * <p>Where nobody gets a connection, those that wait are told so: they would only find the same, one time-out later each.
 */
final class TcpTurns {
    static final int AT_ONCE = 8;

    private final Deque<CompletableFuture<Optional<Failure>>> waiting = new ArrayDeque<>();
    private int taken;
    private int refusedInARow;

    /** Completes with nothing when it is the asker's turn, who must end it; with a failure when there is no use in asking. */
    CompletableFuture<Optional<Failure>> take() {
        CompletableFuture<Optional<Failure>> turn = new CompletableFuture<>();
        synchronized (this) {
            if (taken == AT_ONCE) {
                waiting.add(turn);
                return turn;
            }
            taken++;
        }
        turn.complete(Optional.empty());
        return turn;
    }

    /** A turn ends; the resolver accepted the connection, whatever it answered. */
    void accepted() {
        next(true).run();
    }

    /** A turn ends; no connection was made. */
    void refused(Failure failure) {
        List<CompletableFuture<Optional<Failure>>> useless;
        synchronized (this) {
            refusedInARow++;
            if (refusedInARow < AT_ONCE) {
                useless = List.of();
            } else {
                useless = new ArrayList<>(waiting);
                waiting.clear();
            }
        }
        useless.forEach(turn -> turn.complete(Optional.of(failure)));
        next(false).run();
    }

    private synchronized Runnable next(boolean accepted) {
        if (accepted) {
            refusedInARow = 0;
        }
        CompletableFuture<Optional<Failure>> turn = waiting.poll();
        if (turn != null) {
            return () -> turn.complete(Optional.empty());
        }
        taken--;
        if (taken == 0) {
            refusedInARow = 0;
        }
        return () -> {};
    }
}
