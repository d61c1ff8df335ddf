package dev.plumbline.agent.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.net.Dialer;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.agent.probe.Distances;
import dev.plumbline.agent.round.RoundListener;
import dev.plumbline.agent.round.RoundOrder;
import dev.plumbline.agent.round.RoundRunner;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.config.Durations;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forecasts by table, and the one thing that a model cannot be trusted with: that the prober does what it says. */
final class ForecasterTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Instant DAY = Instant.parse("2026-11-22T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # target                            | round | times a day
            courier:5223                        | 5m    | 288
            courier:5223                        | 60s   | 1440
            api.push.apple.com:443              | 5m    | 288
            api.push.apple.com:443              | 60s   | 288
            api.push.apple.com:443              | 2m    | 240
            time.apple.com:udp-123              | 10s   | 1440
            upload.appleschoolcontent.com:22    | 5m    | 24
            gateway.push.apple.com:2195         | 5m    | 1
            push.apple.com:txt                  | 5m    | 288
            """)
    void aTargetIsProbedAsOftenAsRoundsAndItsIntervalAllow(String target, String round, long times) {
        Forecast forecast = forecast(Durations.parse(round), new Families(2, 2), target);
        assertThat(forecast.destinations()).extracting(Destination::timesADay).containsExactly(times);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # target                 | IPv4 | IPv6 | connections | why
            courier:5223             | 8    | 8    | 22          | each address, three more offers in each family
            courier:5223             | 8    | 0    | 11          | no way over IPv6
            courier:5223             | 0    | 0    | 0           | the name leads nowhere
            api.push.apple.com:443   | 2    | 2    | 8           | each address, two more offers in each family
            albert.apple.com:443     | 2    | 2    | 4           | each address
            captive.apple.com:80     | 1    | 0    | 2           | as anybody and as the detection
            time.apple.com:udp-123   | 2    | 2    | 0           | no TCP
            push.apple.com:txt       | 2    | 2    | 0           | names only
            """)
    void aProbeOpensSoManyConnections(String target, int four, int six, long connections) {
        Forecast forecast = forecast(Duration.ofMinutes(5), new Families(four, six), target);
        Destination only = forecast.destinations().get(0);
        assertThat(only.aDay().connections()).isEqualTo(connections * only.timesADay());
    }

    @Test
    void theSumOfADayIsThatOfItsParts() {
        String[] all = CATALOG.targets().stream().map(t -> t.id().value()).toArray(String[]::new);
        Forecast forecast = forecast(Duration.ofMinutes(5), new Families(2, 2), all);
        Traffic sum = forecast.besides().stream().map(Beside::aDay).reduce(Traffic.NONE, Traffic::plus);
        for (Destination destination : forecast.destinations()) {
            sum = sum.plus(destination.aDay());
        }
        assertThat(forecast.total()).isEqualTo(sum);
        assertThat(forecast.destinations()).hasSize(CATALOG.targets().size());
        assertThat(forecast.largestRound().packets())
                .isGreaterThan(forecast.usualRound().packets());
        assertThat(forecast.demanded().connections())
                .as("the whole pool on demand")
                .isGreaterThan(forecast.usualRound().connections());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # ages          | pause | a day
            1m,5m,15m,30m,1h | 10s  | 28
            1h               | 10s  | 24
            30s              | 10s  | 2160
            """)
    void aPortIsHeldUpTheLadderAndThenAtItsTop(String ages, String pause, long times) {
        HoldSettings settings = new HoldSettings(
                Arrays.stream(ages.split(",", -1)).map(Durations::parse).toList(),
                List.of(5223),
                Durations.parse(pause));
        assertThat(Holds.timesADay(settings)).isEqualTo(times);
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void theProberOpensTheConnectionsThatWereForeseen() throws IOException {
        TestCertificate certificate = new TestCertificate("courier.push.apple.com");
        AtomicInteger dialled = new AtomicInteger();
        AtomicInteger canaries = new AtomicInteger();
        try (LittleServer server = new LittleServer(LittleServer.tlsByHello(hello -> new LittleServer.Tls(
                        certificate.serverContext(),
                        false,
                        List.of("apns-security-v3"),
                        List.of("TLSv1.2", "TLSv1.3"))));
                LittleDns dns =
                        new LittleDns(LittleDns.Behaviour.ANSWERS, "17.57.144.10", "17.57.144.11", "17.57.144.12");
                Network network =
                        Network.open(counting(server, dialled, canaries), List.of(), List.of(dns.socketAddress()))) {
            List<Target> targets = List.of(target("courier:5223"), target("courier-sandbox:5223"));
            long round = roundWithoutDistances(targets);
            new RoundRunner(network, Suspicion.ofFailures())
                    .run(RoundOrder.of(targets, round), new RoundSettings(Duration.ofSeconds(60), 0, 1000), new Deaf())
                    .join();
            Forecast forecast = Forecaster.of(
                    plan(Duration.ofMinutes(5), targets),
                    HoldSettings.NONE,
                    0,
                    List.of(),
                    name -> new Families(3, 0),
                    DAY);
            assertThat(dialled.get() + canaries.get())
                    .isEqualTo((int) forecast.usualRound().connections());
            assertThat(canaries).hasValue(1);
        }
    }

    private static long roundWithoutDistances(List<Target> targets) {
        long round = DAY.toEpochMilli();
        while (targets.stream().anyMatch(Distances.ofHealthy(targets, round, false)::wantsDistance)) {
            round += Duration.ofMinutes(5).toMillis();
        }
        return round;
    }

    private static Dialer counting(LittleServer server, AtomicInteger dialled, AtomicInteger canaries) {
        return address -> switch (address.getPort()) {
            case 5223 -> {
                dialled.incrementAndGet();
                yield server.socketAddress();
            }
            case 5224 -> {
                canaries.incrementAndGet();
                yield server.socketAddress();
            }
            default -> address;
        };
    }

    private static final class Deaf implements RoundListener {
        @Override
        public void observed(Observation observation, List<Evidence> newEvidence) {}
    }

    private static Forecast forecast(Duration round, Families families, String... targets) {
        List<Target> chosen = Arrays.stream(targets).map(ForecasterTest::target).toList();
        return Forecaster.of(
                plan(round, chosen), HoldSettings.STANDARD, 0, List.of("192.0.2.7"), name -> families, DAY);
    }

    private static Plan plan(Duration round, List<Target> targets) {
        return Plan.of(
                "campus", new SegmentId("wifi"), targets, new Plan.Settings(round, Duration.ofSeconds(4), 1, 20));
    }

    private static Target target(String id) {
        return CATALOG.target(new TargetId(id)).orElseThrow();
    }
}
