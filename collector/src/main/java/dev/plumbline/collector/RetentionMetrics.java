package dev.plumbline.collector;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;

/** What was deleted by policy. */
record RetentionMetrics(Retention retention) implements MetricSource {
    @Override
    public void tell(Families families) {
        families.counter(
                "plumbline_retention_deleted_batches_total",
                "Batches that were deleted by policy.",
                retention.deleted());
        families.counter(
                "plumbline_retention_failures_total",
                "Times that deleting was given up, to be tried again hours later.",
                retention.failures());
    }
}
