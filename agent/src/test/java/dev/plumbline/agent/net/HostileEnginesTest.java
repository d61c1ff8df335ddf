package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.hostile.CapturedLog;
import dev.plumbline.agent.hostile.Hostile;
import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.agent.hostile.HostileServer;
import dev.plumbline.agent.hostile.Leaks;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.FailureKind;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The JDK's TLS, which an agent falls back to where the native library does not load, with servers that are hostile before or in
 * the handshake. It takes some floods for as long as they last, which is until the deadline. The native one meets them with every
 * kind of probe.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileEnginesTest {
    private static final Duration NEAR = Duration.ofSeconds(3);
    private static final Duration FAR = Duration.ofSeconds(60);
    private static final int MOST_KEPT = 256 << 10;

    private record Siege(Hostile hostile, HostileServer server, CompletableFuture<Secured> secured) {}

    @Test
    void everyHandshakeEndsWithAKindOfFailureAndNothingIsLogged() throws Exception {
        Loops loops = Loops.open();
        Handshaker handshaker = new Handshaker(new TlsContexts(SslProvider.JDK), Ticker.system());
        assertThat(handshaker.engine()).startsWith("JDK ");
        try (CapturedLog log = CapturedLog.open()) {
            List<Siege> sieges = new ArrayList<>();
            for (Hostile hostile : Hostile.all()) {
                if (hostile.layer() == Layer.TCP || hostile.layer() == Layer.TLS) {
                    sieges.add(begun(hostile, loops, handshaker));
                }
            }
            assertThat(sieges).hasSizeGreaterThan(20);
            for (Siege siege : sieges) {
                try (HostileServer server = siege.server()) {
                    assertStands(siege);
                }
            }
            Leaks.report();
            assertThat(log.said()).isEmpty();
        } finally {
            loops.close();
        }
    }

    private static Siege begun(Hostile hostile, Loops loops, Handshaker handshaker) throws IOException {
        HostileServer server = hostile.open(manner -> manner);
        io.netty.channel.EventLoop loop = loops.next();
        CompletableFuture<Secured> secured = new Connector(loops, Dialer.direct(), List.of(), Ticker.system())
                .tcp(loop, server.socketAddress(), FAR)
                .thenComposeAsync(
                        connection -> connection
                                .channel()
                                .map(channel -> handshaker.secure(channel, "hostile.test", List.of("h2"), NEAR))
                                .orElseGet(() -> CompletableFuture.failedFuture(
                                        new IOException(connection.failure().toString()))),
                        loop);
        return new Siege(hostile, server, secured);
    }

    private static void assertStands(Siege siege) throws Exception {
        CompletableFuture<Secured> ended = siege.secured().handle((secured, refused) -> secured);
        Secured secured = ended.get(FAR.toSeconds() * 2, TimeUnit.SECONDS);
        if (secured == null) {
            // A reset may come before this host has seen its own connection stand.
            assertThat(siege.hostile().name()).isIn("a reset at once", "an end at once");
            return;
        }
        Channel channel = secured.channel();
        FailureKind kind = secured.handshake().failure().kind();
        assertThat(kind.name())
                .as(siege.hostile().name())
                .matches(siege.hostile().ends().contains(FailureKind.NONE) ? "NONE|TLS_.*" : "TLS_.*");
        assertThat(secured.evidence().stream()
                        .mapToInt(piece -> piece.content().size())
                        .sum())
                .as(siege.hostile().name())
                .isLessThan(MOST_KEPT);
        channel.close().await(FAR.toSeconds(), TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isFalse();
    }
}
