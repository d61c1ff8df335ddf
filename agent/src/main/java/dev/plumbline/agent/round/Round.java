package dev.plumbline.agent.round;

import dev.plumbline.agent.environment.HostEnvironment;
import dev.plumbline.agent.environment.Survey;
import dev.plumbline.agent.helper.HelperAnswers;
import dev.plumbline.agent.helper.HelperControl;
import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Pace;
import dev.plumbline.agent.net.QueueMeter;
import dev.plumbline.agent.probe.Distances;
import dev.plumbline.agent.probe.Pass;
import dev.plumbline.agent.probe.Pools;
import dev.plumbline.agent.probe.Probed;
import dev.plumbline.agent.probe.Resolution;
import dev.plumbline.agent.probe.TargetProbe;
import dev.plumbline.agent.schedule.Progress;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.Surroundings;
import dev.plumbline.words.TargetId;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round under way: a first pass over all targets, then passes over those that looked wrong. Lives on a loop without sockets. */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final long TICK_MILLIS = 20;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A try during which the loops stood still for longer proves nothing by its silence. */
    static final Duration JAM = Duration.ofMillis(500);
    /** So does one during which connects queued for longer, see {@link QueueMeter}. */
    static final Duration QUEUE = Duration.ofSeconds(1);

    private final Network network;
    private final Suspicion suspicion;
    private final Survey survey;
    private final RoundOrder order;
    private final RoundSettings settings;
    private final RoundListener listener;
    private final EventLoop home;
    private final LagMeter lag;
    private final QueueMeter queue = new QueueMeter();
    private final SlowStart slowStart;
    private final Pace pace;
    private final Network paced;
    private final Instant startedAt;
    private final long start;
    private final CompletableFuture<RoundSummary> ended = new CompletableFuture<>();
    private final Map<TargetId, SkipReason> skipped = new LinkedHashMap<>();
    private final Set<TargetId> probed = new LinkedHashSet<>();
    private final SeenEvidence evidence = new SeenEvidence();
    private final Pools pools;
    private final HelperControl control;
    private HelperAnswers heard = HelperAnswers.NOTHING;
    private boolean listening = true;
    private final Deque<Target> due = new ArrayDeque<>();
    private final List<Target> suspects = new ArrayList<>();
    private Pass pass;
    private long passStart;
    private boolean jammed;
    private int underWay;
    private int done;
    private int total;
    private long nextBegin;
    private @Nullable Future<?> ticks;
    /** For whoever looks on from another thread. */
    private volatile Progress progress = Progress.NONE;

    Round(
            Network network,
            Suspicion suspicion,
            Survey survey,
            HelperControl control,
            RoundOrder order,
            RoundSettings settings,
            RoundListener listener) {
        this.network = network;
        this.suspicion = suspicion;
        this.control = control;
        this.pools = new Pools(order.targets());
        this.survey = survey;
        this.order = order;
        this.settings = settings;
        this.listener = listener;
        this.home = network.loops().desk();
        this.lag = LagMeter.on(network.loops(), network.ticker());
        this.startedAt = network.ticker().instant();
        this.start = network.ticker().nanos();
        this.nextBegin = start;
        this.passStart = start;
        this.slowStart = new SlowStart(start);
        this.pace = new Pace(network.ticker(), network.policy().pace(settings.connectionsPerSecond()), 1);
        this.paced = network.paced(pace);
        this.pass = pass(1);
        skipped.putAll(order.skipped());
    }

    CompletableFuture<RoundSummary> begin() {
        due.addAll(order.turns());
        total = due.size();
        home.execute(() -> {
            askHelper();
            ticks = home.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            tick();
        });
        return ended;
    }

    private Pass pass(int tryNumber) {
        Pass usual = new Pass(
                        order.round(),
                        tryNumber,
                        settings.stageTimeout(),
                        new Resolution(network, settings.stageTimeout()),
                        lag,
                        queue,
                        tryNumber == 1
                                ? Distances.ofHealthy(order.targets(), order.round(), isAwaited())
                                : Distances.ofFailing())
                .with(survey.proxies());
        return isAwaited() ? usual.withWhole(pools) : usual;
    }

    /** Somebody waits: opened up, instead of paced. */
    private boolean isAwaited() {
        return settings.connectionsPerSecond() == 0;
    }

    /** A bug in a tick ends the round for whoever waits, instead of leaving him waiting. */
    private void tick() {
        try {
            advance();
        } catch (RuntimeException bug) {
            stop();
            ended.completeExceptionally(bug);
        }
    }

    private void advance() {
        if (ended.isDone()) {
            stop();
            return;
        }
        long now = network.ticker().nanos();
        slowStart.tick(now, lag.worst(now - STEP_NANOS, now), !due.isEmpty() || pace.waiting() > 0);
        if (settings.connectionsPerSecond() == 0) {
            int perSecond = network.policy().pace(slowStart.connectionsPerSecond());
            pace.set(perSecond, Math.min(slowStart.burst(), perSecond));
        }
        while (!due.isEmpty() && mayBegin()) {
            probe(due.remove());
        }
        if (isAwaited() && due.isEmpty() && underWay == pass.distances().lingering()) {
            pass.distances().hurry();
        }
        progress = new Progress(underWay, due.size(), Duration.ofNanos(pace.waiting()));
        if (due.isEmpty() && underWay == 0 && !listening) {
            nextPass();
        }
    }

    /** As of the latest tick; none once it has ended. Any thread. */
    Progress progress() {
        return ended.isDone() ? Progress.NONE : progress;
    }

    /** Beside the targets, so that the control is of the same minute. */
    private void askHelper() {
        Network own = paced.apart();
        CompletableFuture<HelperAnswers> asking = CompletableFuture.completedFuture(settings.stageTimeout())
                // So that a bug in asking is met like one in the answer.
                .thenCompose(timeout -> control.ask(own, timeout));
        guard(asking, own, patience(), 0);
        asking.whenCompleteAsync(
                (answers, bug) -> {
                    listening = false;
                    if (ended.isDone()) {
                        return;
                    }
                    if (answers == null) {
                        LOG.error("the helper could not be asked", bug);
                    } else {
                        heard = answers;
                        List<Evidence> fresh = evidence.fresh(answers.evidence());
                        if (!fresh.isEmpty()) {
                            listener.heard(fresh);
                        }
                    }
                    tick();
                },
                home);
    }

    private boolean mayBegin() {
        if (isAwaited()) {
            return underWay < slowStart.limit();
        }
        return underWay < SlowStart.INITIAL && network.ticker().nanos() - nextBegin >= 0 && pace.waiting() == 0;
    }

    private void probe(Target target) {
        underWay++;
        nextBegin = network.ticker().nanos() + interval();
        Network own = paced.apart();
        CompletableFuture<Probed> probing = TargetProbe.run(own, pass, target);
        guard(probing, own, patience(), 0);
        probing.whenCompleteAsync(
                (result, bug) -> {
                    underWay--;
                    settle(target, result, bug);
                },
                home);
    }

    private long patience() {
        return settings.stageTimeout().multipliedBy(4).plusSeconds(3).toNanos();
    }

    /** A probe ends by its own deadlines, besides what it waits for its turn; one that does not is a bug which must not stop the round. */
    private void guard(CompletableFuture<?> probing, Network own, long patienceNanos, long waitedNanos) {
        Future<?> guard = home.schedule(
                () -> {
                    long more = own.waitedNanos() - waitedNanos;
                    if (more > 0) {
                        guard(probing, own, more, waitedNanos + more);
                    } else {
                        probing.completeExceptionally(new IllegalStateException("the probe did not end by itself"));
                    }
                },
                patienceNanos,
                TimeUnit.NANOSECONDS);
        probing.whenComplete((result, bug) -> guard.cancel(false));
    }

    /** Targets begin no faster than connections may, also those that need none. */
    private long interval() {
        int perSecond = settings.connectionsPerSecond();
        return perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    private void settle(Target target, @Nullable Probed result, @Nullable Throwable bug) {
        if (ended.isDone()) {
            return;
        }
        done++;
        if (result == null) {
            LOG.error("the probe of {} failed by itself", target.id(), bug);
            skipped.put(target.id(), SkipReason.PROBE_DEFECT);
        } else if (result.isRefused()) {
            LOG.info("target {} is refused by this agent's own policy", target.id());
            skipped.put(target.id(), SkipReason.NOT_ALLOWED);
        } else {
            settle(target, result);
        }
        listener.progress(done, total);
        tick();
    }

    private void settle(Target target, Probed result) {
        result.observation().directAttempts().forEach(this::learn);
        probed.add(target.id());
        List<Evidence> fresh = evidence.fresh(result.evidence());
        listener.observed(result.observation(), fresh);
        jammed |= result.observation().loopLag().compareTo(JAM) > 0
                || result.observation().queueing().compareTo(QUEUE) > 0;
        if (mayRepeat() && suspicion.suspects(target, result.observation(), evidence)) {
            suspects.add(target);
            total++;
        }
    }

    /** A pass in a jam of the host's own, or of its line, is made up for by one more. */
    private boolean mayRepeat() {
        return pass.tryNumber() <= settings.confirmations() + (jammed ? 1 : 0);
    }

    private void learn(Attempt attempt) {
        slowStart.connected(attempt.synRoundTrip());
        Handshakes.of(attempt.handshakes()).usual().stream()
                .filter(handshake -> handshake.failure().isNone())
                .forEach(handshake -> slowStart.secured(handshake.elapsed()));
    }

    private void nextPass() {
        if (suspects.isEmpty()) {
            end();
            return;
        }
        pass = pass(pass.tryNumber() + 1);
        passStart = network.ticker().nanos();
        slowStart.again();
        due.addAll(suspects);
        suspects.clear();
        tick();
    }

    private void end() {
        stop();
        // What an earlier pass missed for lack of processor time, the last one made up for.
        Duration worst = lag.worst(passStart, network.ticker().nanos());
        survey.seen().thenAcceptAsync(seen -> end(worst, seen), home);
    }

    private void end(Duration worst, Surroundings seen) {
        RoundSummary summary = new RoundSummary(
                order.round(),
                order.planHash(),
                startedAt,
                network.ticker().instant(),
                List.copyOf(probed),
                skips(),
                HostEnvironment.read(network, worst, settings.stageTimeout())
                        .with(seen)
                        .with(heard.echoes()),
                order.demand());
        if (!ended.isDone()) {
            listener.ended(summary);
            ended.complete(summary);
        }
    }

    private Map<TargetId, Skip> skips() {
        Map<TargetId, Skip> skips = new LinkedHashMap<>();
        skipped.forEach((target, reason) -> skips.put(target, Skip.of(reason)));
        return skips;
    }

    private void stop() {
        lag.close();
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
