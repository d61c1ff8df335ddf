package dev.plumbline.collector;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Sight;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.Beginning;
import dev.plumbline.collector.journal.Closing;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.projection.Judges;
import dev.plumbline.collector.projection.Projection;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.round.JournalReader;
import dev.plumbline.collector.round.LiveRound;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.sqlite.Standstill;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.words.AgentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector's flow, on one thread: journal -> read -> judge takes in -> rounds close -> closing in the journal ->
 * verdict -> ledger -> store -> listeners. Here is decided when a round closes; all that follows of it is done by the
 * {@link Projection}, which can do it again from the journal.
 */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** While it is behind: so many pages bound what is kept in memory of rounds that nobody waits for any more. */
    private static final int PAGES_BETWEEN_CLOSINGS = 8;

    private final Journal journal;
    private final Store store;
    private final Connections connections;
    private final RoundTiming timing;
    private final Clock clock;
    private final Queue<Demand> demands = new ConcurrentLinkedQueue<>();
    private final List<RoundListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Ruling> coming = new AtomicReference<>();
    private final Standstill standstill = new Standstill();
    private final Thread thread = new Thread(this::run, "judge");
    private final LongAdder failures = new LongAdder();
    private volatile boolean closing;
    /** For whoever looks on from another thread. */
    private volatile long position;

    private final Object judging = new Object();

    /** No round will be closed at an earlier time; guarded by {@link #judging}. */
    private Instant judgedTo = Instant.MIN;

    private Judges judges;
    private Basis basis;
    private Projection projection;
    private @Nullable Beginning begun;
    private boolean isLeft;
    private boolean isBehind = true;
    private int fullPages;
    private Optional<Retention> retention = Optional.empty();
    private long lastSlot;
    private long dueSince;

    /**
     * Where the judge stands.
     *
     * @param position of the journal up to which it has read
     * @param failures steps that were tried again since the start
     */
    record Standing(long position, int demands, long failures) {}

    private record Demand(long round, Set<AgentId> expected) {}

    /** @param slot in which it was made */
    private record Ruling(Judges judges, Basis basis, long slot) {}

    public Pipeline(
            Journal journal,
            Judges judges,
            Store store,
            Basis basis,
            Connections connections,
            RoundTiming timing,
            Clock clock) {
        this.journal = journal;
        this.judges = judges;
        this.store = store;
        this.projection = new Projection(journal, judges, store, timing);
        this.basis = basis;
        this.connections = connections;
        this.timing = timing;
        this.clock = clock;
        this.lastSlot = timing.slot(clock.instant());
        this.position = projection.position();
    }

    /** Any thread; waits for nothing. */
    Standing standing() {
        return new Standing(position, demands.size(), failures.sum());
    }

    public void start() {
        thread.start();
    }

    /** Before the start: from then on this deletes by policy. */
    void retain(Retention by) {
        retention = Optional.of(by);
    }

    public void listen(RoundListener listener) {
        listeners.add(listener);
    }

    /** A demanded round begins; call before the agents are asked. From any thread. */
    public void expect(long round, Set<AgentId> agents) {
        demands.add(new Demand(round, Set.copyOf(agents)));
    }

    /**
     * Judges by this from the next boundary between rounds on: when nothing was said of any open round yet, at the latest when the
     * next slot begins. From any thread.
     */
    public void judgeBy(Judges judges, Basis other) {
        coming.set(new Ruling(judges, other, timing.slot(clock.instant())));
    }

    private void run() {
        while (!closing) {
            try {
                step();
                standstill.over(System.nanoTime()).ifPresent(lasted -> LOG.warn("judging goes on, after {}", lasted));
            } catch (JournalException | StoreException e) {
                // A full disk may have room again: nothing is lost, since what was not applied is applied again.
                isBehind = true;
                failures.increment();
                standstill.met("judging waits: " + words(e), System.nanoTime()).ifPresent(LOG::error);
                pause();
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException e) {
                // A bug must neither end the thread in silence nor spin.
                isBehind = true;
                failures.increment();
                standstill
                        .met("judging stumbled over a fault of its own and goes on", System.nanoTime())
                        .ifPresent(said -> LOG.error(said, e));
                pause();
            }
        }
    }

    private void step() throws JournalException, InterruptedException {
        retention.ifPresent(Retention::settle);
        enter();
        begin();
        // What was decided before a kill, or before a disk was full.
        replay();
        turn();
        JournalReader.Page page = projection.next();
        // Again: what was demanded before the page was read must be waited for before its records are taken in.
        begin();
        Instant now = time(page);
        projection.take(page, connections.connected(), now);
        position = projection.position();
        fullPages = page.isFull() ? fullPages + 1 : 0;
        if (fullPages % PAGES_BETWEEN_CLOSINGS == 0) {
            closeDue(now);
            judged(now);
        }
        if (!page.isFull()) {
            retain(now);
            journal.await(projection.position(), LONGEST_WAIT);
        }
    }

    private void judged(Instant at) {
        synchronized (judging) {
            judgedTo = at;
            judging.notifyAll();
        }
    }

    /**
     * Waits until no round will be closed any more at this time or before. Any thread.
     *
     * @return false when that takes longer than the patience
     */
    boolean awaitJudged(Instant at, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (judging) {
            while (!judgedTo.isAfter(at)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(judging, left);
            }
            return true;
        }
    }

    /** The judge begins anew at what stands for the batches that go; where rounds follow without a break, when a slot begins. */
    private void retain(Instant now) throws JournalException, InterruptedException {
        if (retention.isEmpty() || isBehind || closing) {
            return;
        }
        Retention by = retention.get();
        if (!by.isDue(now)) {
            dueSince = lastSlot;
            by.sweep();
        } else if ((projection.isBetweenRounds() || lastSlot > dueSince) && by.prepare()) {
            succeed(judges, basis);
            by.putInPlace();
        }
    }

    /** While it is behind, that of the records: a grace passes in the time in which they came, not in that of their reading. */
    private Instant time(JournalReader.Page page) {
        Instant now = clock.instant();
        int read = page.readings().size();
        if (!page.isFull() || read == 0) {
            return now;
        }
        Instant came = page.readings().get(read - 1).receivedAt();
        synchronized (judging) {
            // What came while others were judged is closed after these.
            came = came.isBefore(judgedTo) ? judgedTo : came;
        }
        return came.isBefore(now) ? came : now;
    }

    /** Before anything is applied by this judge: a rebuild must know from where it remembered nothing. */
    private void enter() throws JournalException, InterruptedException {
        Beginning entered = begun;
        if (entered == null) {
            entered = durable(journal.enterBeginning(projection.begunAfter(), clock.instant(), basis));
            begun = entered;
            isLeft = false;
        }
        if (!isLeft) {
            projection.begin(entered.begunAt());
            isLeft = true;
        }
    }

    /**
     * Another judge takes over, as after a restart: it reads again what was said of open rounds, which are waited for as before, and
     * remembers nothing else.
     */
    private void turn() throws JournalException, InterruptedException {
        Ruling next = coming.get();
        if (next == null || isBehind || closing || !(projection.isBetweenRounds() || lastSlot > next.slot())) {
            return;
        }
        if (next.basis().decidesLike(basis)) {
            coming.compareAndSet(next, null);
            return;
        }
        succeed(next.judges(), next.basis());
        coming.compareAndSet(next, null);
        LOG.info("judging goes on by another configuration of the site");
        listeners.forEach(RoundListener::turned);
    }

    private void succeed(Judges successor, Basis other) throws JournalException, InterruptedException {
        Map<Long, Set<AgentId>> awaited = projection.awaited();
        projection = new Projection(journal, successor, store, timing);
        judges = successor;
        basis = other;
        begun = null;
        Sight sight = successor.sight();
        awaited.forEach((round, agents) -> {
            Set<AgentId> left =
                    agents.stream().filter(a -> sight.isDeclared(a.segment())).collect(Collectors.toSet());
            if (left.isEmpty()) {
                // Nobody will answer any more: whoever waits for it is told.
                listeners.forEach(l -> l.closed(round, Optional.empty()));
            } else {
                projection.begin(round, left, clock.instant());
            }
        });
        enter();
    }

    private void begin() {
        Instant now = clock.instant();
        for (Demand demand = demands.poll(); demand != null; demand = demands.poll()) {
            projection.begin(demand.round(), demand.expected(), now);
        }
        long slot = timing.slot(now);
        if (slot > lastSlot) {
            lastSlot = slot;
            projection.begin(slot, connections.connected(), now);
        }
    }

    /** Nothing is read between the decision and what follows of it: the closing names all that was known. */
    private void closeDue(Instant now) throws JournalException, InterruptedException {
        List<CompletableFuture<Closing>> decided = new ArrayList<>();
        for (LiveRound round : projection.due(now)) {
            if (round.hasFacts()) {
                decided.add(journal.enterClosing(round.round(), projection.position(), now));
            } else {
                projection.dismiss(round);
                listeners.forEach(l -> l.closed(round.round(), Optional.empty()));
            }
        }
        for (CompletableFuture<Closing> one : decided) {
            isBehind = true;
            durable(one);
        }
        replay();
    }

    private void replay() throws JournalException {
        while (isBehind && !closing) {
            Optional<Projection.Outcome> outcome =
                    projection.replay(Long.MAX_VALUE, connections.connected(), clock.instant());
            isBehind = outcome.isPresent();
            outcome.ifPresent(this::tell);
        }
    }

    private void tell(Projection.Outcome outcome) {
        long round = outcome.closing().round();
        if (outcome.verdict().isEmpty()) {
            listeners.forEach(l -> l.failed(round));
            return;
        }
        RoundVerdict verdict = outcome.verdict().get();
        LOG.info(
                "round {} closed: {} segments heard, {} findings, {} incidents written",
                Instant.ofEpochMilli(round),
                verdict.heard().size(),
                verdict.findings().size(),
                outcome.incidents());
        listeners.forEach(l -> l.closed(round, outcome.verdict()));
    }

    private static <T> T durable(CompletableFuture<T> entry) throws JournalException, InterruptedException {
        try {
            return entry.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException problem) {
                throw problem;
            }
            throw new IllegalStateException(e);
        }
    }

    /** What the medium said is in the cause. */
    private static String words(Exception e) {
        Throwable cause = e.getCause();
        return e.getMessage() + (e instanceof StoreException && cause != null ? ": " + cause.getMessage() : "");
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
