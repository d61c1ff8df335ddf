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
            Connection connection = connect(Dialer.direct(), (InetSocketAddress) server.getLocalSocketAddress());
            assertThat(connection.failure().isNone()).isTrue();
            assertThat(connection.local().address()).isEqualTo("127.0.0.1");
            assertThat(connection.local().port()).isPositive();
            assertThat(connection.synRoundTrip().isZero()).isEqualTo(!loops.isEpoll());
            connection.close();
        }
    }

    @Test
    void aClosedPortIsAReset() throws IOException {
        Connection connection = connect(Dialer.direct(), Listeners.closed());
        assertThat(connection.failure().kind()).isEqualTo(FailureKind.CONNECT_RESET);
        assertThat(connection.elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aDroppedSynIsSilenceAfterTheTimeOutAndStillHasItsLocalPort() throws IOException {
        try (Listeners.Silent silent = Listeners.silent()) {
            Connection connection = connect(Dialer.direct(), silent.socketAddress());
            assertThat(connection.failure().kind()).isEqualTo(FailureKind.CONNECT_SILENT);
            assertThat(connection.elapsed()).isBetween(Duration.ofMillis(450), Duration.ofSeconds(3));
            assertThat(connection.local().port()).isPositive();
        }
    }

    @Test
    void theFactSpeaksOfTheAddressBeforeItWasTranslated() throws IOException {
        InetSocketAddress apple = new InetSocketAddress(InetAddress.getByName("17.57.144.10"), 5223);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Connection connection = connect(address -> (InetSocketAddress) server.getLocalSocketAddress(), apple);
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
                    .tcp(loops.next(), (InetSocketAddress) server.getLocalSocketAddress(), Duration.ofSeconds(2))
                    .join();
            assertThat(connection.local().address()).isEqualTo("127.0.0.9");
            connection.close();
        }
    }

    private static Connection connect(Dialer dialer, InetSocketAddress remote) {
        return new Connector(loops, dialer, List.of(), Ticker.system())
                .tcp(loops.next(), remote, Duration.ofMillis(500))
                .join();
    }
}
