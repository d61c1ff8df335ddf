package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.Beginning;
import dev.plumbline.collector.projection.FormerJudges;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The judges of a configuration as its segments were declared earlier: after each of the changes by command. What else was in the
 * configuration then is not known; where it was the same, the name of what they decided by says so.
 */
final class FormerSites implements FormerJudges {
    private final CollectorConfig config;
    private final Catalog catalog;
    private final List<String> overlays;
    private final List<SegmentChange> changes;
    private final Map<Integer, Judging> after = new HashMap<>();

    /**
     * @param config as it is written
     * @param judging by the same catalog
     */
    FormerSites(CollectorConfig config, Judging judging, List<SegmentChange> changes) {
        this.config = config;
        this.catalog = judging.catalog();
        this.overlays = judging.overlays();
        this.changes = List.copyOf(changes);
    }

    @Override
    public Optional<Known> of(Beginning beginning) {
        for (int count = changes.size(); count >= 0; count--) {
            Basis basis = after(count).basis();
            if (basis.configuration().equals(beginning.basis().configuration())) {
                return Optional.of(new Known(after(count), basis.equals(beginning.basis())));
            }
        }
        return Optional.of(new Known(after(until(beginning.begunAt())), false));
    }

    /** How many had been made. */
    private int until(Instant at) {
        return (int) changes.stream().filter(c -> !c.at().isAfter(at)).count();
    }

    private Judging after(int count) {
        return after.computeIfAbsent(count, n -> {
            Site site = config.written().after(changes.subList(0, n));
            return new Judging(config.under(site), catalog, Plans.of(catalog, site, config.settings()), overlays);
        });
    }
}
