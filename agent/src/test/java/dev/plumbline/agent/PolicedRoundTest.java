package dev.plumbline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.policy.PolicySection;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.agent.schedule.Schedule;
import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.spool.StoredBatch;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of a collector on an agent whose host has a policy: real rounds against servers on loopback that count who comes. */
final class PolicedRoundTest {
    @TempDir
    Path folder;

    private final AtomicInteger push = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private LittleServer pushServer;
    private LittleServer otherServer;
    private LittleDns dns;
    private SqliteSpool spool;

    @BeforeEach
    void open() throws Exception {
        pushServer = new LittleServer(socket -> push.incrementAndGet());
        otherServer = new LittleServer(socket -> others.incrementAndGet());
        dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10");
        spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        spool.close();
        dns.close();
        otherServer.close();
        pushServer.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            names: ["*.push.apple.com"]                                     | push other-port
            names: ["*.push.apple.com", www.example]                        | push other-name other-port
            ports: [tcp/5223]                                               | push other-name
            connect-to: [17.0.0.0/8]                                        | push other-name other-port
            connect-to: [17.0.0.0/8, 192.0.2.0/24]                          | push other-name other-port literal
            {names: ["*.push.apple.com", www.example], ports: [tcp/8443]}   | other-port
            never-connect-to: [17.57.0.0/16, 192.0.2.0/24]                  | -
            connect-to: [10.0.0.0/8]                                        | -
            """)
    void whatIsAllowedIsProbedAndTheRestIsSkippedAndNothingIsSentThere(String policy, String probed) throws Exception {
        RoundSummary summary = rounds(policy(policy), 1).get(0);
        Set<String> allowed = probed.equals("-") ? Set.of() : Set.of(probed.split(" ", -1));
        assertThat(summary.probed()).extracting(TargetId::value).containsExactlyInAnyOrderElementsOf(allowed);
        Map<TargetId, Skip> refused = new HashMap<>();
        for (Target target : targets()) {
            if (!allowed.contains(target.id().value())) {
                refused.put(target.id(), Skip.of(SkipReason.NOT_ALLOWED));
            }
        }
        assertThat(summary.skipped()).isEqualTo(refused);
        assertThat(observations()).extracting(Observation::target).hasSameElementsAs(summary.probed());
        assertThat(push.get() > 0).isEqualTo(allowed.contains("push") || allowed.contains("other-name"));
        assertThat(others.get() > 0).isEqualTo(allowed.contains("other-port") || allowed.contains("literal"));
    }

    @Test
    void moreRoundsThanAllowedAreRefusedWholeAndNothingIsSent() throws Exception {
        List<RoundSummary> summaries = rounds(policy("rounds-per-hour: 1"), 2);
        assertThat(summaries.get(0).skipped()).isEmpty();
        assertThat(summaries.get(1).probed()).isEmpty();
        assertThat(summaries.get(1).skipped().values())
                .hasSize(targets().size())
                .containsOnly(Skip.of(SkipReason.NOT_ALLOWED));
        assertThat(summaries.get(1).demand()).isEqualTo("d1");
    }

    /** So many rounds, one after the other: the slot's own, then demands. */
    private List<RoundSummary> rounds(Policy policy, int count) throws Exception {
        BlockingQueue<Boolean> written = new LinkedBlockingQueue<>();
        spool.listen(() -> written.add(true));
        try (Listeners.Closed closed = Listeners.closed();
                RunnerProber prober = new RunnerProber(network(closed).under(policy), Suspicion.ofFailures());
                Schedule schedule = new Schedule(prober, spool, Clock.systemUTC(), Optional.of(plan()), policy)) {
            schedule.start();
            for (int round = 1; round <= count; round++) {
                while (summaries().size() < round) {
                    assertThat(written.poll(60, TimeUnit.SECONDS)).isNotNull();
                }
                if (round < count) {
                    schedule.demand("d" + round, round);
                }
            }
        }
        return summaries();
    }

    private Network network(Listeners.Closed theRest) {
        Map<Integer, InetSocketAddress> ports =
                Map.of(5223, pushServer.socketAddress(), 8443, otherServer.socketAddress());
        return Network.open(
                address -> address.getAddress().isLoopbackAddress()
                        ? address
                        : ports.getOrDefault(address.getPort(), theRest.socketAddress()),
                List.of(),
                List.of(dns.socketAddress()));
    }

    private List<Batch> batches() throws Exception {
        List<Batch> all = new ArrayList<>();
        for (StoredBatch stored : spool.after(0, 1_000)) {
            all.add(BatchCodec.parse(stored.message().toArray()));
        }
        return all;
    }

    private List<RoundSummary> summaries() throws Exception {
        return batches().stream().flatMap(batch -> batch.summaries().stream()).toList();
    }

    private List<Observation> observations() throws Exception {
        return batches().stream()
                .flatMap(batch -> batch.observations().stream())
                .toList();
    }

    private static Policy policy(String yaml) throws Exception {
        ConfigFile file = ConfigFile.parse(Path.of("agent.yaml"), yaml + "\n");
        Policy policy = PolicySection.read(file.root());
        file.finish();
        return policy;
    }

    private static Plan plan() {
        return PlanCodec.seal(Plan.of(
                "campus",
                new SegmentId("wifi"),
                targets(),
                new Plan.Settings(Duration.ofHours(1), Duration.ofSeconds(4), 0, 20)));
    }

    private static List<Target> targets() {
        return List.of(
                target("push", "1-courier.push.apple.com", 5223),
                target("other-name", "www.example", 5223),
                target("other-port", "www.push.apple.com", 8443),
                target("literal", "192.0.2.7", 8443));
    }

    private static Target target(String id, String host, int port) {
        return new Target(
                new TargetId(id),
                host,
                0,
                port,
                Transport.TCP,
                ProbeKind.COURIER,
                "courier.push.apple.com",
                IdentityClass.APPLE_PRIVATE,
                List.of("apns-security-v3"),
                "",
                Set.of(Service.APNS),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
