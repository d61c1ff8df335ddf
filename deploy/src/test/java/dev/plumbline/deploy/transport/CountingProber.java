package dev.plumbline.deploy.transport;

import dev.plumbline.agent.schedule.Assignment;
import dev.plumbline.agent.schedule.Prober;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures nothing: a demanded round brings five observations and ends, a scheduled one brings observations until it is
 * ended. Their targets are numbered through.
 */
final class CountingProber implements Prober {
    private final List<String> targets = new ArrayList<>();
    private boolean stopped;

    @Override
    public CompletableFuture<RoundSummary> run(Assignment assignment, Listener listener) {
        CompletableFuture<RoundSummary> round = new CompletableFuture<>();
        Thread measuring = new Thread(() -> measure(assignment, listener, round), "measuring");
        measuring.setDaemon(true);
        measuring.start();
        return round;
    }

    private void measure(Assignment assignment, Listener listener, CompletableFuture<RoundSummary> round) {
        Instant began = Instant.now();
        int left = assignment.isOnDemand() ? 5 : Integer.MAX_VALUE;
        while (left-- > 0 && observe(assignment, listener, round)) {
            LockSupport.parkNanos(5_000_000);
        }
        Environment environment = new Environment("test", "test", "none", List.of(), List.of(), "");
        round.complete(new RoundSummary(
                assignment.round(),
                assignment.plan().hash(),
                began,
                Instant.now(),
                List.of(),
                Map.of(),
                environment,
                assignment.demand()));
    }

    /** False when the round is over. */
    private synchronized boolean observe(
            Assignment assignment, Listener listener, CompletableFuture<RoundSummary> round) {
        if (stopped || round.isDone()) {
            return false;
        }
        TargetId target = new TargetId("t" + targets.size());
        targets.add(target.value());
        listener.observed(
                new Observation(
                        target,
                        assignment.round(),
                        1,
                        Instant.now(),
                        Duration.ZERO,
                        List.of(),
                        List.of(),
                        Duration.ZERO),
                List.of());
        return true;
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized int observations() {
        return targets.size();
    }

    synchronized List<String> targets() {
        return List.copyOf(targets);
    }
}
