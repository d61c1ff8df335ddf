package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ConnectorTest {
    /** For who is expected to answer: only a hang is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration SILENCE = Duration.ofMillis(500);
    private static Loops loops;

    @BeforeAll
    static void open() {
        loops = Loops.open(1);
    }

    @AfterAll
    static void close() {
        loops.close();
    }

    @Test
    void anOpenPortGivesBothEndsAndTheKernelsRoundTrip() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Connection connection =
                    connect(Dialer.direct(), (InetSocketAddress) server.getLocalSocketAddress(), PATIENCE);
            assertThat(connection.failure().isNone()).isTrue();
            assertThat(connection.local().address()).isEqualTo("127.0.0.1");
            assertThat(connection.local().port()).isPositive();
            assertThat(connection.synRoundTrip().isZero()).isEqualTo(!loops.isEpoll());
            connection.close();
        }
    }

    @Test
    void aClosedPortIsAReset() throws IOException {
        try (Listeners.Closed closed = Listeners.closed()) {
            Connection connection = connect(Dialer.direct(), closed.socketAddress(), PATIENCE);
            assertThat(connection.failure().kind()).isEqualTo(FailureKind.CONNECT_RESET);
            assertThat(connection.elapsed()).isLessThan(PATIENCE);
        }
    }

    @Test
    void aDroppedSynIsSilenceAfterTheTimeOutAndStillHasItsLocalPort() throws IOException {
        try (Listeners.Silent silent = Listeners.silent()) {
            Connection connection = connect(Dialer.direct(), silent.socketAddress(), SILENCE);
            assertThat(connection.failure().kind()).isEqualTo(FailureKind.CONNECT_SILENT);
            // Left to itself the kernel would go on for two minutes.
            assertThat(connection.elapsed()).isBetween(Duration.ofMillis(450), PATIENCE);
            assertThat(connection.local().port()).isPositive();
        }
    }

    @Test
    void theFactSpeaksOfTheAddressBeforeItWasTranslated() throws IOException {
        InetSocketAddress apple = new InetSocketAddress(InetAddress.getByName("17.57.144.10"), 5223);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Connection connection =
                    connect(address -> (InetSocketAddress) server.getLocalSocketAddress(), apple, PATIENCE);
            assertThat(connection.failure().isNone()).isTrue();
            assertThat(connection.remote()).isEqualTo(apple);
            connection.close();
        }
    }

    @Test
    void aSourceAddressIsUsedForItsFamily() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Connector connector =
                    new Connector(loops, Dialer.direct(), List.of(InetAddress.getByName("127.0.0.9")), Ticker.system());
            Connection connection = connector
                    .tcp(loops.next(), (InetSocketAddress) server.getLocalSocketAddress(), PATIENCE)
                    .join();
            assertThat(connection.local().address()).isEqualTo("127.0.0.9");
            connection.close();
        }
    }

    private static Connection connect(Dialer dialer, InetSocketAddress remote, Duration timeout) {
        return new Connector(loops, dialer, List.of(), Ticker.system())
                .tcp(loops.next(), remote, timeout)
                .join();
    }
}
