package dev.plumbline.agent;

import dev.plumbline.agent.enrol.RenewingIdentity;
import dev.plumbline.agent.hold.Holding;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.schedule.Prober;
import dev.plumbline.agent.schedule.Schedule;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.stream.CollectorStream;
import dev.plumbline.agent.stream.Credentials;
import dev.plumbline.agent.stream.PlanFile;
import dev.plumbline.agent.time.SiteTime;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.words.SegmentId;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent at work: schedule to prober to spool to stream. */
public final class RunningAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningAgent.class);

    private final SqliteSpool spool;
    private final Schedule schedule;
    private final CollectorStream stream;
    private final List<MetricSource> metrics;

    private RunningAgent(SqliteSpool spool, Schedule schedule, CollectorStream stream, List<MetricSource> metrics) {
        this.spool = spool;
        this.schedule = schedule;
        this.stream = stream;
        this.metrics = metrics;
    }

    /**
     * The same with a site's time of its own, for a prober that keeps its own clock.
     *
     * @throws ConfigException before anything was started
     */
    public static RunningAgent start(AgentConfig config, Prober prober, Clock clock, String version)
            throws ConfigException {
        return start(config, prober, SiteTime.over(clock), clock, version);
    }

    /**
     * Starts everything; a collector that cannot be reached is no problem, a wrong file is.
     *
     * @param time of the prober's facts and of the rounds: told of the collector's clock
     * @param clock this host's own
     * @throws ConfigException before anything was started
     */
    static RunningAgent start(AgentConfig config, Prober prober, SiteTime time, Clock clock, String version)
            throws ConfigException {
        TlsMaterial own = config.identity().read();
        // Whether it is the certificate or this host's clock that is wrong the collector knows; what is measured
        // meanwhile is kept.
        config.identity()
                .untimely(own, clock.instant())
                .forEach(problem -> LOG.warn("{}; measuring begins, and the collector decides", problem));
        if (own.identity().kind() != SpiffeId.Kind.AGENT) {
            throw new ConfigException(List.of(config.identity().certificate() + ": is the certificate of "
                    + own.identity() + ", not of an agent; issue one with plumbline-collector issue"));
        }
        SqliteSpool spool = SqliteSpool.open(config.data(), config.spool(), clock);
        PlanFile planFile = new PlanFile(config.data());
        Credentials credentials = config.isRenewed() ? new RenewingIdentity(config.identity(), own, clock) : () -> own;
        // Put together by hand: two parts, and a container for them would weigh more than both in an agent's memory.
        MeasuredProber measured = new MeasuredProber(prober);
        Prober used = config.metrics().isPresent() ? measured : prober;
        Schedule schedule = new Schedule(used, spool, time.clock(), planFile.read(), config.policy());
        CollectorStream stream = new CollectorStream(
                config.collector(), credentials, spool, planFile, new Timekeeping(time, schedule), clock, version);
        schedule.listen(stream::progress);
        schedule.beforeEach(time::refresh);
        time.asks(stream::askClock);
        LOG.info("agent {} measures; data in {}", own.identity(), config.data());
        schedule.start();
        stream.start();
        String segment = own.identity().segment().map(SegmentId::value).orElse("");
        AgentMetrics metrics = new AgentMetrics(segment, spool, schedule, stream, credentials);
        return new RunningAgent(
                spool, schedule, stream, List.of(families -> measured.tell(families, segment), metrics));
    }

    public boolean isConnected() {
        return stream.isConnected();
    }

    /** How the connection to the collector stands, in words. */
    public String state() {
        return stream.state();
    }

    public SqliteSpool spool() {
        return spool;
    }

    /** What it tells of itself; of its rounds only where the configuration asks for metrics. */
    public List<MetricSource> metrics() {
        return metrics;
    }

    /** Holds quiet connections as the configuration says; close what is returned before the agent and the network. */
    public Holding hold(AgentConfig config, Network network) {
        return Holding.start(config.hold(), config.helper().held(), network, schedule::plan, hold -> {
            String plan = schedule.plan().map(Plan::hash).orElse("");
            spool.append(plan, hold);
        });
    }

    /** Ends the round under way, writes what was measured, and lets what was sent become durable. */
    @Override
    public void close() {
        schedule.close();
        stream.close();
        spool.close();
        LOG.info("agent stopped");
    }
}
