package dev.plumbline.agent.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Dialer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.Environment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostEnvironmentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
               5 | 5000 | ''
            1999 | 5000 | ''
            2001 | 5000 | too busy
               5 |   20 | file handles
            """)
    void aSickHostSaysSoInASentence(long lagMillis, long freeHandles, String part) {
        String reason = HostEnvironment.unfitReason(Duration.ofMillis(lagMillis), Duration.ofSeconds(2), freeHandles);
        if (part.isEmpty()) {
            assertThat(reason).isEmpty();
        } else {
            assertThat(reason).contains(part);
        }
    }

    @Test
    void theHostNamesItsEngineItsPlatformAndItsResolvers() {
        InetSocketAddress resolver = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);
        try (Network network = Network.open(Dialer.direct(), List.of(), List.of(resolver))) {
            Environment environment = HostEnvironment.read(network, Duration.ZERO, Duration.ofSeconds(4));
            assertThat(environment.isFit()).isTrue();
            assertThat(environment.resolvers()).containsExactly("127.0.0.1:5353");
            assertThat(environment.platform()).contains("Java");
            assertThat(environment.tlsEngine()).isNotEmpty();
            assertThat(environment.sourceAddresses()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void boundProbesLeaveFromWhatTheyAreBoundTo() throws Exception {
        InetAddress bound = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (Network network = Network.open(Dialer.direct(), List.of(bound), List.of())) {
            Environment environment = HostEnvironment.read(network, Duration.ZERO, Duration.ofSeconds(4));
            assertThat(environment.sourceAddresses()).containsExactly("127.0.0.1");
        }
    }
}
