package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.FailureKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourcesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static Loops loops;

    @BeforeAll
    static void open() {
        loops = Loops.open(1);
    }

    @AfterAll
    static void close() {
        loops.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # source   | to            | failure             | because
            127.0.0.3  | 127.0.0.1     | NONE                |
            127.0.0.3  | 2001:db8::1   | NETWORK_UNREACHABLE | source 127.0.0.3 has no IPv6 address
            192.0.2.77 | 127.0.0.1     | LOCAL               | annot assign requested address
            """)
    void aSocketLeavesFromItsSourceOrNotAtAll(String source, String to, FailureKind kind, String because)
            throws Exception {
        try (LittleServer server = new LittleServer(LittleServer.silent())) {
            Connection connection = connect(
                    Sources.of(List.of(InetAddress.getByName(source))),
                    new InetSocketAddress(
                            InetAddress.getByName(to), server.socketAddress().getPort()));
            assertThat(connection.failure().kind()).isEqualTo(kind);
            assertThat(connection.failure().detail()).contains(because == null ? "" : because);
            if (kind == FailureKind.NONE) {
                assertThat(connection.local().address()).isEqualTo(source);
            }
            connection.close();
        }
    }

    @Test
    void anInterfaceStandsForTheAddressesThatItHas() throws Exception {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getName();
        Sources sources = Sources.ofInterface(loopback);
        assertThat(sources.isBound()).isTrue();
        assertThat(sources.now()).contains(InetAddress.getLoopbackAddress());
        assertThat(sources.now())
                .isSubsetOf(
                        Collections.list(NetworkInterface.getByName(loopback).getInetAddresses()));
        try (LittleServer server = new LittleServer(LittleServer.silent())) {
            Connection connection = connect(sources, server.socketAddress());
            assertThat(connection.local().address()).isEqualTo("127.0.0.1");
            connection.close();
        }
    }

    @Test
    void anInterfaceThatIsNotThereIsAFactAndNeverAnotherWay() throws Exception {
        Sources gone = Sources.ofInterface("no-such0");
        assertThat(gone.isBound()).isTrue();
        assertThat(gone.now()).isEmpty();
        try (LittleServer server = new LittleServer(LittleServer.silent())) {
            Connection connection = connect(gone, server.socketAddress());
            assertThat(connection.failure().kind()).isEqualTo(FailureKind.LOCAL);
            assertThat(connection.failure().detail()).isEqualTo("interface no-such0 has no address");
            assertThat(connection.local()).isEqualTo(Endpoint.NONE);
        }
    }

    @Test
    void twoSegmentsShareTheLoopsAndNotTheWayOut() throws UnknownHostException {
        try (Network host = Network.ofHost()) {
            Network two = host.leaving(leaving("127.0.0.2"));
            Network three = host.leaving(leaving("127.0.0.3"));
            assertThat(two.loops()).isSameAs(three.loops()).isSameAs(host.loops());
            assertThat(two.revocation()).isNotSameAs(three.revocation());
            assertThat(two.sources()).extracting(Endpoints::text).containsExactly("127.0.0.2");
            assertThat(three.sources()).extracting(Endpoints::text).containsExactly("127.0.0.3");
            assertThat(host.isBound()).isFalse();
        }
    }

    private static Leaving leaving(String source) throws UnknownHostException {
        return new Leaving(Sources.of(List.of(InetAddress.getByName(source))), List.of());
    }

    private static Connection connect(Sources sources, InetSocketAddress remote) {
        return new Connector(loops, Dialer.direct(), List.of(), Ticker.system())
                .leaving(sources)
                .tcp(loops.next(), remote, PATIENCE)
                .join();
    }
}
