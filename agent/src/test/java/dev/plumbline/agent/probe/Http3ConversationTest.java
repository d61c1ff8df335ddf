package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.agent.hostile.CapturedLog;
import dev.plumbline.agent.hostile.Leaks;
import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleQuic;
import dev.plumbline.agent.net.LittleUdp;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.QuicHandshake;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.Transport;
import io.netty.handler.codec.quic.Quic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** QUIC as HTTP/3 begins it, with real servers and with boxes that stop a part of it. */
final class Http3ConversationTest {
    /** For what is expected to be silent. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static Network network;
    private static TestCertificate certificate;

    @BeforeAll
    static void open() {
        // Its library is published for some platforms only; without it the agent says "not measured".
        assumeTrue(Quic.isAvailable(), "this platform has a QUIC library");
        network = Network.ofHost();
        certificate = new TestCertificate(Talks.HOST);
    }

    @AfterAll
    static void close() {
        if (network != null) {
            network.close();
        }
    }

    private static Said said(InetSocketAddress remote, Duration patience) {
        return Talks.said(network, ProbeKind.HTTP3, Transport.UDP, remote, patience);
    }

    private static Handshake only(Said said) {
        assertThat(said.handshakes()).hasSize(1);
        return said.handshakes().get(0);
    }

    @Test
    void aHandshakeShowsWhoIsThereAndVersionsWereAskedForBefore() throws Exception {
        try (CapturedLog log = CapturedLog.open();
                LittleQuic server = new LittleQuic(certificate, "h3", version -> true)) {
            Said said = said(server.socketAddress(), Talks.PATIENCE);
            Handshake handshake = only(said);
            assertThat(handshake.failure().isNone()).isTrue();
            assertThat(handshake.serverName()).isEqualTo(Talks.HOST);
            assertThat(handshake.alpnOffered()).containsExactly("h3");
            assertThat(handshake.alpnSelected()).isEqualTo("h3");
            assertThat(handshake.version()).isEqualTo("TLSv1.3");
            assertThat(handshake.quic()).contains(new QuicHandshake(1, Optional.empty()));
            assertThat(handshake.firstFlight()).isPositive().isLessThanOrEqualTo(handshake.elapsed());
            assertThat(handshake.certificates())
                    .containsExactly(
                            Sha256.of(certificate.chain().get(0).getEncoded()),
                            Sha256.of(certificate.authority().getEncoded()));
            assertThat(said.evidence()).extracting(Evidence::hash).containsAll(handshake.certificates());
            assertThat(said.exchange().orElseThrow().failure().isNone()).isTrue();
            assertThat(said.exchange().orElseThrow().seen())
                    .containsEntry("connection-ids", "swapped")
                    .doesNotContainKey("handshake");
            Leaks.report();
            assertThat(log.said()).isEmpty();
        }
    }

    /** A session that is resumed shows no certificate, and who shows none proves nothing. */
    @Test
    void everyHandshakeWithOneServerIsWhole() {
        try (LittleQuic server = new LittleQuic(certificate, "h3", version -> true)) {
            for (int i = 0; i < 6; i++) {
                assertThat(only(said(server.socketAddress(), Talks.PATIENCE)).certificates())
                        .as("handshake " + i)
                        .hasSize(2);
            }
        }
    }

    @Test
    void aBoxThatStopsVersionOneLeavesVersionNegotiationAndSilence() {
        try (LittleQuic server = new LittleQuic(certificate, "h3", version -> version != 1)) {
            Said said = said(server.socketAddress(), SILENCE);
            Handshake handshake = only(said);
            assertThat(handshake.failure().kind()).isEqualTo(FailureKind.TLS_SILENT);
            assertThat(handshake.quic()).contains(new QuicHandshake(1, Optional.empty()));
            assertThat(handshake.firstFlight()).isZero();
            assertThat(said.exchange().orElseThrow().failure().isNone()).isTrue();
        }
    }

    @Test
    void aHandshakeIsMadeThoughVersionNegotiationIsStopped() {
        try (LittleQuic server = new LittleQuic(certificate, "h3", version -> version == 1)) {
            Said said = said(server.socketAddress(), SILENCE.multipliedBy(4));
            assertThat(only(said).failure().isNone()).isTrue();
            assertThat(said.exchange().orElseThrow().failure().kind()).isEqualTo(FailureKind.EXCHANGE_SILENT);
        }
    }

    @Test
    void aServerThatSpeaksAnotherProtocolRefusesWithAConnectionClose() {
        try (LittleQuic server = new LittleQuic(certificate, "not-h3", version -> true)) {
            Handshake handshake = only(said(server.socketAddress(), Talks.PATIENCE));
            assertThat(handshake.failure().kind()).isEqualTo(FailureKind.TLS_ALERT);
            assertThat(handshake.failure().detail()).isEqualTo("alert 120, CONNECTION_CLOSE 0x178");
            assertThat(handshake.quic().flatMap(QuicHandshake::close))
                    .contains(new QuicHandshake.Close(0x178, false, ""));
            assertThat(handshake.certificates()).isEmpty();
        }
    }

    @Test
    void aPortThatNobodyListensOnIsNoSilence() throws IOException {
        try (Listeners.Closed deaf = Listeners.deaf()) {
            Said said = said(deaf.socketAddress(), Talks.PATIENCE);
            assertThat(only(said).failure().kind()).isEqualTo(FailureKind.TLS_RESET);
            assertThat(said.exchange().orElseThrow().failure().kind()).isEqualTo(FailureKind.EXCHANGE_RESET);
        }
    }

    /** Whoever answers with a list of other versions speaks QUIC, but not this one (RFC 9000 §6.2). */
    @Test
    void aServerWithoutVersionOneIsNoHandshake() throws IOException {
        try (LittleUdp udp = new LittleUdp((question, number) -> List.of(versions(question)))) {
            Handshake handshake = only(said(udp.socketAddress(), SILENCE));
            assertThat(handshake.failure().isNone()).isFalse();
            assertThat(handshake.quic()).contains(new QuicHandshake(1, Optional.empty()));
        }
    }

    /** Version negotiation that offers version 2 alone; the ids' lengths are read, for each client has its own. */
    private static byte[] versions(byte[] question) {
        int destination = question[5];
        int source = question[6 + destination];
        byte[] answer = new byte[7 + destination + source + 4];
        answer[0] = (byte) 0x80;
        System.arraycopy(question, 6 + destination, answer, 5, 1 + source);
        System.arraycopy(question, 5, answer, 6 + source, 1 + destination);
        System.arraycopy(
                Bytes.of(new byte[] {0x6b, 0x33, 0x43, (byte) 0xcf}).toArray(), 0, answer, answer.length - 4, 4);
        return answer;
    }
}
