package dev.plumbline.collector;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.ingest.AgentGatewayService;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.PlanSource;
import dev.plumbline.collector.ingest.SharedPlans;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.query.Answers;
import dev.plumbline.collector.query.Declared;
import dev.plumbline.collector.query.QueryService;
import dev.plumbline.collector.round.AgentConnections;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.round.VerifyNow;
import dev.plumbline.collector.store.Store;
import java.time.Clock;

/** What the collector is made of. Files are opened and ports bound elsewhere ({@link Collector}). */
final class CollectorModule extends AbstractModule {
    private final CollectorConfig config;
    private final Catalog catalog;
    private final Journal journal;
    private final Store store;
    private final Agents agents;
    private final Clock clock;

    CollectorModule(CollectorConfig config, Catalog catalog, Journal journal, Store store, Agents agents, Clock clock) {
        this.config = config;
        this.catalog = catalog;
        this.journal = journal;
        this.store = store;
        this.agents = agents;
        this.clock = clock;
    }

    @Override
    protected void configure() {
        bind(Catalog.class).toInstance(catalog);
        bind(Journal.class).toInstance(journal);
        bind(Store.class).toInstance(store);
        bind(Clock.class).toInstance(clock);
        bind(Site.class).toInstance(config.site());
        bind(RoundTiming.class).toInstance(config.timing());
        bind(Agents.class).toInstance(agents);
    }

    @Provides
    @Singleton
    Plans plans(Site site) {
        return Plans.of(catalog, site, config.settings());
    }

    @Provides
    @Singleton
    PlanSource shared(Site site, Plans plans, Agents agents) {
        SharedPlans shared = new SharedPlans(site, plans.bySegment(), agents);
        agents.listen(shared);
        return shared;
    }

    @Provides
    @Singleton
    Connections connections(Agents agents) {
        return new AgentConnections(agents);
    }

    @Provides
    @Singleton
    Pipeline pipeline(Plans plans, Connections connections, RoundTiming timing) {
        Judging judging = new Judging(config, catalog, plans);
        return new Pipeline(journal, judging, store, judging.basis(), connections, timing, clock);
    }

    @Provides
    @Singleton
    VerifyNow verifyNow(Pipeline pipeline, Connections connections, RoundTiming timing) {
        VerifyNow verifyNow = new VerifyNow(connections, timing, clock, pipeline::expect);
        pipeline.listen(verifyNow);
        return verifyNow;
    }

    @Provides
    @Singleton
    QueryService queries(Site site, Plans plans, Connections connections, VerifyNow verifyNow) {
        Declared declared = new Declared(catalog, site, plans.bySegment());
        return new QueryService(new Answers(declared, store, connections, config.patience(), clock), verifyNow);
    }

    @Provides
    @Singleton
    AgentGatewayService gateway(Agents agents, PlanSource plans) {
        return new AgentGatewayService(agents, journal, plans, clock);
    }
}
