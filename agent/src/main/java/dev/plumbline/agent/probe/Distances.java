package dev.plumbline.agent.probe;

import dev.plumbline.catalog.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** How often the probes of one pass may measure who answers: each distance takes dozens of short connections. Any thread. */
public final class Distances {
    /** Enough to tell who resets; a segment that resets everything is told by the first. */
    private static final int MOST_REFUSED = 4;

    /** Connections that stand and bring no healthy answer: couriers and a few others. */
    private static final int MOST_STANDING = 4;

    private final HealthyWatch watch;
    private final Semaphore refused = new Semaphore(MOST_REFUSED);
    private final Semaphore standing = new Semaphore(MOST_STANDING);
    private final CompletableFuture<Void> hurry = new CompletableFuture<>();
    private final AtomicInteger lingering = new AtomicInteger();

    private Distances(HealthyWatch watch) {
        this.watch = watch;
    }

    /** For a first pass: who answers where nothing is wrong, as often as the round's number says. */
    public static Distances ofHealthy(List<Target> targets, long round, boolean awaited) {
        return new Distances(HealthyWatch.of(targets, round, awaited));
    }

    /** For a confirmation: who answers where something is wrong. */
    public static Distances ofFailing() {
        return new Distances(HealthyWatch.NOTHING);
    }

    /** Probes that only wait for a distance of a healthy connection. */
    public int lingering() {
        return lingering.get();
    }

    /** Nothing else is under way: what is known of healthy distances by now has to do. */
    public void hurry() {
        hurry.complete(null);
    }

    CompletableFuture<Void> hurried() {
        return hurry;
    }

    /** Counts a probe whose talks are over until all of it is. */
    void linger(CompletableFuture<?> talked, CompletableFuture<?> all) {
        talked.thenRun(() -> {
            lingering.incrementAndGet();
            all.whenComplete((done, bug) -> lingering.decrementAndGet());
        });
    }

    /** A closed port is asked beside the target's own. */
    public boolean wantsCanary(Target target) {
        return watch.canaries().contains(target.id());
    }

    /** The target's distance is measured though nothing is wrong. */
    public boolean wantsDistance(Target target) {
        return watch.distances().contains(target.id());
    }

    boolean takeRefused() {
        return refused.tryAcquire();
    }

    boolean takeStanding() {
        return standing.tryAcquire();
    }
}
