package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.AlertWriter;
import dev.plumbline.collector.alert.Memory;
import dev.plumbline.collector.alert.Notices;
import dev.plumbline.collector.alert.Told;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.sqlite.Standstill;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.config.ConfigException;
import dev.plumbline.metrics.MetricSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells receivers of causes. After each round, and now and then for what time alone brings, one thread looks what is due and writes it
 * into the outbox; from there each receiver has its own. The judge waits for none of them.
 */
public final class Alerts implements RoundListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** Quiet hours end, and what is to be told again becomes due, without any event. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** For one receiver. What finds no room is told when there is some, as it is then. */
    static final int MOST_WAITING = 1_000;

    /** A closing may be written after its own time. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final int READ_AGAIN = 2;

    /** Twice that is less than the command waits. */
    private static final int PATIENCE_OF_WHO_TESTS_SECONDS = 25;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final AlertSettings settings;
    private final IncidentSource incidents;
    private final AlertWriter writer;
    private final Outbox outbox;
    private final Clocks clocks;
    private final String host = hostName();
    private final Map<String, Carrier> carriers = new LinkedHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("alert deadlines"));
    private final ExecutorService testers = Executors.newCachedThreadPool(daemons("alert test"));
    private final Standstill standstill = new Standstill();
    private final Map<String, Standstill> faults = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "alerts");
    private volatile boolean isClosing;
    private final Semaphore calls = new Semaphore(0);

    private Alerts(
            AlertSettings settings,
            String site,
            IncidentSource incidents,
            AlertWriter.Background background,
            Outbox outbox,
            Clocks clocks,
            DoubleSupplier chance) {
        this.settings = settings;
        this.incidents = incidents;
        this.writer = new AlertWriter(
                site, settings.link(), settings.dialect(), new ForgivingBackground(background), Alerts::newId);
        this.outbox = outbox;
        this.clocks = clocks;
        thread.setDaemon(true);
        for (ReceiverSettings receiver : settings.receivers()) {
            carriers.put(
                    receiver.name(),
                    new Carrier(receiver, sender(receiver.target()), outbox, settings.giveUpAfter(), clocks, chance));
            faults.put(receiver.name(), new Standstill());
        }
    }

    /**
     * Opens the outbox and begins to tell.
     *
     * @param file of the outbox
     * @throws ConfigException when it cannot be opened
     */
    public static Alerts start(
            AlertSettings settings,
            String site,
            IncidentSource incidents,
            AlertWriter.Background background,
            Path file,
            Clocks clocks)
            throws ConfigException {
        DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
        return start(settings, site, incidents, background, file, clocks, chance);
    }

    /** @param chance from 0 to 1, by which pauses between tries are drawn */
    static Alerts start(
            AlertSettings settings,
            String site,
            IncidentSource incidents,
            AlertWriter.Background background,
            Path file,
            Clocks clocks,
            DoubleSupplier chance)
            throws ConfigException {
        Outbox outbox = Outbox.open(file);
        Alerts alerts = new Alerts(settings, site, incidents, background, outbox, clocks, chance);
        try {
            int ended = outbox.keepOnly(alerts.carriers.keySet(), clocks.site().instant());
            if (ended > 0) {
                LOG.error("{} alerts waited for receivers that are configured no longer, and are given up", ended);
            }
        } catch (OutboxException e) {
            outbox.close();
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
        alerts.carriers.values().forEach(Carrier::start);
        alerts.thread.start();
        return alerts;
    }

    private Sender sender(Target target) {
        if (target instanceof Target.Webhook webhook) {
            return HttpSender.of(webhook, Sender.PATIENCE_SECONDS);
        } else if (target instanceof Target.Alertmanager alertmanager) {
            return HttpSender.of(alertmanager, Sender.PATIENCE_SECONDS);
        } else if (target instanceof Target.Slack slack) {
            return HttpSender.of(slack, Sender.PATIENCE_SECONDS);
        } else if (target instanceof Target.Teams teams) {
            return HttpSender.of(teams, Sender.PATIENCE_SECONDS);
        } else if (target instanceof Target.Email email) {
            return SmtpSender.patient(email, timer);
        }
        return new SyslogSender((Target.Syslog) target, host, timer, Sender.PATIENCE_SECONDS);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** Random: an outbox that was lost must not give an id again that a receiver has seen for something else. */
    private static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return "msg_" + HexFormat.of().formatHex(bytes);
    }

    @Override
    public void closed(long round, Optional<RoundVerdict> verdict) {
        call();
    }

    @Override
    public void failed(long round) {
        // Nothing became of any cause.
    }

    @Override
    public void turned() {
        call();
    }

    private void call() {
        calls.release();
    }

    private void run() {
        while (!isClosing) {
            try {
                look();
                standstill
                        .over(System.nanoTime())
                        .ifPresent(lasted -> LOG.warn("it is looked again what is to be told, after {}", lasted));
                rest();
            } catch (InterruptedException e) {
                isClosing = true;
            } catch (OutboxException | StoreException e) {
                // What was not written down is due again at the next look.
                standstill
                        .met("alerts wait: " + e.getMessage(), System.nanoTime())
                        .ifPresent(LOG::error);
                pause();
            } catch (RuntimeException e) {
                // A bug must neither end the thread in silence nor spin.
                standstill
                        .met("alerts stumbled over a fault of the collector's own and go on", System.nanoTime())
                        .ifPresent(said -> LOG.error(said, e));
                pause();
            }
        }
    }

    private void pause() {
        try {
            rest();
        } catch (InterruptedException e) {
            isClosing = true;
        }
    }

    private void rest() throws InterruptedException {
        if (calls.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }

    private void look() {
        List<Incident> open = incidents.open();
        for (ReceiverSettings receiver : settings.receivers()) {
            Standstill fault = Optional.ofNullable(faults.get(receiver.name())).orElseThrow();
            try {
                look(receiver, open);
                fault.over(System.nanoTime())
                        .ifPresent(lasted -> LOG.warn(
                                "it is looked again what {} is to be told, after {}", receiver.name(), lasted));
            } catch (OutboxException | StoreException e) {
                // What all receivers have in common.
                throw e;
            } catch (RuntimeException e) {
                // Others are told all the same.
                fault.met(
                                "alerts to " + receiver.name()
                                        + " wait: what is due stumbled over a fault of the collector's own",
                                System.nanoTime())
                        .ifPresent(said -> LOG.error(said, e));
            }
        }
    }

    private void look(ReceiverSettings receiver, List<Incident> open) {
        Instant now = clocks.site().instant();
        Memory memory = outbox.memory(receiver.name());
        Known known = Notices.isQuiet(receiver.reception(), now) ? new Known(open, List.of()) : known(memory, open);
        int room = Math.max(0, MOST_WAITING - outbox.waiting(receiver.name()));
        Notices.Decision due =
                Notices.decide(receiver.reception(), memory, known.open(), known.over(), writer, now, room);
        if (!due.alerts().isEmpty()
                || !due.forgotten().isEmpty()
                || !due.quietSince().equals(memory.quietSince())) {
            outbox.take(receiver.name(), due.alerts(), due.forgotten(), due.quietSince(), now);
            carrier(receiver.name()).call();
        }
    }

    /** What is open, and what ended. */
    private record Known(List<Incident> open, List<Incident> over) {
        /** False where a cause that was told is neither open nor over. */
        boolean holds(Memory memory) {
            Set<String> ids = Stream.concat(open.stream(), over.stream())
                    .map(Incident::id)
                    .collect(Collectors.toSet());
            return ids.containsAll(memory.told().keySet());
        }
    }

    /**
     * The two are read one after the other, and a round may close between them: what came back then is in neither, and would be told as
     * over. So it is read again before anybody believes that.
     */
    private Known known(Memory memory, List<Incident> open) {
        Known known = known(open, memory);
        for (int i = 0; i < READ_AGAIN && !known.holds(memory); i++) {
            known = known(incidents.open(), memory);
        }
        return known;
    }

    private Known known(List<Incident> open, Memory memory) {
        List<Incident> over = since(memory, open)
                .map(since -> incidents.closedSince(since.minus(BEFORE)))
                .orElse(List.of());
        return new Known(open, over);
    }

    /** As far back as something of which the receiver is to hear may have ended; empty where nothing has. */
    private static Optional<Instant> since(Memory memory, List<Incident> open) {
        Set<String> ids = open.stream().map(Incident::id).collect(Collectors.toSet());
        return Stream.concat(
                        memory.quietSince().stream(),
                        memory.told().values().stream()
                                .map(Told::alert)
                                .filter(a -> !ids.contains(a.finding()))
                                .map(Alert::since))
                .min(Comparator.naturalOrder());
    }

    private Carrier carrier(String name) {
        return Optional.ofNullable(carriers.get(name)).orElseThrow();
    }

    /** What a test came to. */
    record Tested(String receiver, Outcome outcome, Duration elapsed) {}

    /** Sends a test to each of these, at once, past filters, quiet hours and the outbox; waits for what comes back. */
    List<Tested> test(List<ReceiverSettings> receivers) throws InterruptedException {
        List<Future<Tested>> running = new ArrayList<>();
        receivers.forEach(r -> running.add(testers.submit(() -> test(r))));
        List<Tested> all = new ArrayList<>();
        for (Future<Tested> test : running) {
            try {
                all.add(test.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a test of a receiver stumbled over a fault of the collector's own", e);
            }
        }
        return all;
    }

    private Tested test(ReceiverSettings receiver) throws InterruptedException {
        long begun = System.nanoTime();
        Instant now = clocks.host().instant();
        Alert alert = writer.test(now);
        try (Sender sender = receiver.target() instanceof Target.Email email
                ? SmtpSender.hasty(email, timer, PATIENCE_OF_WHO_TESTS_SECONDS)
                : sender(receiver.target())) {
            Outcome outcome = sender.send(alert, now);
            return new Tested(receiver.name(), outcome, Duration.ofNanos(System.nanoTime() - begun));
        } catch (RuntimeException e) {
            LOG.error("a test of {} stumbled over a fault of the collector's own", receiver.name(), e);
            Outcome fault = Outcome.again(Carrier.FAULT);
            return new Tested(receiver.name(), fault, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    List<ReceiverSettings> receivers() {
        return settings.receivers();
    }

    Outbox outbox() {
        return outbox;
    }

    MetricSource metrics() {
        return new AlertMetrics(outbox, carriers.values());
    }

    /** Ends what is under way; the outbox keeps what was not delivered. */
    @Override
    public void close() throws InterruptedException {
        isClosing = true;
        call();
        thread.interrupt();
        thread.join();
        testers.shutdownNow();
        for (Carrier carrier : carriers.values()) {
            carrier.close();
        }
        timer.shutdownNow();
        outbox.close();
    }
}
