package dev.plumbline.agent.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class HoldingTest {
    private final BlockingQueue<Hold> facts = new LinkedBlockingQueue<>();
    private final TestCertificate certificate = new TestCertificate("courier.test");

    @Test
    void theCourierOfThePlanIsHeldAtOneAgeAfterTheOther() throws Exception {
        try (LittleServer server = courier();
                Network network = Network.ofHost()) {
            int port = server.socketAddress().getPort();
            HoldSettings settings = new HoldSettings(
                    List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), List.of(port), Duration.ofMillis(10));
            AtomicReference<Optional<Plan>> plan = new AtomicReference<>(Optional.empty());
            try (Holding holding = Holding.start(settings, List.of(), network, plan::get, facts::add)) {
                assertThat(facts.poll(1500, TimeUnit.MILLISECONDS))
                        .as("without a plan nobody is held")
                        .isNull();
                plan.set(Optional.of(plan(port)));
                assertThat(List.of(take(), take()))
                        .allSatisfy(hold -> {
                            assertThat(hold.end()).as(hold.detail()).isEqualTo(HoldEnd.ALIVE);
                            assertThat(hold.peer()).isEqualTo(HoldPeer.COURIER);
                            assertThat(hold.target()).isEqualTo(new TargetId("courier:test"));
                            assertThat(hold.port()).isEqualTo(port);
                        })
                        .extracting(Hold::planned)
                        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void theHelperIsHeldWithoutAnyPlan() throws Exception {
        try (LittleServer server = courier();
                Network network = Network.ofHost()) {
            HoldTarget helper = new HoldTarget(
                    new TargetId("helper:1"),
                    HoldPeer.HELPER,
                    "127.0.0.1",
                    server.socketAddress().getPort(),
                    "",
                    List.of("apns-security-v3"),
                    Optional.empty());
            HoldSettings settings = new HoldSettings(List.of(Duration.ofSeconds(1)), List.of(), Duration.ofMillis(10));
            try (Holding holding = Holding.start(settings, List.of(helper), network, Optional::empty, facts::add)) {
                assertThat(take().peer()).isEqualTo(HoldPeer.HELPER);
            }
        }
    }

    private static Plan plan(int port) {
        Target courier = new Target(
                new TargetId("courier:test"),
                "127.0.0.1",
                0,
                port,
                Transport.TCP,
                ProbeKind.COURIER,
                "courier.test",
                IdentityClass.APPLE_PRIVATE,
                List.of("apns-security-v3", ""),
                "",
                Set.of(),
                Set.of(),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
        return Plan.of("campus", new SegmentId("wifi"), List.of(courier), Plan.Settings.DEFAULT);
    }

    private Hold take() throws InterruptedException {
        Hold hold = facts.poll(60, TimeUnit.SECONDS);
        assertThat(hold).as("a hold ends within a minute").isNotNull();
        return hold;
    }

    /** Sends back what it gets, and hears a goodbye. */
    private LittleServer courier() throws Exception {
        return new LittleServer(LittleServer.tls(
                certificate.serverContext(),
                false,
                List.of("apns-security-v3"),
                socket -> LittleServer.copy(socket.getInputStream(), socket.getOutputStream())));
    }
}
