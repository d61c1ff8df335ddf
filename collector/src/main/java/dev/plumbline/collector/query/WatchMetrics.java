package dev.plumbline.collector.query;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;

/** Who watches. */
public record WatchMetrics(Watches watches) implements MetricSource {
    @Override
    public void tell(Families families) {
        families.gauge("plumbline_watches_open", "Screens and programs that watch.", watches.open());
        families.gauge("plumbline_watches_limit", "How many may watch at once.", Watches.MOST);
    }
}
