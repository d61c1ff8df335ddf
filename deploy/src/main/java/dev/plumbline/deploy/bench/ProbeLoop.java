package dev.plumbline.deploy.bench;

import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.QueueMeter;
import dev.plumbline.agent.probe.Distances;
import dev.plumbline.agent.probe.Pass;
import dev.plumbline.agent.probe.Probed;
import dev.plumbline.agent.probe.Resolution;
import dev.plumbline.agent.probe.TargetProbe;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own probes as a round runs them, from a target to its observation with certificates, a fixed number under way. Reads
 * lines such as {@code https 40001 1000} and answers each with how many connections stood and how many probes failed.
 */
public final class ProbeLoop {
    private static final Duration STAGE = Duration.ofSeconds(20);
    private static final int UNDER_WAY = 32;

    private final Network network;

    private ProbeLoop(Network network) {
        this.network = network;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (Network network = Network.ofHost()) {
            System.out.println(
                    network.handshaker().engine() + ", " + network.loops().transport());
            ProbeLoop loop = new ProbeLoop(network);
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ", 3);
                System.out.println(
                        loop.run(ProbeKind.ofWord(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            }
        }
    }

    private String run(ProbeKind kind, int port, int probes) throws InterruptedException {
        Semaphore room = new Semaphore(UNDER_WAY);
        CountDownLatch left = new CountDownLatch(probes);
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        try (LagMeter lag = LagMeter.on(network.loops(), network.ticker())) {
            Pass pass =
                    new Pass(1, 1, STAGE, new Resolution(network, STAGE), lag, new QueueMeter(), Distances.ofFailing());
            for (int i = 0; i < probes; i++) {
                room.acquire();
                TargetProbe.run(network, pass, target(kind, Loopback.address(i), port))
                        .whenComplete((probed, bug) -> {
                            connections.addAndGet(connections(probed));
                            failures.addAndGet(stands(kind, probed) ? 0 : 1);
                            room.release();
                            left.countDown();
                        });
            }
            left.await();
        }
        return connections + " " + failures;
    }

    private static int connections(@Nullable Probed probed) {
        return probed == null
                ? 0
                : probed.observation().attempts().stream()
                        .mapToInt(attempt -> Math.max(1, attempt.handshakes().size()))
                        .sum();
    }

    private static boolean stands(ProbeKind kind, @Nullable Probed probed) {
        return probed != null
                && !probed.observation().attempts().isEmpty()
                && probed.observation().attempts().stream().allMatch(attempt -> stands(kind, attempt))
                && probed.evidence().isEmpty() != kind.seesCertificate();
    }

    private static boolean stands(ProbeKind kind, Attempt attempt) {
        return attempt.connect().isNone()
                && attempt.handshakes().isEmpty() != kind.seesCertificate()
                && attempt.handshakes().stream().allMatch(h -> h.failure().isNone())
                && attempt.exchange().stream().allMatch(e -> e.failure().isNone());
    }

    private static Target target(ProbeKind kind, String host, int port) {
        boolean tls = kind.seesCertificate();
        return new Target(
                new TargetId("bench"),
                host,
                0,
                port,
                Transport.TCP,
                kind,
                tls ? BenchIdentity.NAME : host,
                tls ? IdentityClass.ORGANISATION : IdentityClass.NONE,
                List.of(),
                "/",
                Set.of(Service.ORGANISATION),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
