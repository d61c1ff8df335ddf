package dev.plumbline.collector;

import dev.plumbline.collector.finding.Hindsight;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Ledger;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.judge.RoundJudge;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.round.JournalReader;
import dev.plumbline.collector.round.LatestWord;
import dev.plumbline.collector.round.LiveRound;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.round.Rounds;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector's flow, on one thread: journal -> read -> judge takes in -> rounds close -> verdict -> ledger -> store ->
 * listeners. Everything before the store can be done again from the journal.
 */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int PAGE = 256;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Journal journal;
    private final JournalReader reader;
    private final RoundJudge judge;
    private final Store store;
    private final Connections connections;
    private final RoundTiming timing;
    private final Clock clock;
    private final Rounds rounds;
    private final Queue<Demand> demands = new ConcurrentLinkedQueue<>();
    private final List<RoundListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "judge");
    private volatile boolean closing;
    private long position;
    private long lastSlot;

    private record Demand(long round, Set<AgentId> expected) {}

    public Pipeline(
            Journal journal, RoundJudge judge, Store store, Connections connections, RoundTiming timing, Clock clock) {
        this.journal = journal;
        this.reader = new JournalReader(journal);
        this.judge = judge;
        this.store = store;
        this.connections = connections;
        this.timing = timing;
        this.clock = clock;
        this.position = store.position();
        judge.recall(store.cells());
        this.rounds = new Rounds(timing, store.closedRounds(), position);
        this.lastSlot = timing.slot(clock.instant());
    }

    public void start() {
        thread.start();
    }

    public void listen(RoundListener listener) {
        listeners.add(listener);
    }

    /** A demanded round begins; call before the agents are asked. From any thread. */
    public void expect(long round, Set<AgentId> agents) {
        demands.add(new Demand(round, Set.copyOf(agents)));
    }

    private void run() {
        while (!closing) {
            try {
                step();
            } catch (JournalException | StoreException e) {
                // A full disk may have room again: nothing is lost, since the position did not move.
                LOG.error("judging waits: {}", e.getMessage(), e);
                pause();
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException e) {
                // A bug must neither end the thread in silence nor spin.
                LOG.error("judging stumbled over a fault of its own and goes on", e);
                pause();
            }
        }
    }

    private void step() throws JournalException, InterruptedException {
        begin();
        JournalReader.Page page = reader.read(position, PAGE);
        begin();
        for (JournalReader.Reading reading : page.readings()) {
            // First, so that a record which cannot be taken in is passed over, not met again for ever.
            position = reading.position();
            accept(reading);
        }
        position = page.last();
        if (!page.isFull()) {
            closeDue();
            journal.await(position, LONGEST_WAIT);
        }
    }

    private void begin() {
        Instant now = clock.instant();
        for (Demand demand = demands.poll(); demand != null; demand = demands.poll()) {
            rounds.begin(demand.round(), demand.expected(), now);
        }
        long slot = timing.slot(now);
        if (slot > lastSlot) {
            lastSlot = slot;
            rounds.begin(slot, connections.connected(), now);
        }
    }

    private void accept(JournalReader.Reading record) {
        Batch news = rounds.take(
                record.position(), record.agent(), record.batch(), connections.connected(), clock.instant());
        judge.accept(record.agent(), news);
    }

    private void closeDue() {
        Instant now = clock.instant();
        for (LiveRound round : rounds.due(judge::finished, now)) {
            Optional<RoundVerdict> verdict = round.hasFacts() ? judge(round, now) : Optional.empty();
            verdict.ifPresent(v -> write(round, v));
            rounds.closed(round);
            rounds.oldest().ifPresent(judge::forgetBefore);
            if (round.hasFacts() && verdict.isEmpty()) {
                listeners.forEach(l -> l.failed(round.round()));
            } else {
                listeners.forEach(l -> l.closed(round.round(), verdict));
            }
        }
    }

    private Optional<RoundVerdict> judge(LiveRound round, Instant now) {
        try {
            return Optional.of(judge.judge(round.round(), now));
        } catch (RuntimeException e) {
            // A bug met by one round's facts must not take the verdict from all later rounds.
            LOG.error("round {} could not be judged", Instant.ofEpochMilli(round.round()), e);
            return Optional.empty();
        }
    }

    private void write(LiveRound round, RoundVerdict whole) {
        LatestWord latest = new LatestWord(round.round(), store.latestRounds());
        RoundVerdict verdict = latest.of(whole);
        List<Incident> known = new ArrayList<>(store.openIncidents());
        known.addAll(
                store.incidentsClosedSince(Instant.ofEpochMilli(round.round()).minus(Ledger.REOPENS_WITHIN)));
        List<Incident> changes = new ArrayList<>(Ledger.update(latest.of(known), verdict, round.wasJudged()));
        changes.addAll(Hindsight.annotate(latest.past(known), latest.past(whole), round.wasJudged()));
        store.apply(rounds.change(round, verdict, changes));
        LOG.info(
                "round {} closed: {} segments heard, {} findings, {} incidents written",
                Instant.ofEpochMilli(round.round()),
                whole.heard().size(),
                whole.findings().size(),
                changes.size());
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /** Ends after the round that is being written. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
    }
}
