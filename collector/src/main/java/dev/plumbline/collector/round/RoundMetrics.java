package dev.plumbline.collector.round;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.metrics.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts the rounds that the judge closes. Hears on the judge's thread, tells on any. */
public final class RoundMetrics implements RoundListener, MetricSource {
    private final LongAdder closed = new LongAdder();
    private final LongAdder again = new LongAdder();
    private final LongAdder silent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Spans spans = Spans.ofRounds();
    private volatile long latest = Long.MIN_VALUE;

    @Override
    public void closed(long round, Optional<RoundVerdict> verdict) {
        if (verdict.isEmpty()) {
            silent.increment();
        } else if (round > latest) {
            latest = round;
            closed.increment();
            spans.add(
                    Duration.between(Instant.ofEpochMilli(round), verdict.get().closedAt()));
        } else {
            // Late facts opened it again, or an earlier one waited for them: its length is no measure of anything.
            again.increment();
        }
    }

    @Override
    public void failed(long round) {
        failed.increment();
    }

    @Override
    public void tell(Families families) {
        rounds(families, "judged", closed);
        rounds(families, "judged-again", again);
        rounds(families, "silent", silent);
        rounds(families, "failed", failed);
        families.histogram("plumbline_round_duration_seconds", "From the beginning of a round to its closing.", spans);
    }

    private static void rounds(Families families, String result, LongAdder count) {
        families.counter(
                "plumbline_rounds_closed_total",
                "Rounds that were closed, by what came of them.",
                count.sum(),
                "result",
                result);
    }
}
