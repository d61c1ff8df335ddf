package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.AlertWriter;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.remedy.Configuration;
import dev.plumbline.collector.sqlite.Standstill;
import dev.plumbline.words.TargetId;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cause of which not everything can be said is told all the same: without a remedy's lines rather than not at all. */
final class ForgivingBackground implements AlertWriter.Background {
    private static final Logger LOG = LoggerFactory.getLogger(ForgivingBackground.class);

    private final AlertWriter.Background whole;
    private final Standstill standstill = new Standstill();

    ForgivingBackground(AlertWriter.Background whole) {
        this.whole = whole;
    }

    @Override
    public String service(TargetId target) {
        return said(() -> whole.service(target), "", "the service of " + target);
    }

    @Override
    public List<Configuration> remedies(String incident, Finding finding) {
        return said(() -> whole.remedies(incident, finding), List.of(), "the remedy of " + incident);
    }

    private synchronized <T> T said(Supplier<T> all, T nothing, String what) {
        try {
            return all.get();
        } catch (RuntimeException e) {
            standstill
                    .met(
                            "alerts go without " + what + ", which stumbled over a fault of the collector's own",
                            System.nanoTime())
                    .ifPresent(line -> LOG.error(line, e));
            return nothing;
        }
    }
}
