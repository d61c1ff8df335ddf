package dev.plumbline.agent.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.agent.hold.ForgetfulBox.Manner;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.TtlRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real connections over loopback, through a box that forgets them. */
@Timeout(120)
final class QuietConnectionTest {
    private static final String ALPN = "apns-security-v3";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofSeconds(2);
    private static final Duration LONGER = Duration.ofMinutes(10);

    private static Network network;
    private static TestCertificate certificate;

    @BeforeAll
    static void open() {
        network = Network.ofHost();
        certificate = new TestCertificate("courier.push.apple.com");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    /** The box forgets long before the write, or never; where the end comes by itself the write is never reached. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            COURIER, NEVER,           ALIVE,              true
            COURIER, SILENT,          SILENT_AFTER_WRITE, false
            COURIER, RST,             RESET,              false
            COURIER, FIN,             CLOSED,             false
            HELPER,  NEVER,           ALIVE,              true
            HELPER,  SILENT,          SILENT_AFTER_WRITE, false
            HELPER,  RST,             RESET,              false
            HELPER,  FIN,             CLOSED,             false
            HELPER,  RST_AFTER_WRITE, RESET_AFTER_WRITE,  false
            """)
    void whateverTheBoxDoesIsToldApart(HoldPeer peer, Manner manner, HoldEnd end, boolean answered) throws Exception {
        boolean byItself = end == HoldEnd.RESET || end == HoldEnd.CLOSED;
        Duration planned = byItself ? LONGER : BRIEF;
        Duration answer = end == HoldEnd.SILENT_AFTER_WRITE ? BRIEF : PATIENCE;
        try (LittleServer server = server(peer);
                ForgetfulBox box = new ForgetfulBox(server.socketAddress(), manner, Duration.ofMillis(500))) {
            Hold hold = hold(peer, box.socketAddress(), planned, answer);
            assertThat(hold.end()).as(hold.detail()).isEqualTo(end);
            assertThat(hold.answered()).isEqualTo(answered);
            assertThat(hold.remote().port()).isEqualTo(box.socketAddress().getPort());
            assertThat(hold.local().port()).isPositive();
            assertThat(hold.peer()).isEqualTo(peer);
            if (byItself) {
                assertThat(hold.idle()).isLessThan(planned);
            } else {
                assertThat(hold.idle()).isGreaterThanOrEqualTo(planned);
            }
        }
    }

    /**
     * A box that sends with another TTL than the peer is told from the peer itself. Of what the peer does while nobody
     * hears it only the RST in answer to the write is left.
     */
    @ParameterizedTest
    @CsvSource(textBlock = """
            NEVER,           0,   ALIVE,             1,  255
            RST,             200, RESET,             65, 255
            FIN,             200, CLOSED,            65, 255
            RST_AFTER_WRITE, 200, RESET_AFTER_WRITE, 65, 255
            RST,             0,   RESET_AFTER_WRITE, 1,  64
            RST_AFTER_WRITE, 0,   RESET_AFTER_WRITE, 1,  64
            """)
    void howFarAwayItWasEndedIsMeasured(Manner manner, int ttl, HoldEnd end, int least, int most) throws Exception {
        assumeThat(network.loops().isEpoll())
                .as("the distance is measured by options of Linux, which are set over epoll alone")
                .isTrue();
        try (LittleServer server = server(HoldPeer.HELPER);
                ForgetfulBox box = new ForgetfulBox(server.socketAddress(), manner, Duration.ofSeconds(5), ttl)) {
            Hold hold = located(box);
            // A busy host may not measure the distance; then it says nothing of it, and is asked again.
            for (int more = 0; more < 4 && end.isBySomebody() && !hold.endTtl().isMeasured(); more++) {
                hold = located(box);
            }
            assertThat(hold.end()).as(hold.detail()).isEqualTo(end);
            assertThat(hold.endTtl()).isEqualTo(new TtlRange(least, most));
        }
    }

    private static Hold located(ForgetfulBox box) {
        return QuietConnection.begin(
                        network,
                        target(HoldPeer.HELPER, box.socketAddress(), Optional.empty()),
                        Duration.ofSeconds(8),
                        new HoldTimes(PATIENCE, PATIENCE, Duration.ofMinutes(5)),
                        true)
                .ended()
                .join()
                .hold()
                .orElseThrow();
    }

    /** The kernel of a box may acknowledge the write before the box refuses it: then somebody lives there, and it is said. */
    @Test
    void aResetInAnswerToTheWriteToACourierIsABoxThatForgotUnlessTheWriteWasAcknowledged() throws Exception {
        try (LittleServer server = server(HoldPeer.COURIER);
                ForgetfulBox box =
                        new ForgetfulBox(server.socketAddress(), Manner.RST_AFTER_WRITE, Duration.ofMillis(500))) {
            Hold hold = hold(HoldPeer.COURIER, box.socketAddress(), BRIEF, PATIENCE);
            assertThat(hold.answered()).isFalse();
            assertThat(hold.idle()).isGreaterThanOrEqualTo(BRIEF);
            if (hold.end() == HoldEnd.ALIVE) {
                assertThat(hold.detail()).startsWith("the write was acknowledged, then the peer reset");
            } else {
                assertThat(hold.end()).as(hold.detail()).isEqualTo(HoldEnd.RESET_AFTER_WRITE);
            }
        }
    }

    @Test
    void aPeerThatOnlyAcknowledgesIsAlive() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (LittleServer server = new LittleServer(
                LittleServer.tls(certificate.serverContext(), false, List.of(ALPN), socket -> await(never)))) {
            Hold hold = hold(HoldPeer.COURIER, server.socketAddress(), BRIEF, PATIENCE);
            assertThat(hold.end()).as(hold.detail()).isEqualTo(HoldEnd.ALIVE);
            assertThat(hold.answered()).isFalse();
            assertThat(hold.detail()).contains("acknowledged");
        } finally {
            never.countDown();
        }
    }

    @Test
    void aPeerThatSaysGoodbyeWhileQuietWasQuietUntilThen() throws Exception {
        try (LittleServer server = new LittleServer(LittleServer.tls(
                certificate.serverContext(), false, List.of(ALPN), socket -> await(new CountDownLatch(1), 3)))) {
            Hold hold = hold(HoldPeer.COURIER, server.socketAddress(), LONGER, PATIENCE);
            assertThat(hold.end()).as(hold.detail()).isEqualTo(HoldEnd.CLOSED);
            assertThat(hold.idle()).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void anotherKeyThanThePinnedOneIsNotHeld() throws Exception {
        try (LittleServer server = server(HoldPeer.HELPER)) {
            HoldOutcome other =
                    outcome(HoldPeer.HELPER, server.socketAddress(), Optional.of(Sha256.of(new byte[] {1})));
            assertThat(other.hold()).isEmpty();
            assertThat(other.why()).contains("another key than the pinned one");
        }
    }

    @Test
    void aConnectionThatNeverStoodIsNoHold() throws Exception {
        InetSocketAddress nobody;
        try (LittleServer server = new LittleServer(LittleServer.silent())) {
            nobody = server.socketAddress();
        }
        assertThat(outcome(HoldPeer.COURIER, nobody, Optional.empty()).why()).contains("no connection to");
        try (LittleServer server = new LittleServer(LittleServer.resets())) {
            assertThat(outcome(HoldPeer.COURIER, server.socketAddress(), Optional.empty())
                            .why())
                    .contains("no TLS with");
        }
    }

    @Test
    void whoGivesUpGetsASentenceAndNoFact() throws Exception {
        try (LittleServer server = server(HoldPeer.COURIER)) {
            QuietConnection connection =
                    begin(target(HoldPeer.COURIER, server.socketAddress(), Optional.empty()), LONGER, PATIENCE);
            while (connection.quiet().isEmpty() && !connection.ended().isDone()) {
                Thread.onSpinWait();
            }
            connection.giveUp();
            HoldOutcome outcome = connection.ended().join();
            assertThat(outcome.hold()).isEmpty();
            assertThat(outcome.why()).contains("still open");
        }
    }

    private static LittleServer server(HoldPeer peer) throws IOException {
        return new LittleServer(LittleServer.tls(
                certificate.serverContext(),
                false,
                peer == HoldPeer.HELPER ? List.of() : List.of(ALPN),
                peer == HoldPeer.HELPER
                        ? socket -> LittleServer.copy(socket.getInputStream(), socket.getOutputStream())
                        : LittleServer.silent()));
    }

    private static void await(CountDownLatch latch) throws IOException {
        await(latch, PATIENCE.toSeconds());
    }

    private static void await(CountDownLatch latch, long seconds) throws IOException {
        try {
            latch.await(seconds, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException("the test is over", e);
        }
    }

    private static Hold hold(HoldPeer peer, InetSocketAddress at, Duration planned, Duration answer) {
        HoldOutcome outcome = begin(target(peer, at, Optional.empty()), planned, answer)
                .ended()
                .join();
        assertThat(outcome.why()).isEmpty();
        return outcome.hold().orElseThrow();
    }

    private static HoldOutcome outcome(HoldPeer peer, InetSocketAddress at, Optional<Sha256> pin) {
        return begin(target(peer, at, pin), BRIEF, PATIENCE).ended().join();
    }

    private static QuietConnection begin(HoldTarget target, Duration planned, Duration answer) {
        return QuietConnection.begin(network, target, planned, new HoldTimes(PATIENCE, answer, Duration.ofMinutes(5)));
    }

    private static HoldTarget target(HoldPeer peer, InetSocketAddress at, Optional<Sha256> pin) {
        return new HoldTarget(
                new TargetId("hold:" + at.getPort()),
                peer,
                at.getAddress().getHostAddress(),
                at.getPort(),
                "courier.push.apple.com",
                peer == HoldPeer.HELPER ? List.of() : List.of(ALPN),
                pin);
    }
}
