package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ZoneTest {
    private static final int LARGEST_PLAIN_DATAGRAM = 512;
    private static final List<HostEntry> MORE = List.of(
            new HostEntry("albert.apple.com", 443, HostKind.HTTPS),
            new HostEntry("mesu.apple.com", 443, HostKind.HTTPS),
            new HostEntry("s.mzstatic.com", 443, HostKind.HTTPS),
            new HostEntry("captive.apple.com", 443, HostKind.HTTPS));

    private final Zone zone = AppleZone.of(MORE, true);

    @Test
    void aHostWithoutIpv6PlaysACampusWithoutIpv6() {
        Zone ipv4Only = AppleZone.of(MORE, false);
        for (String name : List.of("7-courier.push.apple.com", "time.apple.com", "albert.apple.com")) {
            assertThat(ipv4Only.resolve(name)).isNotEmpty().noneMatch(Inet6Address.class::isInstance);
            assertThat(zone.resolve(name)).anyMatch(Inet6Address.class::isInstance);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            albert.apple.com, 17.179.
            mesu.apple.com,   17.253.
            s.mzstatic.com,   23.62.
            api.push.apple.com, 17.188.143.
            """)
    void aHostLivesInTheNetworkOfItsKind(String name, String network) {
        assertThat(zone.resolve(name))
                .filteredOn(a -> !(a instanceof Inet6Address))
                .isNotEmpty()
                .allMatch(a -> a.getHostAddress().startsWith(network));
    }

    @Test
    void anEntryForAKnownNameAddsThePortAtTheSameAddress() {
        InetAddress address = zone.resolve("captive.apple.com").get(0);
        Machine machine = zone.machine(address).orElseThrow();
        assertThat(machine.on(80)).containsExactly(HostKind.HTTP);
        assertThat(machine.on(443)).containsExactly(HostKind.HTTPS);
        assertThat(machine.on(22)).isEmpty();
    }

    @Test
    void fiftyCouriersShareFortyAddresses() {
        long addresses = IntStream.rangeClosed(1, 50)
                .boxed()
                .flatMap(n -> zone.resolve(n + "-courier.push.apple.com").stream())
                .filter(a -> !(a instanceof Inet6Address))
                .distinct()
                .count();
        assertThat(addresses).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(ints = {DnsQuestion.A, DnsQuestion.AAAA})
    void theLongestAnswerFitsAPlainDatagram(int type) {
        DnsQuestion question = DnsQuestion.parse(DnsClient.query("50-courier.push.apple.com", type))
                .orElseThrow();
        assertThat(Answers.truth(zone, question)).hasSizeLessThanOrEqualTo(LARGEST_PLAIN_DATAGRAM);
    }

    @Test
    void bytesThatAreNoQuestionAreNone() {
        byte[] query = DnsClient.query("apple.com", DnsQuestion.A);
        for (int length = 0; length < query.length; length++) {
            assertThat(DnsQuestion.parse(Arrays.copyOf(query, length)))
                    .as("%s bytes", length)
                    .isEmpty();
        }
        assertThat(DnsQuestion.parse(query)).isPresent();
        query[2] |= (byte) 0x80;
        assertThat(DnsQuestion.parse(query)).as("a response").isEmpty();
    }
}
