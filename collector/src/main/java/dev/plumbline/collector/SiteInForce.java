package dev.plumbline.collector;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.enrol.SegmentRegister;
import dev.plumbline.collector.query.Declared;
import dev.plumbline.config.ConfigException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The site as everybody in a running collector goes by it, and who is to be told when it is declared otherwise. */
final class SiteInForce implements SegmentRegister.InForce {
    private final CollectorConfig config;
    private final Catalog catalog;
    private final List<String> overlays;
    private final List<Consumer<Judging>> listeners = new CopyOnWriteArrayList<>();
    private volatile Now now;

    private record Now(Judging judging, Declared declared) {}

    private SiteInForce(CollectorConfig config, Catalog catalog, Site site) {
        this.config = config;
        this.catalog = catalog;
        this.overlays = Judging.digests(config);
        this.now = of(site);
    }

    /**
     * The site that the configuration and the changes after it declare.
     *
     * @throws ConfigException where a segment must not reach what is asked of it
     */
    static SiteInForce open(CollectorConfig config, List<SegmentChange> changes) throws ConfigException {
        Site site = config.written().after(changes);
        return new SiteInForce(config, config.under(site).catalog(), site);
    }

    private Now of(Site site) {
        Judging judging =
                new Judging(config.under(site), catalog, Plans.of(catalog, site, config.settings()), overlays);
        return new Now(judging, new Declared(catalog, site, judging.plans().bySegment()));
    }

    Site site() {
        return judging().config().site();
    }

    Judging judging() {
        return now.judging();
    }

    Declared declared() {
        return now.declared();
    }

    /** Is told each time, in the order of listening. */
    void listen(Consumer<Judging> listener) {
        listeners.add(listener);
    }

    @Override
    public List<String> contradictions(Site site) {
        return Planner.contradictions(catalog, site);
    }

    @Override
    public void rule(Site site) {
        now = of(site);
        listeners.forEach(l -> l.accept(now.judging()));
    }
}
