package dev.plumbline.deploy.demo;

import dev.plumbline.agent.AgentConfig;
import dev.plumbline.agent.RunnerProber;
import dev.plumbline.agent.RunningAgent;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.config.ConfigException;
import dev.plumbline.deploy.campus.CampusSegment;
import dev.plumbline.metrics.MetricSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** An agent on a segment of the campus: the real one, whose packets go where the segment sends them. */
final class DemoAgent implements AutoCloseable {
    private final RunnerProber prober;
    private final RunningAgent agent;

    private DemoAgent(RunnerProber prober, RunningAgent agent) {
        this.prober = prober;
        this.agent = agent;
    }

    static DemoAgent start(Path file, CampusSegment segment) throws ConfigException {
        AgentConfig config = AgentConfig.read(file);
        Suspicion suspicion =
                Suspicion.ofExpectations(Catalog.load(config.overlays()).anchors());
        RunnerProber prober =
                new RunnerProber(Network.open(segment::translate, loopbacks(), List.of(segment.resolver())), suspicion);
        try {
            return new DemoAgent(prober, RunningAgent.start(config, prober, Clock.systemUTC(), "demo"));
        } catch (ConfigException | RuntimeException e) {
            prober.close();
            throw e;
        }
    }

    boolean isConnected() {
        return agent.isConnected();
    }

    String state() {
        return agent.state();
    }

    List<MetricSource> metrics() {
        return agent.metrics();
    }

    @Override
    public void close() {
        agent.close();
        prober.close();
    }

    private static List<InetAddress> loopbacks() {
        byte[] six = new byte[16];
        six[15] = 1;
        try {
            return List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), InetAddress.getByAddress(six));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes make an address", e);
        }
    }
}
