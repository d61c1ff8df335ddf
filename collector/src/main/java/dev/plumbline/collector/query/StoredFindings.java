package dev.plumbline.collector.query;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.VerdictMessages;
import dev.plumbline.v1.Finding;
import java.lang.ref.SoftReference;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The findings of now as they are listed, read once for each change of the store: the open ones are asked most, and the closed ones are
 * those of a year. Any thread.
 */
final class StoredFindings {
    private static final Comparator<Incident> ORDER = Comparator.comparing((Incident i) -> i.isOpen() ? 0 : 1)
            .thenComparing(i -> i.finding().severity())
            .thenComparing(i -> i.finding().place())
            .thenComparing(Incident::openedAt)
            .thenComparing(Incident::id);

    private final Store store;
    private volatile Read open = new Read(-1, List.of());
    /** Let go where memory is needed. */
    private volatile SoftReference<@Nullable Read> all = new SoftReference<>(null);

    /** A finding, and what is told of it. */
    record Listed(Incident incident, Finding message) {}

    private record Read(long version, List<Listed> findings) {}

    StoredFindings(Store store) {
        this.store = store;
    }

    List<Listed> open() {
        // Asked before the rows are: what is written meanwhile is read once more.
        long version = store.version();
        Read read = open;
        if (read.version() != version) {
            read = new Read(version, inOrder(store.openIncidents()));
            open = read;
        }
        return read.findings();
    }

    /** Open and closed ones. */
    List<Listed> all() {
        long version = store.version();
        Read read = all.get();
        if (read == null || read.version() != version) {
            read = new Read(version, inOrder(store.incidents()));
            all = new SoftReference<>(read);
        }
        return read.findings();
    }

    /** In the order in which they are listed where nobody asks for another. */
    static List<Listed> inOrder(List<Incident> incidents) {
        return incidents.stream()
                .sorted(ORDER)
                .map(i -> new Listed(i, VerdictMessages.message(i)))
                .toList();
    }
}
