package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Backoff;
import dev.plumbline.collector.alert.Notices;
import dev.plumbline.collector.alert.Reception;
import dev.plumbline.collector.sqlite.Standstill;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits for one receiver to it, on a thread of its own. A message that the receiver does not take now is tried again later, and
 * others go before it; while nobody is there, or no message is taken, one is tried at a time. In quiet hours all of it is held.
 */
final class Carrier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LEAST_WAIT = Duration.ofMillis(10);
    static final String FAULT = "a fault of the collector's own, which its log shows";

    /** So many messages in a row that are not taken may each be at fault themselves. */
    static final int EACH_AT_FAULT = 3;

    private final String receiver;
    private final Reception reception;
    private final Sender sender;
    private final Outbox outbox;
    private final Duration giveUpAfter;
    private final Clocks clocks;
    private final DoubleSupplier chance;
    private final Standstill standstill = new Standstill();
    private final Standstill refusals = new Standstill();
    private final Standstill outboxStandstill = new Standstill();
    private final Thread thread;
    private final Semaphore calls = new Semaphore(0);
    private final LongAdder triesInVain = new LongAdder();
    private final Map<Delivery.State, LongAdder> ended = Map.of(
            Delivery.State.DELIVERED, new LongAdder(),
            Delivery.State.REFUSED, new LongAdder(),
            Delivery.State.GAVE_UP, new LongAdder());
    private volatile boolean isClosing;
    private int nobody;
    private int again;
    private Instant notBefore = Instant.EPOCH;

    /** @param chance from 0 to 1, another each time */
    Carrier(
            ReceiverSettings settings,
            Sender sender,
            Outbox outbox,
            Duration giveUpAfter,
            Clocks clocks,
            DoubleSupplier chance) {
        this.receiver = settings.name();
        this.reception = settings.reception();
        this.sender = sender;
        this.outbox = outbox;
        this.giveUpAfter = giveUpAfter;
        this.clocks = clocks;
        this.chance = chance;
        this.thread = new Thread(this::run, "alerts to " + receiver);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String receiver() {
        return receiver;
    }

    /** Since the start; what waits is not among them. */
    Map<Delivery.State, LongAdder> ended() {
        return ended;
    }

    long triesInVain() {
        return triesInVain.sum();
    }

    /** There may be something to do. From any thread. */
    void call() {
        calls.release();
    }

    private void run() {
        while (!isClosing) {
            try {
                rest(step());
                outboxStandstill
                        .over(System.nanoTime())
                        .ifPresent(lasted -> LOG.warn("alerts to {} go on, after {}", receiver, lasted));
            } catch (OutboxException e) {
                failed("alerts to " + receiver + " wait: " + e.getMessage(), Optional.empty());
            } catch (InterruptedException e) {
                isClosing = true;
            } catch (RuntimeException e) {
                // A bug must neither end the thread in silence nor spin.
                failed(
                        "alerts to " + receiver + " stumbled over a fault of the collector's own and go on",
                        Optional.of(e));
            }
        }
    }

    private void failed(String said, Optional<RuntimeException> bug) {
        outboxStandstill.met(said, System.nanoTime()).ifPresent(line -> {
            if (bug.isPresent()) {
                LOG.error(line, bug.get());
            } else {
                LOG.error(line);
            }
        });
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            isClosing = true;
        }
    }

    private void rest(Duration span) throws InterruptedException {
        if (!span.isZero()
                && calls.tryAcquire(Math.max(span.toMillis(), LEAST_WAIT.toMillis()), TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }

    /** Gives how long there is nothing to do. */
    Duration step() throws InterruptedException {
        Instant now = clocks.site().instant();
        if (isHeld(now)) {
            return LONGEST_WAIT;
        }
        Optional<Delivery> next = outbox.next(receiver);
        if (next.isEmpty()) {
            return LONGEST_WAIT;
        }
        Delivery delivery = next.get();
        if (isTooOld(delivery, now)) {
            giveUp(delivery, now);
            return Duration.ZERO;
        }
        Duration wait = Duration.between(now, later(delivery.nextAt(), notBefore));
        // Longer than anybody is made to wait: a clock that was wrong wrote it down.
        if (wait.compareTo(Duration.ZERO) > 0 && wait.compareTo(Backoff.LONGEST_DEMANDED) <= 0) {
            return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
        }
        if (!outbox.withdraw(delivery, now)) {
            tryOnce(delivery);
        }
        return Duration.ZERO;
    }

    /** In quiet hours, and until it was decided what of them is still worth telling. */
    private boolean isHeld(Instant now) {
        return !reception.quiet().isEmpty()
                && (Notices.isQuiet(reception, now)
                        || outbox.quietSince(receiver).isPresent());
    }

    /** What was held, or waited while this program did not run, is tried once: somebody may be there. */
    private boolean isTooOld(Delivery delivery, Instant now) {
        return (delivery.tries() > 0 || nobody > 0)
                && !now.isBefore(delivery.madeAt().plus(giveUpAfter));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void giveUp(Delivery delivery, Instant now) {
        String said = "given up after " + words(giveUpAfter) + " and " + delivery.tries() + " tries"
                + (delivery.said().isEmpty() ? "" : "; the last: " + delivery.said());
        settle(delivery, Delivery.State.GAVE_UP, delivery.tries(), said, now);
        LOG.error(
                "alert {} to {} ({} {}) was {}",
                delivery.alert().id(),
                receiver,
                delivery.alert().kind().word(),
                delivery.alert().finding(),
                said);
    }

    private static String words(Duration span) {
        return span.toHours() > 0 ? span.toHours() + " h" : span.toMinutes() + " min";
    }

    private void tryOnce(Delivery delivery) throws InterruptedException {
        Outcome outcome = attempt(delivery);
        Instant then = clocks.site().instant();
        int tries = delivery.tries() + 1;
        double draw = chance.getAsDouble();
        Duration pause = pause(tries, draw, outcome);
        switch (outcome.kind()) {
            case DELIVERED -> {
                taken();
                settle(delivery, Delivery.State.DELIVERED, tries, outcome.said(), then);
            }
            case PARTLY -> {
                taken();
                LOG.warn(
                        "alert {} did not reach all of {}: {}", delivery.alert().id(), receiver, outcome.said());
                if (outcome.leftOver().isEmpty()) {
                    settle(delivery, Delivery.State.DELIVERED, tries, outcome.said(), then);
                } else {
                    write(() -> outbox.partly(delivery, outcome.leftOver(), then.plus(pause), outcome.said()));
                }
            }
            case REFUSED -> {
                taken();
                settle(delivery, Delivery.State.REFUSED, tries, outcome.said(), then);
                LOG.error(
                        "alert {} ({} {}) is not taken by {} and not tried again: {}",
                        delivery.alert().id(),
                        delivery.alert().kind().word(),
                        delivery.alert().finding(),
                        receiver,
                        outcome.said());
            }
            case AGAIN -> {
                reached();
                again++;
                triesInVain.increment();
                if (again > EACH_AT_FAULT) {
                    notBefore = then.plus(pause(again - EACH_AT_FAULT, draw, outcome));
                }
                refusals.met(
                                "alert " + delivery.alert().id() + " is not taken by " + receiver + " yet: "
                                        + outcome.said(),
                                System.nanoTime())
                        .ifPresent(LOG::warn);
                outbox.postpone(delivery, later(then.plus(pause), notBefore), outcome.said());
            }
            case NOBODY -> {
                nobody++;
                triesInVain.increment();
                notBefore = then.plus(pause(nobody, draw, outcome));
                standstill
                        .met("alerts to " + receiver + " wait: " + outcome.said(), System.nanoTime())
                        .ifPresent(LOG::warn);
                outbox.postpone(delivery, later(then.plus(pause), notBefore), outcome.said());
            }
        }
    }

    /** A message over which the sender itself stumbles is not tried without a pause, and holds up no other. */
    private Outcome attempt(Delivery delivery) throws InterruptedException {
        Instant now = clocks.host().instant();
        try {
            return delivery.leftOver().isEmpty()
                    ? sender.send(delivery.alert(), now)
                    : sender.sendTo(delivery.leftOver(), delivery.alert(), now);
        } catch (RuntimeException e) {
            LOG.error(
                    "alert {} to {} stumbled over a fault of the collector's own",
                    delivery.alert().id(),
                    receiver,
                    e);
            return Outcome.again(FAULT);
        }
    }

    /** Whoever takes to be over what it is not told again must be tried as often as it is told. */
    private Duration pause(int tries, double draw, Outcome outcome) {
        return Backoff.pause(tries, draw, outcome.pause(), reception.resend().orElse(Backoff.LONGEST));
    }

    private void taken() {
        reached();
        again = 0;
        refusals.over(System.nanoTime())
                .ifPresent(lasted -> LOG.warn("{} takes alerts again, after {}", receiver, lasted));
    }

    private void reached() {
        nobody = 0;
        notBefore = Instant.EPOCH;
        standstill
                .over(System.nanoTime())
                .ifPresent(lasted -> LOG.warn("{} is reached again, after {}", receiver, lasted));
    }

    private void settle(Delivery delivery, Delivery.State state, int tries, String said, Instant at) {
        write(() -> outbox.end(delivery, state, tries, said, at));
        Optional.ofNullable(ended.get(state)).ifPresent(LongAdder::increment);
    }

    /** What was sent is not sent again because a disk is full: it is written down before anything else is done. */
    private void write(Runnable end) {
        while (true) {
            try {
                end.run();
                return;
            } catch (OutboxException e) {
                if (isClosing) {
                    throw e;
                }
                failed("alerts to " + receiver + " wait: " + e.getMessage(), Optional.empty());
            }
        }
    }

    /** Ends a try that is under way; what was not confirmed is tried again by whoever opens the outbox next. */
    @Override
    public void close() throws InterruptedException {
        isClosing = true;
        sender.close();
        thread.interrupt();
        call();
        thread.join(Duration.ofSeconds(Sender.PATIENCE_SECONDS).toMillis());
    }
}
