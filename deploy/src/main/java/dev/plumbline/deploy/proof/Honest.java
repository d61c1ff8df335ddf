package dev.plumbline.deploy.proof;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An agent as the collector likes it: one batch each quarter of a second, from the first to the last hostile row. */
final class Honest implements AutoCloseable {
    private static final long EVERY_MILLIS = 250;

    private final BareAgent agent;
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    private Honest(BareAgent agent) {
        this.agent = agent;
    }

    static Honest begin(Ground ground, Site site) {
        Honest honest = new Honest(
                new BareAgent(ground.channels(), site.port(), site.agent("srv", "honest"), Loopback.home()).connect());
        ground.channels().loops().scheduleAtFixedRate(honest::offer, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return honest;
    }

    private void offer() {
        if (!closed) {
            agent.offer(Facts.batch(numbers.incrementAndGet(), 1));
        }
    }

    BareAgent agent() {
        return agent;
    }

    /** Waits until so many of its batches are acknowledged. */
    void await(long acked, Duration atMost) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (agent.acked() < acked) {
            if (System.nanoTime() > deadline) {
                throw new Trouble("the honest agent's batch " + acked + " was not acknowledged within "
                        + atMost.toSeconds() + " s");
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        closed = true;
        agent.close();
    }
}
