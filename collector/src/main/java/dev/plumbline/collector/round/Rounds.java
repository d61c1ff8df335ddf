package dev.plumbline.collector.round;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The rounds in memory, by number: open ones and the latest closed ones, whose late facts still count. Used by one thread;
 * the time is always an argument.
 */
public final class Rounds {
    /** Facts of a round that was closed longer ago change nothing any more. */
    public static final Duration LATEST = Duration.ofDays(2);

    /** Closed rounds kept for late facts: enough for an agent that lost its stream for some rounds. */
    static final int KEPT = 4;

    private final RoundTiming timing;
    private final TreeMap<Long, LiveRound> live = new TreeMap<>();
    private long position;
    private long horizon;
    private long lateFacts;
    private long aheadFacts;

    /**
     * @param closed rounds that were closed before a restart and whose facts will be read again
     * @param horizon number of the earliest round whose facts counted then
     * @param position journal position from which they are read
     */
    public Rounds(RoundTiming timing, Collection<ClosedRound> closed, long horizon, long position) {
        this.timing = timing;
        this.position = position;
        this.horizon = horizon;
        closed.stream().filter(c -> c.round() >= horizon).forEach(c -> live.put(c.round(), LiveRound.closed(c)));
    }

    /** A round begins: these agents' summaries are waited for. */
    public void begin(long round, Set<AgentId> expected, Instant now) {
        if (round < horizon || expected.isEmpty()) {
            return;
        }
        LiveRound begun = live.get(round);
        if (begun == null) {
            live.put(round, LiveRound.opened(round, expected, deadline(round, now)));
        } else if (begun.isOpen()) {
            begun.await(expected);
        }
    }

    /**
     * Takes in what a journal record says about rounds. Which part counts is a function of the records and of the rounds
     * that were closed among them, so that it can be found again.
     *
     * @param receivedAt when the record came, by the collector's clock
     * @param connected agents whose summaries are waited for when this opens a round that nobody announced
     * @param now from when a grace counts
     * @return the part of the batch that still counts
     */
    public Batch take(long at, AgentId agent, Batch batch, Instant receivedAt, Set<AgentId> connected, Instant now) {
        position = Math.max(position, at);
        List<Observation> observations = new ArrayList<>();
        for (Observation observation : batch.observations()) {
            roundOf(observation.round(), receivedAt, connected, now).ifPresent(r -> {
                r.observe(at, agent, observation, now.plus(timing.grace()));
                observations.add(observation);
            });
        }
        List<RoundSummary> summaries = new ArrayList<>();
        for (RoundSummary summary : batch.summaries()) {
            roundOf(summary.round(), receivedAt, connected, now).ifPresent(r -> {
                r.summarise(at, agent, summary, now.plus(timing.grace()));
                summaries.add(summary);
            });
        }
        return batch.with(observations, summaries);
    }

    private Optional<LiveRound> roundOf(long round, Instant receivedAt, Set<AgentId> connected, Instant now) {
        LiveRound known = live.get(round);
        // That a round was announced is not in the journal: it opens no door.
        if (known != null && known.hasFacts()) {
            return Optional.of(known);
        }
        Instant begun = Instant.ofEpochMilli(round);
        if (round < horizon || begun.isBefore(receivedAt.minus(LATEST))) {
            lateFacts++;
            return Optional.empty();
        }
        // A round of a clock that runs ahead would stay open until that time comes and hold the position back.
        if (begun.isAfter(receivedAt.plus(timing.every()))) {
            aheadFacts++;
            return Optional.empty();
        }
        return Optional.of(live.computeIfAbsent(round, r -> LiveRound.opened(r, connected, deadline(r, now))));
    }

    /** What was spooled for long gets a grace of its own. */
    private Instant deadline(long round, Instant now) {
        Instant scheduled = timing.deadline(round);
        Instant least = now.plus(timing.grace());
        return scheduled.isAfter(least) ? scheduled : least;
    }

    /** Open rounds that are to be closed now, in order. */
    public List<LiveRound> due(LongFunction<Set<AgentId>> finished, Instant now) {
        return live.values().stream()
                .filter(LiveRound::isOpen)
                .filter(r -> RoundClosing.decide(r.awaited(), finished.apply(r.round()), r.deadline(), now)
                        != RoundClosing.Decision.WAIT)
                .toList();
    }

    /** The open rounds, and whose summaries each waits for. */
    public Map<Long, Set<AgentId>> awaited() {
        Map<Long, Set<AgentId>> awaited = new TreeMap<>();
        live.values().stream().filter(LiveRound::isOpen).forEach(r -> awaited.put(r.round(), r.awaited()));
        return awaited;
    }

    /** Nothing was said of any open round yet. */
    public boolean isBetween() {
        return live.values().stream().noneMatch(r -> r.isOpen() && r.hasFacts());
    }

    /** A round in memory of which something was said. */
    public Optional<LiveRound> withFacts(long round) {
        return Optional.ofNullable(live.get(round)).filter(LiveRound::hasFacts);
    }

    /** What closing the round writes; call {@link #closed} when it is written. */
    public RoundChange change(LiveRound round, RoundVerdict verdict, List<Incident> incidents, long closing) {
        List<LiveRound> forgotten = forgotten(round);
        return new RoundChange(
                verdict,
                incidents,
                round.facts(),
                round.reports(),
                round.asClosed(verdict.closedAt()),
                closing,
                positionWithout(forgotten),
                horizonWithout(forgotten));
    }

    /** Nobody said anything of the round. Nothing else changes: of this no journal tells, and a rebuild must come to the same. */
    public void dismiss(LiveRound silent) {
        silent.close();
        live.remove(silent.round());
    }

    /** The round is closed; the oldest closed ones are let go. */
    public void closed(LiveRound round) {
        List<LiveRound> forgotten = forgotten(round);
        round.close();
        if (!round.hasFacts()) {
            live.remove(round.round());
        }
        horizon = horizonWithout(forgotten);
        forgotten.forEach(old -> live.remove(old.round()));
    }

    /** Lets go of open rounds before a number, of which the journal no longer tells how they were closed. */
    public void abandonBefore(long round) {
        List<LiveRound> open = live.headMap(round).values().stream()
                .filter(r -> r.hasFacts() && r.isOpen())
                .toList();
        for (LiveRound lost : open) {
            live.remove(lost.round());
            horizon = Math.max(horizon, lost.round() + 1);
        }
    }

    /** None that is later than an open one: whoever begins again behind it would take the open one for long past. */
    private List<LiveRound> forgotten(LiveRound closing) {
        List<LiveRound> told =
                live.values().stream().filter(LiveRound::hasFacts).toList();
        List<LiveRound> closed =
                told.stream().filter(r -> !r.isOpen() || r == closing).toList();
        long oldestOpen = told.stream()
                .filter(r -> r.isOpen() && r != closing)
                .mapToLong(LiveRound::round)
                .min()
                .orElse(Long.MAX_VALUE);
        return closed.subList(0, Math.max(0, closed.size() - KEPT)).stream()
                .filter(r -> r.round() < oldestOpen)
                .toList();
    }

    private long horizonWithout(Collection<LiveRound> forgotten) {
        return Math.max(
                horizon, forgotten.stream().mapToLong(r -> r.round() + 1).max().orElse(0));
    }

    /** Journal position up to which nothing needs to be read again. */
    long positionWithout(Collection<LiveRound> forgotten) {
        return live.values().stream()
                .filter(r -> r.hasFacts() && !forgotten.contains(r))
                .mapToLong(r -> r.firstPosition() - 1)
                .min()
                .orElse(position);
    }

    /** The oldest round whose facts still count. */
    public Optional<Long> oldest() {
        return live.isEmpty() ? Optional.empty() : Optional.of(live.firstKey());
    }

    /** When the next open round becomes overdue. */
    public Optional<Instant> nextDeadline() {
        return live.values().stream()
                .filter(LiveRound::isOpen)
                .map(LiveRound::deadline)
                .min(Comparator.naturalOrder());
    }

    /** Facts that came after their round was let go. */
    public long lateFacts() {
        return lateFacts;
    }

    /** Facts of rounds that have not begun by this host's clock. */
    public long aheadFacts() {
        return aheadFacts;
    }
}
