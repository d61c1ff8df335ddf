package dev.plumbline.collector.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The damaged entries that are known of one journal. From any thread. */
final class Damages {
    private final Map<String, Damage> known = new LinkedHashMap<>();
    private Consumer<Damage> listener = damage -> {};

    /** Hears of each that was not known, once. */
    synchronized void listen(Consumer<Damage> each) {
        listener = each;
    }

    /** One that was found at an earlier start. */
    synchronized void know(Damage damage) {
        known.put(damage.entry(), damage);
    }

    /** One that somebody came across now. */
    synchronized void meet(Damage damage) {
        if (known.putIfAbsent(damage.entry(), damage) == null) {
            listener.accept(damage);
        }
    }

    synchronized List<Damage> all() {
        return List.copyOf(known.values());
    }
}
