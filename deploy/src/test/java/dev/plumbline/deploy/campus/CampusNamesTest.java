package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.deploy.campus.DnsClient.Reply;
import dev.plumbline.deploy.campus.Fault.Damage;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CampusNamesTest {
    private static final int NOERROR = 0;
    private static final int NXDOMAIN = 3;
    private static final int AAAA = 28;
    private static final int TXT = 16;
    private static final String COURIER = "7-courier.push.apple.com";

    private static Campus campus;
    private CampusSegment segment;
    private DnsClient dns;

    @BeforeAll
    static void start() throws Exception {
        campus = Campus.start(List.of(
                new HostEntry("albert.apple.com", 443, HostKind.HTTPS),
                new HostEntry("{n}.pool.apple.com", 443, HostKind.HTTPS),
                new HostEntry("gateway.push.apple.com", 2195, HostKind.TCP),
                new HostEntry("dead.apple.com", 443, HostKind.ABSENT)));
    }

    @AfterAll
    static void stop() {
        campus.close();
    }

    @BeforeEach
    void enter(TestInfo test) {
        segment = campus.segment(test.getDisplayName());
        dns = new DnsClient(segment.resolver());
    }

    @Test
    void aCourierIsAnAliasToAPoolOfEightAddressesInApplesBlock() throws Exception {
        Reply reply = dns.udp(COURIER);
        assertThat(reply.code()).isEqualTo(NOERROR);
        assertThat(reply.of("CNAME")).hasSize(2).allMatch(n -> n.endsWith(".akadns.net"));
        assertThat(reply.of("A")).hasSize(8).allMatch(a -> a.startsWith("17.57."));
    }

    @Test
    void aCourierHasAddressesOfBothFamilies() throws Exception {
        assertThat(dns.udp(COURIER, AAAA, DnsClient.PATIENCE).of("AAAA"))
                .hasSize(8)
                .allMatch(a -> a.startsWith("2620:149:a44:"));
    }

    @Test
    void theNumberOfCouriersIsATextRecord() throws Exception {
        assertThat(dns.udp("push.apple.com", TXT, DnsClient.PATIENCE).of("TXT")).containsExactly("count=50");
    }

    @Test
    void tcpGivesTheSameAnswer() throws Exception {
        assertThat(dns.tcp(COURIER, DnsClient.PATIENCE)).isEqualTo(dns.udp(COURIER));
    }

    @Test
    void lettersOfTheQuestionMayBeOfAnyCase() throws Exception {
        assertThat(dns.udp("ALBERT.apple.COM").of("A")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            gateway.push.apple.com,   3, 0
            dead.apple.com,           3, 0
            k3v9x.push.apple.com,     3, 0
            courier.push.apple.com,   3, 0
            apple.com,                0, 0
            albert.apple.com,         0, 1
            50.pool.apple.com,        0, 1
            51.pool.apple.com,        3, 0
            portal.campus.example,    0, 1
            """)
    void aNameHasWhatItShouldHave(String name, int code, int addresses) throws Exception {
        Reply reply = dns.udp(name);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.of("A")).hasSize(addresses);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            NXDOMAIN, 3
            REFUSED,  5
            SERVFAIL, 2
            """)
    void aDamagedResolverAnswersWithItsCodeOverBothTransports(Damage damage, int code) throws Exception {
        segment.apply(Fault.dns(damage));
        assertThat(dns.udp(COURIER).code()).isEqualTo(code);
        assertThat(dns.tcp(COURIER, DnsClient.PATIENCE).code()).isEqualTo(code);
        assertThat(dns.udp(COURIER).answers()).isEmpty();
        segment.clear();
        assertThat(dns.udp(COURIER).code()).isEqualTo(NOERROR);
    }

    @Test
    void aResolverThatKnowsOnlyTheCampusStillKnowsTheCampus() throws Exception {
        segment.apply(Fault.dns(Damage.NXDOMAIN));
        assertThat(dns.udp("portal.campus.example").of("A")).containsExactly("10.20.0.1");
    }

    @Test
    void aFilterForOneSuffixLeavesOtherNamesAlone() throws Exception {
        segment.apply(Fault.dns(Damage.NXDOMAIN, "push.apple.com"));
        assertThat(dns.udp(COURIER).code()).isEqualTo(NXDOMAIN);
        assertThat(dns.udp("albert.apple.com").code()).isEqualTo(NOERROR);
    }

    @Test
    void damageOfOneSegmentIsNotSeenOnAnother() throws Exception {
        segment.apply(Fault.dns(Damage.NXDOMAIN));
        DnsClient other = new DnsClient(campus.segment("untouched").resolver());
        assertThat(dns.udp(COURIER).code()).isEqualTo(NXDOMAIN);
        assertThat(other.udp(COURIER).code()).isEqualTo(NOERROR);
    }

    @Test
    void aSilentResolverSaysNothing() {
        segment.apply(Fault.dns(Damage.SILENT));
        assertThatThrownBy(() -> dns.udp(COURIER, 1, 300)).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> dns.tcp(COURIER, 300)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aSlowResolverAnswersLateButRight() throws Exception {
        segment.apply(Fault.dnsSlow(Duration.ofMillis(400)));
        long start = System.nanoTime();
        assertThat(dns.udp(COURIER).of("A")).hasSize(8);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(390));
    }

    @Test
    void aTruncatingResolverSendsTheAskerToTcp() throws Exception {
        segment.apply(Fault.dns(Damage.TRUNCATED));
        assertThat(dns.udp(COURIER)).isEqualTo(new Reply(NOERROR, true, List.of()));
        assertThat(dns.tcp(COURIER, DnsClient.PATIENCE).of("A")).hasSize(8);
    }

    @Test
    void aTruncatingResolverWithoutTcpLeavesTheAskerWithNothing() throws Exception {
        segment.apply(Fault.dns(Damage.TRUNCATED_TCP_SILENT));
        assertThat(dns.udp(COURIER).truncated()).isTrue();
        assertThatThrownBy(() -> dns.tcp(COURIER, 300)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aSinkholeGivesOneAddressForEveryNameEvenOneThatDoesNotExist() throws Exception {
        segment.apply(Fault.dns(Damage.SINKHOLE));
        assertThat(dns.udp(COURIER).answers())
                .isEqualTo(dns.udp("k3v9x.example.net").answers())
                .containsExactly("A 10.20.0.99");
        assertThat(dns.udp(COURIER, AAAA, DnsClient.PATIENCE).of("AAAA")).containsExactly("fd00:20:0:0:0:0:0:99");
    }

    @Test
    void aHijackLeadsEveryNameToOneHostOutsideOfApple() throws Exception {
        segment.apply(Fault.dns(Damage.HIJACK));
        assertThat(dns.udp("albert.apple.com").answers()).containsExactly("A 203.0.113.66");
        assertThat(dns.udp("albert.apple.com", AAAA, DnsClient.PATIENCE).answers())
                .isEmpty();
    }

    @Test
    void aPublicResolverIsRedirectedToTheOneOfTheSegment() {
        assertThat(segment.translate(new InetSocketAddress(Block.address("8.8.8.8"), 53)))
                .isEqualTo(segment.resolver());
    }
}
