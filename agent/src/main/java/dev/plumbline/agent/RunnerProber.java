package dev.plumbline.agent;

import dev.plumbline.agent.environment.HostEnvironment;
import dev.plumbline.agent.environment.Surveyor;
import dev.plumbline.agent.helper.HelperControl;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.agent.round.RoundListener;
import dev.plumbline.agent.round.RoundOrder;
import dev.plumbline.agent.round.RoundRunner;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.agent.schedule.Assignment;
import dev.plumbline.agent.schedule.Prober;
import dev.plumbline.agent.schedule.Progress;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Skip;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedule's prober on this host's network: opened up when somebody waits, else paced by the plan. */
public final class RunnerProber implements Prober, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerProber.class);

    private final Network network;
    private final RoundRunner runner;

    /** @param suspicion which observations are confirmed at once */
    public RunnerProber(Network network, Suspicion suspicion) {
        this(network, suspicion, Optional.empty(), HelperControl.NONE);
    }

    private RunnerProber(Network network, Suspicion suspicion, Optional<ProxyChoice> proxy, HelperControl control) {
        this.network = network;
        this.runner = new RoundRunner(network, suspicion, Surveyor.of(network, proxy), control);
    }

    /**
     * On a segment's own network. Answers are held against the catalog only when its overlays are configured: an agent that
     * lacks a site's trust anchors would doubt, and probe twice, everything behind them.
     *
     * @throws ConfigException when an overlay cannot be used
     */
    static RunnerProber on(Network network, AgentConfig config) throws ConfigException {
        Suspicion suspicion = config.overlays().isEmpty()
                ? Suspicion.ofFailures()
                : Suspicion.ofExpectations(Catalog.load(config.overlays()).anchors());
        LOG.info(
                "probes with TLS by {}, sockets by {}",
                network.handshaker().engine(),
                network.loops().transport());
        return new RunnerProber(network, suspicion, config.proxy(), HelperControl.of(config.helper()));
    }

    @Override
    public Progress progress() {
        return runner.progress();
    }

    /** What it measures on; closed with it. */
    public Network network() {
        return network;
    }

    @Override
    public CompletableFuture<RoundSummary> run(Assignment assignment, Listener listener) {
        Plan plan = assignment.plan();
        if (assignment.isRefused()) {
            return CompletableFuture.completedFuture(nothingOf(assignment));
        }
        RoundOrder order = new RoundOrder(
                assignment.targets(), assignment.round(), plan.hash(), assignment.demand(), assignment.skipped());
        int pace = assignment.isOnDemand()
                ? 0
                : network.policy().pace(plan.settings().connectionsPerSecond());
        return runner.run(
                order,
                new RoundSettings(
                        plan.settings().stageTimeout(), plan.settings().confirmations(), pace),
                new HelperAnswers(listener));
    }

    /** A round of which this host's policy allows nothing: nothing is sent, not even beside the targets. */
    private RoundSummary nothingOf(Assignment assignment) {
        Map<TargetId, Skip> skipped = new HashMap<>();
        assignment.skipped().forEach((target, reason) -> skipped.put(target, Skip.of(reason)));
        Instant now = network.ticker().instant();
        return new RoundSummary(
                assignment.round(),
                assignment.plan().hash(),
                now,
                now,
                List.of(),
                skipped,
                HostEnvironment.read(
                        network, Duration.ZERO, assignment.plan().settings().stageTimeout()),
                assignment.demand());
    }

    @Override
    public void close() {
        network.close();
    }

    private record HelperAnswers(Listener listener) implements RoundListener {
        @Override
        public void observed(Observation observation, List<Evidence> newEvidence) {
            listener.observed(observation, newEvidence);
        }

        @Override
        public void heard(List<Evidence> newEvidence) {
            listener.heard(newEvidence);
        }

        @Override
        public void progress(int done, int total) {
            listener.progress(done, total);
        }
    }
}
