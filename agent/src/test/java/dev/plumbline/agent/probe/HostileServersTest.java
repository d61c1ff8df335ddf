package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.plumbline.agent.hostile.CapturedLog;
import dev.plumbline.agent.hostile.Hostile;
import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.agent.hostile.HostileDatagrams;
import dev.plumbline.agent.hostile.Leaks;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** One siege of a kind by a server, not begun yet. */
    private record Pair(String name, boolean lasts, Set<FailureKind> ends, Callable<Siege> siege) {
        Siege begin() {
            try {
                return siege.call();
            } catch (Exception e) {
                throw new IllegalStateException("no port for the test", e);
            }
        }
    }

    /** One test for each server, and one for what was logged meanwhile. */
    private Stream<DynamicTest> besiege(ProbeKind kind) {
        CapturedLog log = CapturedLog.open();
        List<Pair> pairs = pairs(kind, Ground.of(kind));
        // Those that last until their near deadline are begun at once, and looked at when the others are through.
        List<Pair> lasting = pairs.stream().filter(Pair::lasts).toList();
        List<Siege> begun = lasting.stream().map(Pair::begin).toList();
        Ahead rest = new Ahead(pairs.stream().filter(pair -> !pair.lasts()).toList());
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < rest.pairs.size(); i++) {
            int number = i;
            tests.add(stands(kind, rest.pairs.get(i), () -> rest.begun(number)));
        }
        for (int i = 0; i < lasting.size(); i++) {
            Siege siege = begun.get(i);
            tests.add(stands(kind, lasting.get(i), () -> siege));
        }
        tests.add(dynamicTest("nothing is logged and nothing leaks", () -> {
            Leaks.report();
            log.close();
            assertThat(log.said()).isEmpty();
        }));
        return tests.stream();
    }

    /** Begins a few sieges before they are looked at: each of them waits for the network more than for a processor. */
    private static final class Ahead {
        private static final int MOST = 4;

        private final List<Pair> pairs;
        private final Map<Integer, Siege> begun = new HashMap<>();

        Ahead(List<Pair> pairs) {
            this.pairs = pairs;
        }

        Siege begun(int number) {
            for (int i = number; i < Math.min(number + MOST, pairs.size()); i++) {
                begun.computeIfAbsent(i, next -> pairs.get(next).begin());
            }
            return Objects.requireNonNull(begun.get(number));
        }
    }

    private List<Pair> pairs(ProbeKind kind, Ground ground) {
        List<Pair> pairs = new ArrayList<>();
        for (Hostile hostile : Hostile.all()) {
            if (ground.layers().contains(hostile.layer())) {
                pairs.add(new Pair(
                        hostile.name(),
                        hostile.lasts(),
                        ground == Ground.CONNECTION ? CONNECTED_OR_NOT : hostile.ends(),
                        () -> besieged.probe(
                                kind,
                                Transport.TCP,
                                hostile.open(underlay(ground, hostile.layer())),
                                hostile.lasts())));
            }
        }
        if (ground == Ground.DATAGRAMS || ground == Ground.QUIC) {
            for (HostileDatagrams hostile : HostileDatagrams.all()) {
                boolean lasts = hostile.lasts() || ground == Ground.QUIC;
                pairs.add(new Pair(
                        hostile.name(),
                        lasts,
                        hostile.ends(),
                        () -> besieged.probe(kind, Transport.UDP, hostile.open(), lasts)));
            }
        }
        return pairs;
    }

    private static DynamicTest stands(ProbeKind kind, Pair pair, Callable<Siege> begun) {
        return dynamicTest(pair.name(), () -> {
            try (Siege ended = begun.call().ended()) {
                assertEnds(ended, pair.ends(), pair.lasts());
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
