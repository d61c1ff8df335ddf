package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Backoff;
import dev.plumbline.collector.sqlite.Standstill;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits for one receiver to it, on a thread of its own. A message that the receiver does not take now is tried again later, and
 * others go before it; while nobody is there, one is tried at a time.
 */
final class Carrier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LEAST_WAIT = Duration.ofMillis(10);

    private final String receiver;
    private final Sender sender;
    private final Outbox outbox;
    private final Duration giveUpAfter;
    private final Clock clock;
    private final DoubleSupplier chance;
    private final Standstill standstill = new Standstill();
    private final Standstill outboxStandstill = new Standstill();
    private final Thread thread;
    private final Semaphore calls = new Semaphore(0);
    private volatile boolean isClosing;
    private int nobody;
    private Instant notBefore = Instant.EPOCH;

    /** @param chance from 0 to 1, another each time */
    Carrier(String receiver, Sender sender, Outbox outbox, Duration giveUpAfter, Clock clock, DoubleSupplier chance) {
        this.receiver = receiver;
        this.sender = sender;
        this.outbox = outbox;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
        this.chance = chance;
        this.thread = new Thread(this::run, "alerts to " + receiver);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
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
    private Duration step() throws InterruptedException {
        Optional<Delivery> next = outbox.next(receiver);
        Instant now = clock.instant();
        if (next.isEmpty()) {
            return LONGEST_WAIT;
        }
        Delivery delivery = next.get();
        if (!now.isBefore(delivery.madeAt().plus(giveUpAfter))) {
            giveUp(delivery, now);
            return Duration.ZERO;
        }
        Instant due = delivery.nextAt().isAfter(notBefore) ? delivery.nextAt() : notBefore;
        if (now.isBefore(due)) {
            Duration wait = Duration.between(now, due);
            return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
        }
        tryOnce(delivery, now);
        return Duration.ZERO;
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

    private void tryOnce(Delivery delivery, Instant now) throws InterruptedException {
        Outcome outcome = sender.send(delivery.alert(), now);
        Instant then = clock.instant();
        int tries = delivery.tries() + 1;
        switch (outcome.kind()) {
            case DELIVERED -> {
                reached();
                settle(delivery, Delivery.State.DELIVERED, tries, outcome.said(), then);
            }
            case PARTLY -> {
                reached();
                LOG.warn("alert {} did not reach all of {}: {}", delivery.alert().id(), receiver, outcome.said());
                settle(delivery, Delivery.State.DELIVERED, tries, outcome.said(), then);
            }
            case REFUSED -> {
                reached();
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
                LOG.warn("alert {} is not taken by {} yet: {}", delivery.alert().id(), receiver, outcome.said());
                outbox.postpone(
                        delivery,
                        then.plus(Backoff.pause(tries, chance.getAsDouble(), outcome.pause())),
                        outcome.said());
            }
            case NOBODY -> {
                nobody++;
                Duration pause = Backoff.pause(nobody, chance.getAsDouble(), outcome.pause());
                notBefore = then.plus(pause);
                standstill
                        .met("alerts to " + receiver + " wait: " + outcome.said(), System.nanoTime())
                        .ifPresent(LOG::warn);
                outbox.postpone(delivery, notBefore, outcome.said());
            }
        }
    }

    private void reached() {
        nobody = 0;
        notBefore = Instant.EPOCH;
        standstill
                .over(System.nanoTime())
                .ifPresent(lasted -> LOG.warn("{} is reached again, after {}", receiver, lasted));
    }

    /** What was sent is not sent again because a disk is full: it is written down before anything else is done. */
    private void settle(Delivery delivery, Delivery.State state, int tries, String said, Instant at) {
        while (true) {
            try {
                outbox.end(delivery, state, tries, said, at);
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
