package dev.plumbline.collector.journal;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;

/** What the journal writes, and how long the disk takes for it. */
public record JournalMetrics(SqliteJournal journal) implements MetricSource {
    @Override
    public void tell(Families families) {
        Journal.Counts counts = journal.counts();
        records(families, "journalled", counts.journalled());
        records(families, "duplicate", counts.duplicate());
        records(families, "failed", counts.failed());
        families.counter(
                "plumbline_journal_appended_bytes_total",
                "Bytes of batches, as they are packed, and of their evidence that were made durable.",
                journal.appendedBytes());
        families.histogram(
                "plumbline_journal_commit_seconds",
                "How long the disk took to make a group of entries durable.",
                journal.commits());
        families.gauge("plumbline_journal_waiting_entries", "Entries that wait for the disk.", journal.waiting());
        families.gauge("plumbline_journal_end_position", "Position of the latest record.", journal.end());
        families.gauge(
                "plumbline_journal_damaged_entries",
                "Entries that were found damaged and are passed over.",
                journal.damaged().size());
    }

    private static void records(Families families, String outcome, long count) {
        families.counter(
                "plumbline_journal_records_total",
                "Batches of agents by what became of them.",
                count,
                "outcome",
                outcome);
    }
}
