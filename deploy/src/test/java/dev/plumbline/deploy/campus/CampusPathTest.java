package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CampusPathTest {
    private static final String COURIER = "17.57.144.10";
    private static final String COURIER_IPV6 = "2620:149:a44:300::a";
    private static final String API = "17.188.143.10";
    /** A busy host may answer late, and silence ends by nothing else: each has a patience of its own. */
    private static final int PATIENCE_FOR_AN_ANSWER = 30_000;

    private static final int PATIENCE_FOR_SILENCE = 300;

    private static Campus campus;
    private CampusSegment segment;

    @BeforeAll
    static void start() throws Exception {
        campus = Campus.start();
    }

    @AfterAll
    static void stop() {
        campus.close();
    }

    @BeforeEach
    void enter(TestInfo test) {
        segment = campus.segment(test.getDisplayName());
    }

    /** open, refused or silent. */
    private String knock(String address, int port) throws IOException {
        return knock(address, port, PATIENCE_FOR_AN_ANSWER);
    }

    private String knock(String address, int port, int patienceMillis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(segment.translate(new InetSocketAddress(Block.address(address), port)), patienceMillis);
            return "open";
        } catch (SocketTimeoutException e) {
            return "silent";
        } catch (ConnectException e) {
            return "refused";
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            17.57.144.10,        5223, open
            17.57.144.10,        443,  open
            17.57.144.10,        5224, refused
            2620:149:a44:300::a, 5223, open
            17.188.143.10,       2197, open
            17.188.143.10,       443,  open
            17.188.143.10,       5223, refused
            17.179.252.9,        22,   open
            192.0.2.1,           443,  silent
            """)
    void withoutAFaultAPortIsWhatItsHostMakesOfIt(String address, int port, String seen) throws Exception {
        int patience = seen.equals("silent") ? PATIENCE_FOR_SILENCE : PATIENCE_FOR_AN_ANSWER;
        assertThat(knock(address, port, patience)).isEqualTo(seen);
    }

    @Test
    void aDroppedPortIsSilentForEveryClientInBothFamilies() throws Exception {
        segment.apply(Fault.drop(Match.port(5223)));
        for (int i = 0; i < 4; i++) {
            assertThat(knock(COURIER, 5223, PATIENCE_FOR_SILENCE)).isEqualTo("silent");
            assertThat(knock(COURIER_IPV6, 5223, PATIENCE_FOR_SILENCE)).isEqualTo("silent");
        }
        assertThat(knock(COURIER, 443)).isEqualTo("open");
    }

    @Test
    void aResetPortRefusesAtOnce() throws Exception {
        segment.apply(Fault.reset(Match.port(5223)));
        assertThat(knock(COURIER, 5223)).isEqualTo("refused");
        assertThat(knock(COURIER_IPV6, 5223)).isEqualTo("refused");
        assertThat(knock(COURIER, 443)).isEqualTo("open");
    }

    @Test
    void aRuleForAFamilyLeavesTheOtherAlone() throws Exception {
        segment.apply(Fault.drop(Match.all().ipv6()));
        assertThat(knock(COURIER_IPV6, 5223, PATIENCE_FOR_SILENCE)).isEqualTo("silent");
        assertThat(knock(COURIER, 5223)).isEqualTo("open");
    }

    @Test
    void aRuleForAnAddressBlockLeavesOtherCouriersAlone() throws Exception {
        segment.apply(Fault.drop(Match.port(5223).within("17.57.144.12/30")));
        assertThat(knock("17.57.144.12", 5223, PATIENCE_FOR_SILENCE)).isEqualTo("silent");
        assertThat(knock(COURIER, 5223)).isEqualTo("open");
    }

    @Test
    void aRuleForANameTakesEveryAddressBehindIt() throws Exception {
        segment.apply(Fault.drop(Match.all().named("api.push.apple.com")));
        assertThat(knock(API, 443, PATIENCE_FOR_SILENCE)).isEqualTo("silent");
        assertThat(knock("17.188.143.17", 2197, PATIENCE_FOR_SILENCE)).isEqualTo("silent");
        assertThat(knock("17.188.168.20", 443)).isEqualTo("open");
    }

    @Test
    void theEarlierOfTwoRulesForOneDestinationWins() throws Exception {
        segment.apply(Fault.reset(Match.port(443)));
        segment.apply(Fault.drop(Match.all()));
        assertThat(knock(COURIER, 443)).isEqualTo("refused");
        assertThat(knock(COURIER, 5223, PATIENCE_FOR_SILENCE)).isEqualTo("silent");
    }

    @Test
    void aFaultOfOneSegmentIsNotSeenOnAnotherAndEndsWhenItIsCleared() throws Exception {
        segment.apply(Fault.drop(Match.all()));
        InetSocketAddress courier = new InetSocketAddress(Block.address(COURIER), 5223);
        assertThat(campus.segment("untouched").translate(courier)).isNotEqualTo(segment.translate(courier));
        segment.clear();
        assertThat(knock(COURIER, 5223)).isEqualTo("open");
    }

    @Test
    void aStalledPortAcceptsAndNeverSaysAnything() throws Exception {
        segment.apply(Fault.stall(Match.port(5223)));
        InetSocketAddress where = segment.translate(new InetSocketAddress(Block.address(COURIER), 5223));
        try (Socket socket = new Socket(where.getAddress(), where.getPort())) {
            socket.setSoTimeout(PATIENCE_FOR_SILENCE);
            socket.getOutputStream().write(new byte[] {22, 3, 1});
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aDroppedDatagramDisappears() throws Exception {
        segment.apply(Fault.drop(Match.port(123)));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(segment.translate(new InetSocketAddress(Block.address("17.253.108.125"), 123)));
            socket.setSoTimeout(PATIENCE_FOR_SILENCE);
            socket.send(new DatagramPacket(new byte[48], 48));
            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[48], 48)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void loopbackStaysWhatItIsSoThatACollectorRemainsReachable() {
        segment.apply(Fault.drop(Match.all()));
        InetSocketAddress collector = new InetSocketAddress(Block.address("127.0.0.1"), 50051);
        assertThat(segment.translate(collector)).isEqualTo(collector);
    }

    @Test
    void everythingIsPlayedOnLoopbackAbovePort1023() {
        for (String address : List.of(COURIER, COURIER_IPV6, API, "192.0.2.1")) {
            InetSocketAddress where = segment.translate(new InetSocketAddress(Block.address(address), 443));
            assertThat(where.getAddress().isLoopbackAddress()).isTrue();
            assertThat(where.getPort()).isGreaterThan(1023);
        }
    }

    @Test
    void aNameThatWasNotAskedForIsRefusedWithASentence() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("api.push.apple.com", 443);
        assertThatThrownBy(() -> segment.translate(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not resolved");
    }
}
