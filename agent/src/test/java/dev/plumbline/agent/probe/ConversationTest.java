package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.LittleNtp;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import io.netty.channel.EventLoop;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conversations that need more than a line of text from the other side. */
final class ConversationTest {
    /** Everybody here is expected to answer, even while classes are loaded: only a hang is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Network network;
    private static TestCertificate certificate;

    @BeforeAll
    static void open() {
        network = Network.ofHost();
        certificate = new TestCertificate("api.push.apple.com");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @ParameterizedTest
    @CsvSource({"true, 1, ours, 1", "false, 1, other, 1", "true, 0, ours, 0"})
    void aTimeServersPacketIsKeptAndItsOriginateTimestampCompared(
            boolean repeats, int stratum, String originate, String seenStratum) throws IOException {
        try (LittleNtp ntp = new LittleNtp(repeats, stratum)) {
            Exchange exchange = hold(ProbeKind.NTP, Transport.UDP, ntp.socketAddress());
            assertThat(exchange.failure().isNone()).isTrue();
            assertThat(exchange.headers())
                    .containsEntry("mode", "4")
                    .containsEntry("originate", originate)
                    .containsEntry("stratum", seenStratum);
            assertThat(exchange.bodyStart().size()).isEqualTo(48);
        }
    }

    @Test
    void theProviderApiIsAskedOverHttp2AndItsReasonKept() throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.tls(
                certificate.serverContext(), true, List.of("h2"), ConversationTest::refuseOverHttp2))) {
            Exchange exchange = hold(ProbeKind.PROVIDER_API, Transport.TCP, server.socketAddress());
            assertThat(exchange.protocol()).isEqualTo("h2");
            assertThat(exchange.status()).isEqualTo(403);
            assertThat(exchange.headers()).containsEntry("apns-id", "0");
            assertThat(exchange.bodyStart().latin1()).isEqualTo("{\"reason\":\"MissingProviderToken\"}");
        }
    }

    @Test
    void anHttp2ServerThatLeavesAfterItsGreetingIsClosedAndNotSilent() throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.tls(
                certificate.serverContext(), false, List.of("h2"), socket -> frame(socket, 4, 0, 0, new byte[0])))) {
            Exchange exchange = hold(ProbeKind.PROVIDER_API, Transport.TCP, server.socketAddress());
            assertThat(exchange.failure().kind()).isIn(FailureKind.EXCHANGE_CLOSED, FailureKind.EXCHANGE_RESET);
        }
    }

    @Test
    void aProxyThatSpeaksOnlyHttp1IsAskedInItsOwnTongue() throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.tls(
                certificate.serverContext(),
                false,
                List.of("http/1.1"),
                LittleServer.says("HTTP/1.1 502 Bad Gateway\r\nVia: 1.1 proxy\r\nContent-Length: 0\r\n\r\n")))) {
            Exchange exchange = hold(ProbeKind.PROVIDER_API, Transport.TCP, server.socketAddress());
            assertThat(exchange.protocol()).isEqualTo("HTTP/1.1");
            assertThat(exchange.status()).isEqualTo(502);
            assertThat(exchange.headers()).containsEntry("via", "1.1 proxy");
        }
    }

    /** RFC 9113 by hand: greeting, then for the first request :status 403 and apns-id as literals, and a body. */
    private static void refuseOverHttp2(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        frame(socket, 4, 0, 0, new byte[0]);
        int type = -1;
        int stream = 0;
        while (type != 0) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            type = in.readUnsignedByte();
            in.readUnsignedByte();
            stream = in.readInt();
            in.readNBytes(length);
        }
        frame(socket, 1, 4, stream, concat(literal(":status", "403"), literal("apns-id", "0")));
        frame(socket, 0, 1, stream, "{\"reason\":\"MissingProviderToken\"}".getBytes(StandardCharsets.US_ASCII));
        in.readNBytes(1 << 20);
    }

    private static void frame(Socket socket, int type, int flags, int stream, byte[] payload) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private static byte[] literal(String name, String value) {
        byte[] n = name.getBytes(StandardCharsets.US_ASCII);
        byte[] v = value.getBytes(StandardCharsets.US_ASCII);
        return concat(concat(new byte[] {0, (byte) n.length}, n), concat(new byte[] {(byte) v.length}, v));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Exchange hold(ProbeKind kind, Transport transport, InetSocketAddress remote) {
        EventLoop loop = network.loops().next();
        Target target = target(kind, transport);
        CompletableFuture<Connection> connecting = transport.equals(Transport.TCP)
                ? network.connector().tcp(loop, remote, PATIENCE)
                : network.connector().udp(loop, remote);
        return connecting
                .thenComposeAsync(
                        connection -> Probes.conversation(kind)
                                .hold(new Talk(
                                        target,
                                        "api.push.apple.com",
                                        remote,
                                        connection.channel().orElseThrow(),
                                        network,
                                        loop,
                                        false,
                                        network.ticker().nanos() + PATIENCE.toNanos())),
                        loop)
                .join()
                .exchange()
                .orElseThrow();
    }

    private static Target target(ProbeKind kind, Transport transport) {
        boolean tls = kind.seesCertificate();
        return new Target(
                new TargetId("target"),
                "api.push.apple.com",
                0,
                443,
                transport,
                kind,
                "api.push.apple.com",
                tls ? IdentityClass.PUBLIC : IdentityClass.NONE,
                tls ? List.of("h2,http/1.1") : List.of(),
                "",
                Set.of(Service.APNS),
                Set.of(Role.MDM_SERVER),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
