package dev.plumbline.collector.store;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.time.Instant;

/** What the store writes. */
public record StoreMetrics(SqliteStore store) implements MetricSource {
    @Override
    public void tell(Families families) {
        families.histogram(
                "plumbline_store_write_seconds",
                "How long a change of the store took, from its beginning to its commit.",
                store.writes());
        families.counter(
                "plumbline_store_write_failures_total",
                "Changes of the store that failed; they are tried again.",
                store.failedWrites());
        Instant keptFrom = store.keptFrom();
        if (keptFrom.isAfter(Instant.EPOCH)) {
            families.moment(
                    "plumbline_retention_history_from_timestamp_seconds",
                    "What was over before this was deleted by policy.",
                    keptFrom);
        }
    }
}
