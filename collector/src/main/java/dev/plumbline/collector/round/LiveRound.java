package dev.plumbline.collector.round;

import dev.plumbline.collector.store.AgentReport;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.Fact;
import dev.plumbline.collector.store.Fingerprint;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One round whose facts are in memory: open, or closed and able to be opened again by late facts. */
public final class LiveRound {
    private record Key(AgentId agent, TargetId target) {}

    private record Seen(int tryNumber, Fact fact) {}

    private final long round;
    private final Set<AgentId> awaited = new HashSet<>();
    private final Map<Key, Seen> facts = new HashMap<>();
    private final Map<AgentId, AgentReport> reports = new HashMap<>();
    private Instant deadline;
    private long firstPosition;
    private long lastPosition;
    private long judgedTo;
    private boolean open;

    private LiveRound(long round, Instant deadline, boolean open) {
        this.round = round;
        this.deadline = deadline;
        this.open = open;
    }

    static LiveRound opened(long round, Set<AgentId> expected, Instant deadline) {
        LiveRound live = new LiveRound(round, deadline, true);
        live.awaited.addAll(expected);
        return live;
    }

    /** A round that was closed before a restart: its facts are read again without being news. */
    static LiveRound closed(ClosedRound closed) {
        LiveRound live = new LiveRound(closed.round(), closed.closedAt(), false);
        live.firstPosition = closed.firstPosition();
        live.judgedTo = closed.judgedTo();
        return live;
    }

    void observe(long position, AgentId agent, Observation observation, Instant lateUntil) {
        heard(position, agent, lateUntil);
        Fact fact = new Fact(agent, observation.target(), round, Fingerprint.of(observation), observation.startedAt());
        // The last try is the confirmed answer of the round.
        facts.merge(
                new Key(agent, observation.target()),
                new Seen(observation.tryNumber(), fact),
                (a, b) -> a.tryNumber() >= b.tryNumber() ? a : b);
    }

    void summarise(long position, AgentId agent, RoundSummary summary, Instant lateUntil) {
        heard(position, agent, lateUntil);
        reports.put(
                agent,
                new AgentReport(
                        agent,
                        summary.endedAt(),
                        summary.environment().agentVersion(),
                        summary.environment().unfitReason()));
    }

    private void heard(long position, AgentId agent, Instant lateUntil) {
        firstPosition = firstPosition == 0 ? position : Math.min(firstPosition, position);
        lastPosition = Math.max(lastPosition, position);
        awaited.add(agent);
        if (!open && position > judgedTo) {
            open = true;
            deadline = lateUntil;
        }
    }

    void await(Set<AgentId> expected) {
        awaited.addAll(expected);
    }

    void close() {
        open = false;
        judgedTo = Math.max(judgedTo, lastPosition);
    }

    ClosedRound asClosed(Instant at) {
        return new ClosedRound(round, at, firstPosition, Math.max(judgedTo, lastPosition));
    }

    public long round() {
        return round;
    }

    boolean isOpen() {
        return open;
    }

    /** True for a round that was closed before and was opened again by late facts. */
    public boolean wasJudged() {
        return judgedTo > 0;
    }

    /** False for a round that nobody has said anything about. */
    public boolean hasFacts() {
        return firstPosition != 0;
    }

    long firstPosition() {
        return firstPosition;
    }

    Instant deadline() {
        return deadline;
    }

    Set<AgentId> awaited() {
        return Set.copyOf(awaited);
    }

    List<Fact> facts() {
        return facts.values().stream().map(Seen::fact).toList();
    }

    List<AgentReport> reports() {
        return List.copyOf(reports.values());
    }
}
