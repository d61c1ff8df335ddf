package dev.plumbline.agent.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleDns.Behaviour;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Surroundings.DnsControl;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolverControlsTest {
    @ParameterizedTest(name = "{0}, 192.0.2.1 {1}")
    @CsvSource(delimiter = '|', textBlock = """
            NXDOMAIN         | SILENT  | NXDOMAIN    | NONE           | DNS_SILENT
            ANSWERS          | ANSWERS | NONE        | NONE           | NONE
            REFUSED          | SILENT  | DNS_REFUSED | NONE           | DNS_SILENT
            TRUNCATED_NO_TCP | SILENT  | DNS_TRUNCATED | DNS_UNREACHABLE | DNS_SILENT
            """)
    void whatAResolverDoesToKnownQuestionsIsAFact(
            Behaviour resolver, Behaviour nobody, FailureKind random, FailureKind tcp, FailureKind nobodyThere)
            throws IOException {
        List<DnsControl> seen = ask(resolver, nobody);
        assertThat(of(seen, "random-target").lookup().failure().kind()).isEqualTo(random);
        assertThat(of(seen, "random-target").lookup().name()).endsWith(".push.apple.com");
        assertThat(of(seen, "random-elsewhere").lookup().failure().kind()).isEqualTo(random);
        assertThat(of(seen, "tcp").lookup().failure().kind()).isEqualTo(tcp);
        assertThat(of(seen, "tcp").lookup().truncated()).isFalse();
        assertThat(of(seen, "nobody-there").lookup().failure().kind()).isEqualTo(nobodyThere);
        assertThat(of(seen, "nobody-there").lookup().resolver().toString()).isEqualTo("192.0.2.1:53");
    }

    @ParameterizedTest
    @CsvSource({"ANSWERS,true", "LOWERS,false"})
    void lettersThatComeBackChangedShow(Behaviour resolver, boolean same) throws IOException {
        DnsControl mixed = of(ask(resolver, Behaviour.SILENT), "mixed-case");
        assertThat(mixed.echoedName()).isEqualToIgnoringCase("www.example.com");
        assertThat(mixed.echoedName().equals(mixed.lookup().name())).isEqualTo(same);
        assertThat(mixed.lookup().name()).isNotEqualTo("www.example.com");
    }

    private static DnsControl of(List<DnsControl> all, String kind) {
        return all.stream().filter(c -> c.kind().equals(kind)).findFirst().orElseThrow();
    }

    private static List<DnsControl> ask(Behaviour resolver, Behaviour nobody) throws IOException {
        try (LittleDns dns = new LittleDns(resolver, "17.57.144.10");
                LittleDns there = new LittleDns(nobody, "203.0.113.66");
                Network network = Network.open(
                        address -> address.getPort() == 53 ? there.socketAddress() : address,
                        List.of(),
                        List.of(dns.socketAddress()))) {
            return new ResolverControls(network, Duration.ofSeconds(60)).ask().join();
        }
    }
}
