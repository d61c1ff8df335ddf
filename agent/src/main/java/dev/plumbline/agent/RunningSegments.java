package dev.plumbline.agent;

import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.policy.Policy;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.metrics.MetricsPort;
import dev.plumbline.metrics.MetricsSettings;
import dev.plumbline.metrics.ProgramMetrics;
import dev.plumbline.words.SegmentId;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agents of one box, one for each segment, on shared event loops and TLS contexts. What one of them meets once it runs is
 * its own: each has a schedule, a spool and a stream with threads of their own.
 */
public final class RunningSegments implements AutoCloseable {
    private final List<RunningAgent> agents = new ArrayList<>();
    private final Deque<Runnable> open = new ArrayDeque<>();
    /** The host under its policy, of which all segments are made: a bound of the host is one for all of them together. */
    private final Map<Policy, Network> hosts = new HashMap<>();

    private Optional<MetricsPort> metrics = Optional.empty();

    private RunningSegments() {}

    /**
     * Starts all of them, or none.
     *
     * @param network of the host; it stays the caller's, who closes it after this
     * @throws ConfigException when a file of one of them is wrong, or two have one identity
     */
    public static RunningSegments start(List<AgentConfig> configs, Network network, Clock clock, String version)
            throws ConfigException {
        check(configs);
        RunningSegments running = new RunningSegments();
        try {
            for (AgentConfig config : configs) {
                running.start(config, network, clock, version);
            }
            Optional<MetricsSettings> metrics = metrics(configs);
            if (metrics.isPresent()) {
                running.show(metrics.get(), version);
            }
            return running;
        } catch (ConfigException | RuntimeException e) {
            running.close();
            throw e;
        }
    }

    /** Of the file, and so the same in all of them. */
    private static Optional<MetricsSettings> metrics(List<AgentConfig> configs) {
        return configs.stream()
                .map(AgentConfig::metrics)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void start(AgentConfig config, Network host, Clock clock, String version) throws ConfigException {
        Network network = hosts.computeIfAbsent(config.policy(), host::under).leaving(config.leaving());
        RunningAgent agent =
                RunningAgent.start(config, RunnerProber.on(network, config), host.siteTime(), clock, version);
        agents.add(agent);
        open.push(agent::close);
        open.push(agent.hold(config, network)::close);
    }

    private void show(MetricsSettings settings, String version) throws ConfigException {
        ProgramMetrics all = new ProgramMetrics(
                "plumbline-agent",
                version,
                agents.stream().flatMap(agent -> agent.metrics().stream()).toList());
        open.push(all::close);
        MetricsPort port = MetricsPort.open(settings, all);
        open.push(port::close);
        metrics = Optional.of(port);
    }

    /** The port where metrics are shown; empty where the configuration asks for none, and while it cannot be opened. */
    public Optional<Integer> metricsPort() {
        return metrics.flatMap(MetricsPort::port);
    }

    /** Before anything is started: a certificate or a token that cannot be read is a refusal, not half an agent. */
    private static void check(List<AgentConfig> configs) throws ConfigException {
        List<String> problems = new ArrayList<>();
        Map<SpiffeId, AgentConfig> identities = new HashMap<>();
        Map<SegmentId, AgentConfig> segments = new HashMap<>();
        Optional<MetricsSettings> metrics = metrics(configs);
        for (AgentConfig config : configs) {
            try {
                SpiffeId identity = config.identity().read().identity();
                AgentConfig first = identities.putIfAbsent(identity, config);
                AgentConfig sameSegment = identity.segment()
                        .map(segment -> segments.putIfAbsent(segment, config))
                        .orElse(null);
                if (first != null) {
                    problems.add(config.identity().certificate() + ": is of " + identity + ", as is "
                            + first.identity().certificate() + "; issue each segment's agent one of its own");
                } else if (sameSegment != null && metrics.isPresent()) {
                    problems.add(config.identity().certificate() + ": is of segment "
                            + identity.segment().orElseThrow() + ", as is "
                            + sameSegment.identity().certificate()
                            + "; metrics tell the agents of one process apart by their segments: serve each segment once, or leave"
                            + " metrics out");
                }
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (metrics.isPresent()) {
            try {
                MetricsPort.check(metrics.get());
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** In the order of the configuration. */
    public List<RunningAgent> agents() {
        return List.copyOf(agents);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }
}
