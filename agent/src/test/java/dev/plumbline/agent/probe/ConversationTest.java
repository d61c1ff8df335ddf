package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.LittleHttp2;
import dev.plumbline.agent.net.LittleNtp;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conversations that need more than a line of text from the other side. */
final class ConversationTest {
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
            assertThat(exchange.seen())
                    .containsEntry("mode", "4")
                    .containsEntry("originate", originate)
                    .containsEntry("stratum", seenStratum);
            assertThat(exchange.bodyStart().size()).isEqualTo(48);
        }
    }

    @Test
    void theProviderApiIsAskedOverHttp2AndItsReasonKept() throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.tls(
                certificate.serverContext(),
                true,
                List.of("h2"),
                LittleHttp2.answers(asked ->
                        new LittleHttp2.Reply(403, "apns-id", "0", "{\"reason\":\"MissingProviderToken\"}"))))) {
            Exchange exchange = hold(ProbeKind.PROVIDER_API, Transport.TCP, server.socketAddress());
            assertThat(exchange.protocol()).isEqualTo("h2");
            assertThat(exchange.status()).isEqualTo(403);
            assertThat(exchange.headers()).containsEntry("apns-id", "0");
            assertThat(exchange.bodyStart().latin1()).isEqualTo("{\"reason\":\"MissingProviderToken\"}");
        }
    }

    @Test
    void anHttp2ServerThatLeavesAfterItsGreetingIsClosedAndNotSilent() throws IOException {
        try (LittleServer server = new LittleServer(
                LittleServer.tls(certificate.serverContext(), false, List.of("h2"), LittleHttp2::greet))) {
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

    private static Exchange hold(ProbeKind kind, Transport transport, InetSocketAddress remote) {
        return Talks.hold(network, kind, transport, remote);
    }
}
