package dev.plumbline.collector.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Bounds how many whole documents wait in memory for whoever reads them. What nobody reads any more makes room for others. */
final class Deliveries {
    static final int MOST = 4;

    private final LongSupplier nanos;
    private final Set<Delivery> underWay = new LinkedHashSet<>();
    private int made;

    /** @param nanos as {@link System#nanoTime} */
    Deliveries(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A document is about to be made; false where as many are as may be. */
    boolean enter() {
        if (!tryEnter()) {
            // Not within this one's lock: what is ended may tell so at once.
            List<Delivery> standing = all();
            long now = nanos.getAsLong();
            standing.stream().filter(d -> d.endWhereItStands(now)).forEach(this::over);
            return tryEnter();
        }
        return true;
    }

    private synchronized boolean tryEnter() {
        if (made + underWay.size() >= MOST) {
            return false;
        }
        made++;
        return true;
    }

    private synchronized List<Delivery> all() {
        return List.copyOf(underWay);
    }

    /** None was made after all. */
    synchronized void leave() {
        made--;
    }

    /** It was made, and goes on its way. */
    void begin(Delivery delivery) {
        synchronized (this) {
            made--;
            underWay.add(delivery);
        }
        delivery.begin(nanos, () -> over(delivery));
    }

    private synchronized void over(Delivery delivery) {
        underWay.remove(delivery);
    }
}
