package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.QueueMeter;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** All names of the couriers' pool, each with the same few addresses. */
final class PoolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ROUND = 1_790_000_100_000L;
    private static final Target COURIER =
            Catalog.builtIn().target(new TargetId("courier:5223")).orElseThrow();

    @Test
    void onDemandEveryNameIsResolvedAndEveryDistinctAddressConnectedOnce() throws IOException {
        Observation seen = probe(pass -> pass.withWhole(new Pools(List.of(COURIER))));
        // A resolver that is late is not waited for, so a busy machine may see fewer.
        assertThat(seen.lookups().stream().map(Lookup::name).distinct()).hasSizeBetween(2, 50);
        assertThat(seen.lookups().get(0).name()).isEqualTo(COURIER.hostInRound(ROUND));
        assertThat(seen.attempts())
                .extracting(attempt -> attempt.remote().address())
                .containsExactlyInAnyOrder("17.57.144.10", "17.57.144.11", "17.57.144.12");
        assertThat(seen.attempts()).extracting(Attempt::host).containsOnly(COURIER.hostInRound(ROUND));
        assertThat(seen.attempts().stream().filter(a -> !a.handshakes().isEmpty()))
                .hasSize(2);
    }

    @Test
    void aConfirmationConnectsToTheAddressesThatTheFirstPassFound() throws Exception {
        InetAddress earlier = InetAddress.getByName("17.57.144.99");
        Pools pools = new Pools(List.of(COURIER));
        pools.keep(COURIER.id(), Map.of(earlier, "9-courier.push.apple.com"));
        Observation seen = probe(pass -> pass.withWhole(pools));
        assertThat(seen.lookups()).extracting(Lookup::name).containsOnly(COURIER.hostInRound(ROUND));
        assertThat(seen.attempts())
                .extracting(Attempt::host, attempt -> attempt.remote().address())
                .contains(tuple("9-courier.push.apple.com", "17.57.144.99"))
                .hasSize(4);
    }

    @Test
    void ofTwoPortsOfAPoolItsOwnIsAskedOfEveryMember() {
        Target fallback = Catalog.builtIn().target(new TargetId("courier:443")).orElseThrow();
        Pools pools = new Pools(List.of(fallback, COURIER));
        assertThat(pools.sweeps(COURIER)).isTrue();
        assertThat(pools.sweeps(fallback)).isFalse();
    }

    @Test
    void unattendedTheRoundsOwnNameIsEnough() throws IOException {
        assertThat(probe(pass -> pass).lookups()).extracting(Lookup::name).containsOnly(COURIER.hostInRound(ROUND));
    }

    private static Observation probe(UnaryOperator<Pass> how) throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.resets());
                LittleDns dns =
                        new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10", "17.57.144.11", "17.57.144.12");
                Network network = Network.open(
                        address -> address.getPort() == 5223 ? server.socketAddress() : address,
                        List.of(),
                        List.of(dns.socketAddress()));
                LagMeter lag = LagMeter.on(network.loops(), network.ticker())) {
            Pass pass = new Pass(
                    ROUND,
                    1,
                    PATIENCE,
                    new Resolution(network, PATIENCE),
                    lag,
                    new QueueMeter(),
                    Distances.ofFailing());
            return TargetProbe.run(network, how.apply(pass), COURIER).join().observation();
        }
    }
}
