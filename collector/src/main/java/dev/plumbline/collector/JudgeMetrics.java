package dev.plumbline.collector;

import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalDouble;

/** How far the judge is behind the journal, and what holds it up. */
record JudgeMetrics(Pipeline pipeline, Journal journal, Clock clock) implements MetricSource {
    @Override
    public void tell(Families families) {
        Pipeline.Standing standing = pipeline.standing();
        long behind = Math.max(0, journal.end() - standing.position());
        families.gauge(
                "plumbline_judge_behind_records", "Records of the journal that the judge has not read yet.", behind);
        lag(standing.position(), behind)
                .ifPresent(lag -> families.gauge(
                        "plumbline_judge_lag_seconds",
                        "Age of the oldest record of the journal that the judge has not read yet; 0 when it has read all.",
                        lag));
        families.gauge(
                "plumbline_judge_demands_waiting", "Demanded rounds that the judge has not begun.", standing.demands());
        families.counter(
                "plumbline_judge_failures_total",
                "Steps of the judge that failed and are tried again: the disk, or a fault of the program.",
                standing.failures());
    }

    private OptionalDouble lag(long position, long behind) {
        if (behind == 0) {
            return OptionalDouble.of(0);
        }
        try {
            // None where it is damaged: the judge passes over it as well.
            return OptionalDouble.of(journal.tail(position, 1).stream()
                    .mapToDouble(this::age)
                    .findFirst()
                    .orElse(0));
        } catch (JournalException e) {
            // The judge cannot read it either: that is a failure of its own, which is counted.
            return OptionalDouble.empty();
        }
    }

    private double age(JournalEntry unread) {
        return Math.max(
                0,
                Duration.between(unread.record().receivedAt(), clock.instant()).toMillis() / 1e3);
    }
}
