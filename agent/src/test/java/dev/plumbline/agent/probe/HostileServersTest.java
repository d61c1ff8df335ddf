package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.plumbline.agent.hostile.CapturedLog;
import dev.plumbline.agent.hostile.Hostile;
import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.agent.hostile.HostileDatagrams;
import dev.plumbline.agent.hostile.HostileServer;
import dev.plumbline.agent.hostile.Leaks;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of every kind of probe with servers that mean it harm: it ends, by itself or at its deadline, with a failure
 * kind or an answer that proves nothing; it takes and keeps a bounded number of bytes; and nothing is logged, leaks included.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileServersTest {
    /** More than any probe wants, besides what the kernel buffers on both ends of a connection. */
    private static final long MOST_WRITTEN = 32L << 20;

    /** A reset may come before this host has seen its own connection stand. */
    private static final Set<FailureKind> CONNECTED_OR_NOT = Set.of(FailureKind.NONE, FailureKind.CONNECT_RESET);

    private TestCertificate certificate;
    private Besieged besieged;

    @BeforeAll
    void open() {
        certificate = new TestCertificate(Besieged.NAME);
        besieged = new Besieged();
    }

    @AfterAll
    void close() {
        besieged.close();
    }

    @TestFactory
    Stream<DynamicNode> everyKindStandsEveryServer() {
        return Arrays.stream(ProbeKind.values()).map(kind -> dynamicContainer(kind.word(), besiege(kind)));
    }

    /** One test for each server, and one for what was logged meanwhile. */
    private Stream<DynamicTest> besiege(ProbeKind kind) {
        CapturedLog log = CapturedLog.open();
        Ground ground = Ground.of(kind);
        List<DynamicTest> tests = new ArrayList<>();
        for (Hostile hostile : Hostile.all()) {
            if (ground.layers().contains(hostile.layer())) {
                tests.add(stands(kind, ground, hostile));
            }
        }
        if (ground == Ground.DATAGRAMS || ground == Ground.QUIC) {
            boolean handshake = ground == Ground.QUIC;
            HostileDatagrams.all().forEach(hostile -> tests.add(stands(kind, hostile, hostile.lasts() || handshake)));
        }
        tests.add(dynamicTest("nothing is logged and nothing leaks", () -> {
            Leaks.report();
            log.close();
            assertThat(log.said()).isEmpty();
        }));
        return tests.stream();
    }

    /** Those that last are met beside each other; the rest one after the other, so that none makes another's time-out lie. */
    private DynamicTest stands(ProbeKind kind, Ground ground, Hostile hostile) {
        Callable<Siege> siege = () -> {
            HostileServer server = hostile.open(underlay(ground, hostile.layer()));
            return besieged.probe(kind, Transport.TCP, server, hostile.lasts());
        };
        Callable<Siege> begun = hostile.lasts() ? begun(siege) : siege;
        return dynamicTest(hostile.name(), () -> {
            try (Siege ended = begun.call().ended()) {
                assertEnds(ended, ground == Ground.CONNECTION ? CONNECTED_OR_NOT : hostile.ends(), hostile.lasts());
                ended.assertBounded();
                ended.assertProvesNothing(kind);
                assertThat(ended.written()).isLessThan(MOST_WRITTEN);
            }
        });
    }

    /** On a busy machine a near deadline may strike before the hostile part begins. */
    private static void assertEnds(Siege ended, Set<FailureKind> ends, boolean lasts) {
        assertThat(ended.failure())
                .matches(kind -> ends.contains(kind) || (lasts && kind.isSilence()), ends.toString());
    }

    private static Callable<Siege> begun(Callable<Siege> siege) {
        try {
            Siege begun = siege.call();
            return () -> begun;
        } catch (Exception e) {
            throw new IllegalStateException("no port for the test", e);
        }
    }

    private UnaryOperator<LittleServer.Manner> underlay(Ground ground, Layer layer) {
        return switch (layer) {
            case TCP, TLS, SSH -> manner -> manner;
            case HTTP ->
                manner -> ground == Ground.HTTP
                        ? manner
                        : LittleServer.tls(certificate.serverContext(), false, List.of("http/1.1"), manner);
            case HTTP2 -> manner -> LittleServer.tls(certificate.serverContext(), false, List.of("h2"), manner);
        };
    }

    private DynamicTest stands(ProbeKind kind, HostileDatagrams hostile, boolean lasts) {
        Callable<Siege> siege = () -> {
            HostileServer server = hostile.open();
            return besieged.probe(kind, Transport.UDP, server, lasts);
        };
        Callable<Siege> begun = lasts ? begun(siege) : siege;
        return dynamicTest(hostile.name(), () -> {
            try (Siege ended = begun.call().ended()) {
                assertEnds(ended, hostile.ends(), lasts);
                ended.assertBounded();
                ended.assertProvesNothing(kind);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasItsServers(ProbeKind kind) {
        Ground ground = Ground.of(kind);
        long servers = Hostile.all().stream()
                .filter(h -> ground.layers().contains(h.layer()))
                .count();
        assertThat(Set.of(Ground.NAMES, Ground.DATAGRAMS, Ground.QUIC).contains(ground) || servers > 5)
                .isTrue();
        assertThat(kind.seesCertificate()).isEqualTo(ground.layers().contains(Layer.TLS) || ground == Ground.QUIC);
        assertThat(kind.asksNamesOnly()).isEqualTo(ground == Ground.NAMES);
    }

    @Test
    void aLeakWouldBeSeen() throws InterruptedException {
        try (CapturedLog log = CapturedLog.open()) {
            for (int i = 0; i < 200; i++) {
                lose();
            }
            Leaks.report();
            assertThat(log.said()).anyMatch(line -> line.contains("LEAK"));
        }
    }

    private static void lose() {
        ByteBufAllocator.DEFAULT.heapBuffer(64).writeInt(1);
    }
}
