package dev.plumbline.agent.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the collector's addresses is tried next, and when. They are tried in the order of the configuration, each with a
 * back-off of its own: one that fails does not hold up another. Whoever is connected stays; when that ends, an address that was
 * not tried for longest is next, so the first is asked again whether it came back. Time and chance are arguments; one thread.
 */
final class Turns {
    /** What a collector that says goodbye needs to come back, at most: agents are spread over it. */
    static final Duration RETURN = Duration.ofSeconds(1);

    private final List<Place> places = new ArrayList<>();

    private static final class Place {
        private final CollectorAddress address;
        private int failures;
        private long dueNanos;

        Place(CollectorAddress address, long now) {
            this.address = address;
            this.dueNanos = now;
        }
    }

    /** @param addresses at least one, the preferred first */
    Turns(List<CollectorAddress> addresses, long nowNanos) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a collector has at least one address");
        }
        addresses.stream().distinct().forEach(a -> places.add(new Place(a, nowNanos)));
    }

    /** An address and how long to wait before it is tried. */
    record Turn(CollectorAddress address, Duration pause) {}

    /** The one that is due first; of several the first of the configuration. */
    Turn next(long nowNanos) {
        Place next = places.get(0);
        for (Place place : places) {
            if (place.dueNanos - next.dueNanos < 0) {
                next = place;
            }
        }
        return new Turn(next.address, Duration.ofNanos(Math.max(0, next.dueNanos - nowNanos)));
    }

    /** There was no connection, or none that held. */
    void failed(CollectorAddress address, long nowNanos, double random) {
        Place place = of(address);
        place.failures++;
        place.dueNanos = nowNanos + BackOff.after(place.failures, random).toNanos();
    }

    /** A connection that held has ended: the row of failures is over, and what follows begins another. */
    void lost(CollectorAddress address, long nowNanos, double random) {
        of(address).failures = 0;
        failed(address, nowNanos, random);
    }

    /** The collector said that it goes away: no failure, and nothing to be had there for a moment. */
    void left(CollectorAddress address, long nowNanos, double random) {
        Place place = of(address);
        place.failures = 0;
        place.dueNanos = nowNanos + (long) (RETURN.toNanos() * random);
    }

    private Place of(CollectorAddress address) {
        return places.stream()
                .filter(p -> p.address.equals(address))
                .findFirst()
                .orElseThrow();
    }
}
