package dev.plumbline.agent;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.plumbline.agent.schedule.Prober;
import dev.plumbline.agent.schedule.Schedule;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.stream.CollectorStream;
import dev.plumbline.agent.stream.PlanFile;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.identity.TlsMaterial;
import java.time.Clock;
import java.util.Optional;

/** What the agent is made of: schedule to prober to spool to stream. Files are opened elsewhere ({@link RunningAgent}). */
final class AgentModule extends AbstractModule {
    private final AgentConfig config;
    private final Prober prober;
    private final Clock clock;
    private final String version;

    AgentModule(AgentConfig config, Prober prober, Clock clock, String version) {
        this.config = config;
        this.prober = prober;
        this.clock = clock;
        this.version = version;
    }

    /** What was opened: identity, spool, and the plan that was kept from an earlier run. */
    record Opened(TlsMaterial identity, SqliteSpool spool, PlanFile planFile, Optional<Plan> plan) {}

    @Provides
    @Singleton
    Schedule schedule(Opened opened) {
        return new Schedule(prober, opened.spool(), clock, opened.plan());
    }

    @Provides
    @Singleton
    CollectorStream stream(Opened opened, Schedule schedule) {
        CollectorStream stream = new CollectorStream(
                config.collector(), opened.identity(), opened.spool(), opened.planFile(), schedule, clock, version);
        schedule.listen(stream::progress);
        return stream;
    }
}
