package dev.plumbline.deploy.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Many bare agents, each with a batch ten times a second: the load under which programs are killed. */
final class Crowd implements AutoCloseable {
    private static final long EVERY_MILLIS = 100;
    private static final int OBSERVATIONS = 2;

    /** What waits at most, when the collector is away for long. */
    private static final int MOST_WAITING = 12;

    private final List<BareAgent> agents;
    private final AtomicLong numbers = new AtomicLong();
    private final ScheduledFuture<?> pace;

    private Crowd(Ground ground, List<BareAgent> agents) {
        this.agents = List.copyOf(agents);
        this.pace =
                ground.channels().loops().scheduleWithFixedDelay(this::offer, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Crowd gather(Ground ground, Site site, int size) {
        List<BareAgent> agents = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            agents.add(new BareAgent(ground.channels(), site.port(), site.agent("wifi", "bare-" + i), Loopback.of(i))
                    .connect());
        }
        return ground.keep(new Crowd(ground, agents));
    }

    List<BareAgent> agents() {
        return agents;
    }

    /** One batch more of everyone, as far as not too much waits. */
    void offer() {
        for (BareAgent agent : agents) {
            if (agent.waiting() < MOST_WAITING) {
                agent.offer(Facts.batch(numbers.incrementAndGet(), OBSERVATIONS));
            }
        }
    }

    long acked() {
        return agents.stream().mapToLong(BareAgent::acked).sum();
    }

    long offered() {
        return agents.stream().mapToLong(BareAgent::offered).sum();
    }

    int inFlight() {
        return agents.stream().mapToInt(BareAgent::inFlight).sum();
    }

    int inFlightAtEnd() {
        return agents.stream().mapToInt(BareAgent::inFlightAtEnd).sum();
    }

    /** Waits until everybody was welcomed and somebody's batch was acknowledged since. */
    void awaitServed(Duration atMost) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long before = acked();
        while (acked() == before || !agents.stream().allMatch(BareAgent::isWelcome)) {
            if (System.nanoTime() > deadline) {
                throw new Trouble("only "
                        + agents.stream().filter(BareAgent::isWelcome).count() + " of " + agents.size()
                        + " agents were welcomed within " + atMost.toSeconds() + " s");
            }
            Thread.sleep(5);
        }
    }

    /** Waits until everybody has noticed that the collector is gone. */
    void awaitGone(Duration atMost) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (agents.stream().anyMatch(BareAgent::isWelcome)) {
            if (System.nanoTime() > deadline) {
                throw new Trouble("streams still stand " + atMost.toSeconds() + " s after the collector was killed");
            }
            Thread.sleep(2);
        }
    }

    /** No more new batches; what waits is still sent. */
    void rest() {
        pace.cancel(false);
    }

    @Override
    public void close() {
        rest();
        agents.forEach(BareAgent::close);
    }
}
