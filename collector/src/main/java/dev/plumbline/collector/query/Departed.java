package dev.plumbline.collector.query;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What those who watched were told before they left: a line that breaks for a moment costs its peer no whole. Any thread. */
final class Departed {
    /** A large site's is some megabytes. */
    private static final int MOST = 8;

    private static final long KEPT_NANOS = Duration.ofMinutes(2).toNanos();

    private record One(Watch.Left left, Object asked, long atNanos) {}

    /** By the id of the latest message, in the order of their leaving. */
    private final Map<String, One> all = new LinkedHashMap<>();

    /** @param asked who asked for what: the same alone goes on from there */
    synchronized void add(Watch.Left left, Object asked, long nowNanos) {
        all.put(left.id(), new One(left, asked, nowNanos));
        if (all.size() > MOST) {
            all.remove(all.keySet().iterator().next());
        }
    }

    /** Empty when the message was not the latest, was somebody else's, or is too long ago. */
    synchronized Optional<Watch.Left> take(String message, Object asked, long nowNanos) {
        forget(nowNanos);
        One found = all.get(message);
        if (found == null || !found.asked().equals(asked)) {
            return Optional.empty();
        }
        all.remove(message);
        return Optional.of(found.left());
    }

    synchronized void forget(long nowNanos) {
        for (Iterator<One> each = all.values().iterator(); each.hasNext(); ) {
            if (nowNanos - each.next().atNanos() < KEPT_NANOS) {
                return;
            }
            each.remove();
        }
    }
}
