package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.policy.PolicySection;
import dev.plumbline.config.ConfigFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A host's bound of connections a second while several things connect at once, each at its own pace or at none. */
final class HostRateTest {
    private static final int A_SECOND = 20;
    private static final int EACH = 8;

    @Test
    void roundsSegmentsAndHoldsShareWhatTheHostAllows() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                Network host = Network.open(Dialer.direct(), List.of(), List.of())) {
            Network bounded = host.under(policy());
            Network segment = bounded.leaving(Leaving.ANYHOW);
            List<Network> users = List.of(
                    segment.paced(new Pace(segment.ticker(), A_SECOND, 1)),
                    segment.paced(Pace.unbounded(segment.ticker())),
                    bounded.leaving(Leaving.ANYHOW),
                    segment.apart());
            long began = System.nanoTime();
            List<CompletableFuture<Connection>> all = new ArrayList<>();
            for (Network user : users) {
                for (int i = 0; i < EACH; i++) {
                    all.add(user.connector()
                            .tcp(
                                    user.loops().next(),
                                    (InetSocketAddress) server.getLocalSocketAddress(),
                                    Duration.ofSeconds(30)));
                }
            }
            for (CompletableFuture<Connection> one : all) {
                one.join().channel().orElseThrow().close();
            }
            // The first begins at once; a timer that is late by half a turn makes nobody wait.
            Duration least =
                    Duration.ofSeconds(1).multipliedBy(users.size() * EACH - 2).dividedBy(A_SECOND);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(least);
        }
    }

    private static Policy policy() throws Exception {
        ConfigFile file = ConfigFile.parse(Path.of("agent.yaml"), "connections-per-second: " + A_SECOND + "\n");
        return PolicySection.read(file.root());
    }
}
