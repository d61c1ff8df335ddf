package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.journal.Basis;
import dev.plumbline.collector.journal.Beginning;
import dev.plumbline.collector.projection.FormerJudges;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The judges of a configuration as its segments were declared earlier: after each of the changes by command. What else was in the
 * configuration then is not known; where it was the same, the name of what they decided by says so.
 */
final class FormerSites implements FormerJudges {
    private final CollectorConfig config;
    private final Catalog catalog;
    private final List<String> overlays;
    private final List<SegmentChange> changes;

    /** The plans of each take memory: of those that were only looked at none is kept. */
    private final Map<Integer, Judging> used = new HashMap<>();

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
        int then = until(beginning.begunAt());
        for (int count : nearest(then, changes.size())) {
            Judging judging = Optional.ofNullable(used.get(count)).orElseGet(() -> after(count));
            Basis basis = judging.basis();
            if (basis.configuration().equals(beginning.basis().configuration())) {
                used.put(count, judging);
                return Optional.of(new Known(judging, basis.decidesLike(beginning.basis())));
            }
        }
        return Optional.of(new Known(used.computeIfAbsent(then, this::after), false));
    }

    /** All numbers from 0 to the last one, those near a number first: a clock that was set, or a change at that moment, is no far way. */
    static List<Integer> nearest(int number, int last) {
        return IntStream.rangeClosed(0, last)
                .boxed()
                .sorted(Comparator.comparingInt(n -> Math.abs(n - number)))
                .toList();
    }

    /** How many had been made. */
    private int until(Instant at) {
        return (int) changes.stream().filter(c -> !c.at().isAfter(at)).count();
    }

    private Judging after(int count) {
        Site site = config.written().after(changes.subList(0, count));
        return new Judging(config.under(site), catalog, Plans.of(catalog, site, config.settings()), overlays);
    }
}
