package dev.plumbline.agent.schedule;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.policy.RoundBudget;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.stream.Orders;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Surroundings.ClockOffset;
import dev.plumbline.words.TargetId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one round at a time: the slot's, or a demanded one, which goes first. A scheduled round under way gives way to a
 * demand: its observations so far are kept, its summary never comes. What was measured goes to the spool.
 */
public final class Schedule implements Orders, AutoCloseable {
    private static final int MOST_DEMANDS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    private final Prober prober;
    private final SqliteSpool spool;
    private final Clock clock;
    private final Thread thread = new Thread(this::rounds, "schedule");
    private volatile Reports reports = (demand, done, total) -> {};
    private volatile Runnable first = () -> {};
    private final Map<TargetId, Instant> lastProbed = new HashMap<>();
    private final LastFacts lastFacts = new LastFacts();
    private volatile @Nullable ClockOffset clockOffset;
    private final Policy policy;
    private final RoundBudget budget;
    private boolean overBudget;

    // Guarded by this.
    private final Deque<Wanted> demands = new ArrayDeque<>();
    private @Nullable Plan plan;
    private @Nullable CompletableFuture<RoundSummary> running;
    private boolean runningOnDemand;
    // By the site's time as it was known then, and by a clock that does not jump.
    private long begunMillis;
    private long begunNanos;
    private long lastSlot = Long.MIN_VALUE;
    private boolean closed;

    /** Tells the collector how far a demanded round is. */
    @FunctionalInterface
    public interface Reports {
        void progress(String demand, int done, int total);
    }

    private record Wanted(String demand, long round) {}

    /**
     * @param first the plan that was kept on disk, when there is one
     * @param policy what the host allows, whatever plan and demands ask for
     */
    public Schedule(Prober prober, SqliteSpool spool, Clock clock, Optional<Plan> first, Policy policy) {
        this.policy = policy;
        this.budget = new RoundBudget(policy);
        this.prober = prober;
        this.spool = spool;
        this.clock = clock;
        this.plan = first.orElse(null);
    }

    /** Who is told how far demanded rounds are; one at most, given before the start. */
    public void listen(Reports listener) {
        reports = listener;
    }

    /** What is done before each round, quickly; one at most, given before the start. */
    public void beforeEach(Runnable task) {
        first = task;
    }

    public void start() {
        thread.start();
    }

    @Override
    public synchronized void plan(Plan fresh) {
        LOG.info(
                "plan {}: {} targets, a round every {} s",
                shortly(fresh),
                fresh.targets().size(),
                fresh.settings().round().toSeconds());
        sayRefused(fresh);
        plan = fresh;
        notifyAll();
    }

    private void sayRefused(Plan fresh) {
        List<String> refused = fresh.targets().stream()
                .flatMap(target ->
                        policy.refuses(target, clock.millis()).stream().map(why -> target.id() + " (" + why + ")"))
                .toList();
        if (!refused.isEmpty()) {
            LOG.warn(
                    "{} targets of plan {} are refused by this agent's own policy, such as {}",
                    refused.size(),
                    shortly(fresh),
                    refused.get(0));
        }
    }

    /** The plan that is followed now, when there is one. */
    public synchronized Optional<Plan> plan() {
        return Optional.ofNullable(plan);
    }

    /** The collector's clock as it was read last. */
    public Optional<ClockOffset> clockOffset() {
        return Optional.ofNullable(clockOffset);
    }

    @Override
    public synchronized void demand(String id, long round) {
        if (demands.size() >= MOST_DEMANDS) {
            LOG.warn("demand {} is dropped: {} others wait", id, demands.size());
            return;
        }
        demands.add(new Wanted(id, round));
        CompletableFuture<RoundSummary> now = running;
        if (now != null && !runningOnDemand) {
            now.cancel(true);
        }
        notifyAll();
    }

    /**
     * A scheduled round under way whose number is of quite another time, as of a clock that was wrong until now, ends: its facts
     * would be compared with those of another hour.
     */
    @Override
    public synchronized void clock(ClockOffset offset) {
        clockOffset = offset;
        Plan now = plan;
        CompletableFuture<RoundSummary> under = running;
        if (now != null && under != null && !runningOnDemand) {
            long took = (System.nanoTime() - begunNanos) / 1_000_000;
            if (Math.abs(clock.millis() - (begunMillis + took))
                    > now.settings().round().toMillis()) {
                LOG.warn(
                        "the clock was corrected by the collector's; the round under way is begun anew under its right number");
                under.cancel(true);
            }
        }
        notifyAll();
    }

    private void rounds() {
        try {
            while (true) {
                Optional<Assignment> next = next();
                if (next.isEmpty()) {
                    return;
                }
                first.run();
                run(withinBudget(next.get()));
            }
        } catch (InterruptedException e) {
            LOG.debug("the schedule ends");
        }
    }

    /** Waits for the next round; empty when the schedule was closed. */
    private synchronized Optional<Assignment> next() throws InterruptedException {
        double random = ThreadLocalRandom.current().nextDouble();
        while (!closed) {
            Plan now = plan;
            if (now == null) {
                wait();
                continue;
            }
            Wanted wanted = demands.poll();
            if (wanted != null) {
                return Optional.of(assign(now, wanted.round, wanted.demand));
            }
            long millis = clock.millis();
            long slot = Slots.slotAt(millis, now.settings().round());
            // The first round of a process begins at once: somebody started it to see something.
            Duration jitter = lastSlot == Long.MIN_VALUE
                    ? Duration.ZERO
                    : Slots.jitter(now.settings().round(), random);
            // A clock that was set back by a moment must not make a round twice; one set back by more must not end
            // them.
            boolean again = slot == lastSlot
                    || slot == lastSlot - now.settings().round().toMillis();
            if (!again && millis >= slot + jitter.toMillis()) {
                lastSlot = slot;
                return Optional.of(assign(now, slot, ""));
            }
            long due = (again ? lastSlot + now.settings().round().toMillis() : slot) + jitter.toMillis();
            wait(Math.max(1, due - millis));
        }
        return Optional.empty();
    }

    private Assignment assign(Plan now, long round, String demand) {
        return Intervals.assign(now, round, demand, lastProbed, clock.instant(), policy);
    }

    /** Said once, when it begins. */
    private Assignment withinBudget(Assignment assignment) {
        boolean before = overBudget;
        overBudget = !budget.take(System.nanoTime());
        if (overBudget && !before) {
            LOG.warn(
                    "more rounds are asked for than this agent's own policy allows; none is begun until an hour has room");
        }
        return overBudget ? assignment.refused() : assignment;
    }

    private void run(Assignment assignment) throws InterruptedException {
        Instant began = clock.instant();
        CompletableFuture<RoundSummary> round;
        synchronized (this) {
            if (closed || (!assignment.isOnDemand() && !demands.isEmpty())) {
                return; // a demand came just now, and goes first
            }
            assignment.targets().forEach(t -> lastProbed.put(t.id(), began));
            round = begin(assignment);
            running = round;
            begunMillis = began.toEpochMilli();
            begunNanos = System.nanoTime();
            runningOnDemand = assignment.isOnDemand();
        }
        try {
            // A younger fact is used again, with its age: a round that is silent about a target says nothing of it.
            lastFacts
                    .forRound(assignment)
                    .forEach(o -> spool.append(assignment.plan().hash(), o, List.of()));
            RoundSummary summary = withClock(round.join());
            spool.append(summary);
            LOG.info(
                    "round {}{}: {} targets probed, {} skipped, in {} ms",
                    assignment.round(),
                    assignment.isOnDemand() ? " on demand" : "",
                    summary.probed().size(),
                    summary.skipped().size(),
                    Duration.between(began, clock.instant()).toMillis());
        } catch (CancellationException e) {
            LOG.info("round {} was ended for a demand or the agent's end", assignment.round());
            // What the round did not come to was not probed.
            assignment.targets().stream()
                    .filter(t -> !lastFacts.isOf(t.id(), assignment.round()))
                    .forEach(t -> lastProbed.remove(t.id()));
        } catch (CompletionException e) {
            LOG.error("round {} failed", assignment.round(), e.getCause());
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }

    private RoundSummary withClock(RoundSummary summary) {
        ClockOffset offset = clockOffset;
        Environment seen = summary.environment();
        return offset == null
                ? summary
                : summary.with(seen.with(seen.surroundings().with(offset)));
    }

    /** A bug in a probe must not end the measuring. */
    private CompletableFuture<RoundSummary> begin(Assignment assignment) {
        try {
            return prober.run(assignment, new Spooling(assignment));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private final class Spooling implements Prober.Listener {
        private static final long QUIET_NANOS = 100_000_000;

        private final Assignment assignment;
        private long lastTold;

        Spooling(Assignment assignment) {
            this.assignment = assignment;
        }

        @Override
        public void observed(Observation observation, List<Evidence> evidence) {
            spool.append(assignment.plan().hash(), observation, evidence);
            lastFacts.add(observation);
        }

        @Override
        public void heard(List<Evidence> evidence) {
            spool.append(assignment.plan().hash(), evidence);
        }

        @Override
        public void progress(int done, int total) {
            long now = System.nanoTime();
            if (assignment.isOnDemand() && (done == total || now - lastTold > QUIET_NANOS)) {
                lastTold = now;
                reports.progress(assignment.demand(), done, total);
            }
        }
    }

    private static String shortly(Plan plan) {
        return plan.hash().substring(0, Math.min(12, plan.hash().length()));
    }

    /** Ends the round under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            CompletableFuture<RoundSummary> now = running;
            if (now != null) {
                now.cancel(true);
            }
            notifyAll();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
