package dev.plumbline.deploy.demo;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.config.ConfigException;
import dev.plumbline.deploy.campus.Campus;
import dev.plumbline.deploy.campus.CampusSegment;
import dev.plumbline.deploy.launcher.Plumbline;
import dev.plumbline.metrics.MetricSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A site on the simulated campus: one collector and an agent for each segment, over mutual TLS on loopback. Not for
 * several threads. Whoever starts a site closes it; the folder stays.
 */
public final class DemoSite implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final DemoFolder folder;
    private final DemoSettings settings;
    private final Campus campus;
    private final Map<String, DemoAgent> agents = new LinkedHashMap<>();
    private @Nullable Collector collector;
    private int port;

    private DemoSite(DemoFolder folder, DemoSettings settings, Campus campus) {
        this.folder = folder;
        this.settings = settings;
        this.campus = campus;
    }

    /**
     * Starts everything and waits until every agent is connected.
     *
     * @param root an empty folder for keys, configurations and data
     * @throws ConfigException when something cannot be started; then nothing is left running
     */
    public static DemoSite start(Path root, DemoSettings settings) throws IOException, ConfigException {
        Campus campus = Campus.start(CampusHosts.of(Catalog.builtIn()));
        DemoSite site = new DemoSite(new DemoFolder(root), settings, campus);
        try {
            site.open();
            return site;
        } catch (IOException | ConfigException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private void open() throws IOException, ConfigException {
        folder.enrol(settings);
        folder.writeOverlay(campus.anchors());
        startCollector();
        folder.writeClients(settings, port);
        for (DemoSegment segment : settings.segments()) {
            startAgent(segment.id());
        }
        awaitAgents();
    }

    /** The site's segments in their order. */
    public List<DemoSegment> segments() {
        return settings.segments();
    }

    /** A segment of the campus, for its faults. */
    public CampusSegment segment(String id) {
        return campus.segment(id);
    }

    /** The operator's configuration, for {@code PLUMBLINE_CONFIG}. */
    public Path client() {
        return folder.client();
    }

    /** Starts the collector, on the port it had before if there was one. */
    public void startCollector() throws IOException, ConfigException {
        folder.writeCollector(settings, port);
        Collector started = Collector.start(CollectorConfig.read(folder.collector()), Clock.systemUTC());
        collector = started;
        port = started.port();
    }

    /** What an agent that runs tells of itself. */
    public List<MetricSource> metrics(String segment) {
        DemoAgent agent = agents.get(segment);
        if (agent == null) {
            throw new IllegalArgumentException("no agent runs on " + segment);
        }
        return agent.metrics();
    }

    /** Where the collector shows its metrics. */
    public int metricsPort() {
        return Optional.ofNullable(collector).flatMap(Collector::metricsPort).orElseThrow();
    }

    /** Where the collector's pages are. */
    public URI page() {
        return URI.create("https://127.0.0.1:"
                + Optional.ofNullable(collector).flatMap(Collector::httpPort).orElseThrow());
    }

    /** With which its administrator signs in there. */
    public Path token() {
        return folder.token();
    }

    public void stopCollector() {
        if (collector != null) {
            collector.close();
            collector = null;
        }
    }

    public void startAgent(String segment) throws ConfigException {
        agents.put(segment, DemoAgent.start(folder.agent(segment), campus.segment(segment)));
    }

    public void stopAgent(String segment) {
        DemoAgent agent = agents.remove(segment);
        if (agent != null) {
            agent.close();
        }
    }

    /**
     * Waits until every agent that runs is connected.
     *
     * @throws IllegalStateException naming those that are not after a minute
     */
    public void awaitAgents() {
        long deadline = System.nanoTime() + TO_CONNECT.toNanos();
        while (!agents.values().stream().allMatch(DemoAgent::isConnected)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not every agent is connected: " + states());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /**
     * Asks the collector by a command of the program {@code plumbline}, as its operator.
     *
     * @return the exit code
     */
    public int ask(Surroundings around, String... words) {
        Map<String, String> environment = new HashMap<>(around.environment());
        environment.put("PLUMBLINE_CONFIG", folder.client().toString());
        return Plumbline.commandLine(new Surroundings(
                        around.out(), around.err(), environment, around.home(), around.terminal(), around.clock()))
                .execute(words);
    }

    private Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        agents.forEach((id, agent) -> states.put(id, agent.state()));
        return states;
    }

    @Override
    public void close() {
        agents.values().forEach(DemoAgent::close);
        agents.clear();
        stopCollector();
        campus.close();
    }
}
