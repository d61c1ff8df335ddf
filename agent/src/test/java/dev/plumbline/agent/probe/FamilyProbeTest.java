package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.QueueMeter;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two addresses of one family, of which one is talked to. */
final class FamilyProbeTest {
    /** The preferred address is silent for as long; the other has as much again for its answer. */
    private static final Duration STAGE = Duration.ofMillis(2500);

    @Test
    void aGreetingThatCameWhileItsConnectionWaitedForItsTurnIsNotTakenForSilence() throws IOException {
        InetAddress preferred = Resolved.literal("17.57.144.10");
        InetAddress other = Resolved.literal("17.57.144.11");
        AtomicInteger connections = new AtomicInteger();
        try (Listeners.Silent silent = Listeners.silent();
                LittleServer server = new LittleServer(socket -> {
                    connections.incrementAndGet();
                    LittleServer.greets("SSH-2.0-Test\r\n").serve(socket);
                });
                Network network = network(Map.of(preferred, silent.socketAddress(), other, server.socketAddress()));
                LagMeter lag = LagMeter.on(network.loops(), network.ticker())) {
            Pass pass =
                    new Pass(1, 1, STAGE, new Resolution(network, STAGE), lag, new QueueMeter(), Distances.ofFailing());
            CompletableFuture<List<Tried>> run = new CompletableFuture<>();
            var loop = network.loops().next();
            loop.execute(() -> new FamilyProbe(
                            network,
                            pass,
                            Talks.target(ProbeKind.SSH, Transport.TCP),
                            Talks.HOST,
                            loop,
                            List.of(preferred, other),
                            Map.of())
                    .run()
                    .thenAccept(run::complete));
            List<Attempt> attempts = run.join().stream().map(Tried::attempt).toList();
            assertThat(attempts.get(0).connect().kind()).isEqualTo(FailureKind.CONNECT_SILENT);
            assertThat(attempts.get(1).connect().isNone()).isTrue();
            assertThat(attempts.get(1).exchange().orElseThrow().summary()).isEqualTo("SSH-2.0-Test");
            assertThat(connections).hasValue(2);
        }
    }

    private static Network network(Map<InetAddress, InetSocketAddress> places) {
        return Network.open(
                address -> places.getOrDefault(address.getAddress(), address),
                List.of(),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
    }
}
