package dev.plumbline.collector;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.plumbline.collector.http.Health;
import dev.plumbline.collector.http.HttpRoute;
import dev.plumbline.collector.ingest.AgentGatewayService;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.PlanSource;
import dev.plumbline.collector.ingest.SharedPlans;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.query.Answers;
import dev.plumbline.collector.query.Facts;
import dev.plumbline.collector.query.PastReader;
import dev.plumbline.collector.query.PastReadings;
import dev.plumbline.collector.query.QueryService;
import dev.plumbline.collector.query.ReportService;
import dev.plumbline.collector.query.Watches;
import dev.plumbline.collector.round.AgentConnections;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.round.VerifyNow;
import dev.plumbline.collector.store.Store;
import dev.plumbline.identity.LiveIdentity;
import java.time.Clock;
import java.time.Duration;

/** What the collector is made of. Files are opened and ports bound elsewhere ({@link Collector}). */
final class CollectorModule extends AbstractModule {
    /** For others who read of earlier times. */
    private static final Duration PAST_PATIENCE = Duration.ofSeconds(5);

    private final CollectorConfig config;
    private final SiteInForce inForce;
    private final Journal journal;
    private final Store store;
    private final Agents agents;
    private final LiveIdentity own;
    private final Clock clock;

    CollectorModule(
            CollectorConfig config,
            SiteInForce inForce,
            Journal journal,
            Store store,
            Agents agents,
            LiveIdentity own,
            Clock clock) {
        this.config = config;
        this.inForce = inForce;
        this.journal = journal;
        this.store = store;
        this.agents = agents;
        this.own = own;
        this.clock = clock;
    }

    @Override
    protected void configure() {
        bind(Journal.class).toInstance(journal);
        bind(Store.class).toInstance(store);
        bind(Clock.class).toInstance(clock);
        bind(RoundTiming.class).toInstance(config.timing());
        bind(Agents.class).toInstance(agents);
    }

    @Provides
    @Singleton
    PlanSource shared(Agents agents) {
        SharedPlans shared =
                new SharedPlans(inForce.site(), inForce.judging().plans().bySegment(), agents);
        agents.listen(shared);
        inForce.listen(j -> shared.declare(j.config().site(), j.plans().bySegment()));
        return shared;
    }

    @Provides
    @Singleton
    Connections connections(Agents agents) {
        return new AgentConnections(agents);
    }

    @Provides
    @Singleton
    Pipeline pipeline(Connections connections, RoundTiming timing) {
        Judging judging = inForce.judging();
        Pipeline pipeline = new Pipeline(journal, judging, store, judging.basis(), connections, timing, clock);
        inForce.listen(j -> pipeline.judgeBy(j, j.basis()));
        return pipeline;
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
    Watches watches() {
        return new Watches();
    }

    @Provides
    @Singleton
    PastReadings pastReadings() {
        return new PastReadings(PAST_PATIENCE);
    }

    @Provides
    @Singleton
    QueryService queries(Connections connections, VerifyNow verifyNow, Watches watches, PastReadings past) {
        return new QueryService(
                new Answers(inForce::declared, store, connections, config.patience(), clock), verifyNow, watches, past);
    }

    @ProvidesIntoSet
    @Singleton
    HttpRoute alive() {
        return Health.alive();
    }

    @ProvidesIntoSet
    @Singleton
    HttpRoute ready() {
        return Health.ready(new StorageInUse(journal, store));
    }

    @Provides
    @Singleton
    Facts facts() {
        return new Facts(journal);
    }

    @Provides
    @Singleton
    ReportService reports(Pipeline pipeline, PastReadings past) {
        PastReader reader = new PastReader(inForce::declared, config.agreements(), store, journal, config.patience());
        return new ReportService(reader, pipeline::awaitJudged, past, own, clock);
    }

    @Provides
    @Singleton
    AgentGatewayService gateway(Agents agents, PlanSource plans) {
        return new AgentGatewayService(agents, journal, plans, clock);
    }
}
