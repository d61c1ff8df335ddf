package dev.plumbline.collector;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.plumbline.collector.ingest.AgentGatewayService;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.AgentsMetrics;
import dev.plumbline.collector.journal.JournalMetrics;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.query.LatencyMetrics;
import dev.plumbline.collector.query.QueryService;
import dev.plumbline.collector.query.VerdictMetrics;
import dev.plumbline.collector.query.WatchMetrics;
import dev.plumbline.collector.query.Watches;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.round.RoundMetrics;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreMetrics;
import dev.plumbline.metrics.MetricSource;
import java.time.Clock;

/**
 * What a collector tells of itself where somebody asks for metrics; where nobody does, none of it is made and none listens to
 * rounds. One more room that tells something is one more method here.
 */
final class MetricsModule extends AbstractModule {
    private final SiteInForce inForce;
    private final SqliteJournal journal;
    private final SqliteStore store;
    private final DataFolder data;
    private final Retention retention;
    private final CollectorConfig config;

    MetricsModule(
            CollectorConfig config,
            SiteInForce inForce,
            SqliteJournal journal,
            SqliteStore store,
            DataFolder data,
            Retention retention) {
        this.config = config;
        this.inForce = inForce;
        this.journal = journal;
        this.store = store;
        this.data = data;
        this.retention = retention;
    }

    @Provides
    @Singleton
    VerdictMetrics told(Connections connections, Clock clock) {
        return new VerdictMetrics(inForce::declared, store, connections, config.patience(), clock);
    }

    @ProvidesIntoSet
    MetricSource verdicts(VerdictMetrics told) {
        return told;
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource latencies(Pipeline pipeline, VerdictMetrics told) {
        LatencyMetrics latencies = new LatencyMetrics(inForce::declared, told::silent);
        pipeline.listen(latencies);
        return latencies;
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource agents(Agents agents) {
        return new AgentsMetrics(agents, inForce::site);
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource gateway(AgentGatewayService gateway) {
        return gateway.metrics();
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource rounds(Pipeline pipeline) {
        RoundMetrics rounds = new RoundMetrics();
        pipeline.listen(rounds);
        return rounds;
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource judge(Pipeline pipeline, Clock clock) {
        return new JudgeMetrics(pipeline, journal, clock);
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource retention() {
        return new RetentionMetrics(retention);
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource journal() {
        return new JournalMetrics(journal);
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource store() {
        return new StoreMetrics(store);
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource folder() {
        return new FolderMetrics(data);
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource lists(QueryService queries) {
        return queries.metrics();
    }

    @ProvidesIntoSet
    @Singleton
    MetricSource watches(Watches watches) {
        return new WatchMetrics(watches);
    }
}
