package dev.plumbline.collector;

import dev.plumbline.collector.journal.Journal;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How far the judge is behind the journal, and what holds it up. */
record JudgeMetrics(Pipeline pipeline, Journal journal, Retention retention, Clock clock) implements MetricSource {
    @Override
    public void tell(Families families) {
        Pipeline.Standing standing = pipeline.standing();
        long behind = Math.max(0, journal.end() - standing.position());
        families.gauge(
                "plumbline_judge_behind_records", "Records of the journal that the judge has not read yet.", behind);
        families.gauge(
                "plumbline_judge_lag_seconds",
                "How old the latest record was received that the judge has read, while it is behind; else 0.",
                behind == 0 ? 0 : lag(standing.readTo()));
        families.gauge(
                "plumbline_judge_demands_waiting", "Demanded rounds that the judge has not begun.", standing.demands());
        families.counter(
                "plumbline_judge_failures_total",
                "Steps of the judge that failed and are tried again: the disk, or a fault of the program.",
                standing.failures());
        families.counter(
                "plumbline_retention_deleted_batches_total",
                "Batches that were deleted by policy.",
                retention.deleted());
        families.counter(
                "plumbline_retention_failures_total",
                "Times that deleting was given up, to be tried again hours later.",
                retention.failures());
    }

    private double lag(Instant readTo) {
        return readTo.equals(Instant.MIN)
                ? 0
                : Math.max(0, Duration.between(readTo, clock.instant()).toMillis() / 1e3);
    }
}
