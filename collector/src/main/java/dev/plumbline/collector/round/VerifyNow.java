package dev.plumbline.collector.round;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole round on every connected agent, now. Everybody who asks while one is under way shares it. */
public final class VerifyNow implements RoundListener, Connections.ProgressListener {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyNow.class);

    private final Connections connections;
    private final RoundTiming timing;
    private final Clock clock;
    private final BiConsumer<Long, Set<AgentId>> pipeline;
    private @Nullable Demand running;

    /**
     * @param pipeline told of the round and its agents before they are asked
     */
    public VerifyNow(
            Connections connections, RoundTiming timing, Clock clock, BiConsumer<Long, Set<AgentId>> pipeline) {
        this.connections = connections;
        this.timing = timing;
        this.clock = clock;
        this.pipeline = pipeline;
        connections.listen(this);
    }

    /** How far one agent is; total is 0 before it has said anything. */
    public record Progress(AgentId agent, int done, int total) {
        public boolean isFinished() {
            return total > 0 && done >= total;
        }
    }

    /**
     * How a demand ended.
     *
     * @param round 0 when no agent was connected, so that there was none
     */
    public record Outcome(long round, Duration elapsed) {}

    /** Somebody who waits. Called with a lock held: must be quick and must not throw. */
    public interface Watcher {
        void progress(List<Progress> agents);

        void ended(Outcome outcome);

        /** The facts came, but could not be judged. */
        void failed(long round);
    }

    private static final class Demand {
        private final String id;
        private final long round;
        private final Instant begun;
        private final Map<AgentId, Progress> agents = new TreeMap<>();
        private final List<Watcher> watchers = new ArrayList<>();

        Demand(long round, Instant begun, Set<AgentId> agents) {
            this.id = "verify-" + round;
            this.round = round;
            this.begun = begun;
            agents.forEach(a -> this.agents.put(a, new Progress(a, 0, 0)));
        }

        List<Progress> progress() {
            return List.copyOf(agents.values());
        }
    }

    /** Begins a demand or joins the one under way; ends at once when no agent is connected. */
    public void watch(Watcher watcher) {
        Set<AgentId> agents = connections.connected();
        Optional<Demand> begun = join(watcher, agents);
        // Outside the lock: the agents' registry has locks of its own and calls back.
        begun.ifPresent(d -> {
            pipeline.accept(d.round, agents);
            connections.demand(d.id, d.round);
        });
    }

    private synchronized Optional<Demand> join(Watcher watcher, Set<AgentId> agents) {
        Demand demand = running;
        if (demand != null) {
            demand.watchers.add(watcher);
            tell(watcher, w -> w.progress(demand.progress()));
            return Optional.empty();
        }
        if (agents.isEmpty()) {
            tell(watcher, w -> w.ended(new Outcome(0, Duration.ZERO)));
            return Optional.empty();
        }
        Instant now = clock.instant();
        Demand begun = new Demand(timing.demandAt(now), now, agents);
        begun.watchers.add(watcher);
        running = begun;
        tell(watcher, w -> w.progress(begun.progress()));
        return Optional.of(begun);
    }

    /** A bug of one who waits must not keep the agents from being asked, nor the others from hearing of it. */
    private static void tell(Watcher watcher, Consumer<Watcher> news) {
        try {
            news.accept(watcher);
        } catch (RuntimeException e) {
            LOG.error("somebody who waits for a round on demand could not be told of it", e);
        }
    }

    /** The watcher no longer waits; the demand goes on. */
    public synchronized void leave(Watcher watcher) {
        if (running != null) {
            running.watchers.remove(watcher);
        }
    }

    @Override
    public synchronized void progress(AgentId agent, String id, int done, int total) {
        Demand demand = running;
        if (demand != null && demand.id.equals(id)) {
            demand.agents.put(agent, new Progress(agent, done, total));
            List<Progress> all = demand.progress();
            List.copyOf(demand.watchers).forEach(watcher -> tell(watcher, w -> w.progress(all)));
        }
    }

    @Override
    public synchronized void closed(long round, Optional<RoundVerdict> verdict) {
        end(
                round,
                (watcher, demand) ->
                        watcher.ended(new Outcome(round, Duration.between(demand.begun, clock.instant()))));
    }

    @Override
    public synchronized void failed(long round) {
        end(round, (watcher, demand) -> watcher.failed(round));
    }

    private void end(long round, BiConsumer<Watcher, Demand> news) {
        Demand demand = running;
        if (demand != null && demand.round == round) {
            running = null;
            demand.watchers.forEach(watcher -> tell(watcher, w -> news.accept(w, demand)));
        }
    }
}
