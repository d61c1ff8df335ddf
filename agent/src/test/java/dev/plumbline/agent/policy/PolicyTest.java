package dev.plumbline.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTest {
    private static final Path FILE = Path.of("/etc/plumbline/agent.yaml");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # allowed                            | asked                          | may be
            albert.apple.com                     | albert.apple.com               | yes
            albert.apple.com                     | ALBERT.apple.com.              | yes
            albert.apple.com                     | x.albert.apple.com             | no
            albert.apple.com                     | albert.apple.com.evil.example  | no
            *.push.apple.com                     | 1-courier.push.apple.com       | yes
            *.push.apple.com                     | a.b.push.apple.com             | yes
            *.push.apple.com                     | push.apple.com                 | no
            *.push.apple.com                     | notpush.apple.com              | no
            *.push.apple.com albert.apple.com    | albert.apple.com               | yes
                                                 | anything.example               | yes
            """)
    void names(String allowed, String asked, String may) {
        Policy policy = new Policy(each(allowed, NamePattern::parse), List.of(), List.of(), List.of(), 0, 1);
        assertThat(policy.refusesName(asked).isEmpty()).isEqualTo(may.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # allowed          | asked    | may be
            443                | tcp/443  | yes
            443                | udp/443  | yes
            443                | tcp/4430 | no
            tcp/443            | udp/443  | no
            tcp/443 udp/123    | udp/123  | yes
            tcp/443 udp/123    | tcp/123  | no
                               | tcp/22   | yes
            """)
    void ports(String allowed, String asked, String may) {
        Policy policy = new Policy(List.of(), each(allowed, PortPattern::parse), List.of(), List.of(), 0, 1);
        Transport transport = Transport.ofWord(asked.substring(0, 3));
        int port = Integer.parseInt(asked.substring(4));
        assertThat(policy.refusesPort(transport, port).isEmpty()).isEqualTo(may.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # connect-to                 | never-connect-to | address               | may be
            17.0.0.0/8                   |                  | 17.57.144.10          | yes
            17.0.0.0/8                   |                  | 18.0.0.1              | no
            17.0.0.0/8                   |                  | 2620:149::1           | no
            17.0.0.0/8 2620:149::/32     |                  | 2620:149::1           | yes
            17.0.0.0/8                   | 17.1.0.0/16      | 17.1.2.3              | no
            17.0.0.0/8                   | 17.1.0.0/16      | 17.2.2.3              | yes
                                         | 10.0.0.0/8       | 10.1.2.3              | no
                                         | 10.0.0.0/8       | 192.0.2.1             | yes
                                         | 10.0.0.0/8       | ::ffff:10.1.2.3       | no
                                         | 10.0.0.0/8       | 64:ff9b::10.1.2.3     | no
                                         | 10.0.0.0/8       | 64:ff9b::192.0.2.1    | yes
                                         | fe80::/10        | fe80::1               | no
            # What is sent nowhere in particular, this host takes.
                                         | 127.0.0.0/8      | 0.0.0.0               | no
                                         | ::1/128          | ::                    | no
                                         | 10.0.0.0/8       | 0.0.0.0               | yes
                                         | 10.0.0.0/8       | ::                    | yes
            """)
    void addresses(String allowed, String forbidden, String address, String may) throws Exception {
        Policy policy =
                new Policy(List.of(), List.of(), each(allowed, Block::parse), each(forbidden, Block::parse), 0, 1);
        assertThat(policy.refusesAddress(InetAddress.getByName(address)).isEmpty())
                .isEqualTo(may.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # address,         may be, of a host that configured nothing
            17.57.144.10,      yes
            10.20.30.40,       yes
            127.0.0.1,         yes
            169.254.169.254,   no
            224.0.0.251,       no
            255.255.255.255,   no
            fe80::1,           no
            ff02::1,           no
            fd00:ec2::254,     no
            fd00:ec2::253,     yes
            100.100.100.200,   no
            100.100.100.201,   yes
            2620:149::1,       yes
            """)
    void theStandardKeepsToAddressesBeyondTheLink(String address, String may) throws Exception {
        InetAddress remote = InetAddress.getByName(address);
        assertThat(Policy.STANDARD.refuses(Transport.TCP, remote, 8443).isEmpty())
                .isEqualTo(may.equals("yes"));
        assertThat(Policy.ANYTHING.refuses(Transport.UDP, remote, 8443)).isEmpty();
    }

    /** Couriers are connected to by their number, and greeted by the name of all. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # names that are allowed                            | what is refused
            *.push.apple.com                                    | -
            HOST courier.push.apple.com                         | -
            HOST                                                | the name courier.push.apple.com is not among
            courier.push.apple.com                              | the name HOST is not among
            """)
    void theNameThatIsSaidToWhoeverAnswersIsHeldAgainstThePolicyToo(String allowed, String refused) {
        Target courier = Catalog.builtIn().target(new TargetId("courier:5223")).orElseThrow();
        String host = courier.hostInRound(0);
        Policy policy = new Policy(
                each(allowed.replace("HOST", host), NamePattern::parse), List.of(), List.of(), List.of(), 0, 1);
        String said = policy.refuses(courier, 0).orElse("-");
        assertThat(said).startsWith(refused.replace("HOST", host));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,20,20", "5,20,5", "5,0,5", "50,20,20"})
    void theSlowerPaceIsKept(int allowed, int asked, int kept) {
        assertThat(new Policy(List.of(), List.of(), List.of(), List.of(), allowed, 1).pace(asked))
                .isEqualTo(kept);
    }

    @Test
    void soManyRoundsMayBeginInAnyHour() {
        RoundBudget budget = new RoundBudget(new Policy(List.of(), List.of(), List.of(), List.of(), 0, 2));
        long hour = Duration.ofHours(1).toNanos();
        long from = Long.MAX_VALUE - hour / 2; // a monotonic clock may overflow
        assertThat(budget.take(from)).isTrue();
        assertThat(budget.take(from + 10)).isTrue();
        assertThat(budget.take(from + hour - 1)).isFalse();
        assertThat(budget.take(from + hour)).isTrue();
        assertThat(budget.take(from + hour + 9)).isFalse();
        assertThat(budget.take(from + hour + 10)).isTrue();
    }

    @Test
    void theSectionSaysWhatIsAllowedAndTheRestIsUsual() throws Exception {
        Policy policy = read("""
                names: ["*.push.apple.com", albert.apple.com]
                ports: [443, tcp/5223]
                connect-to: [17.0.0.0/8]
                connections-per-second: 10
                """);
        assertThat(policy.names())
                .extracting(NamePattern::toString)
                .containsExactly("*.push.apple.com", "albert.apple.com");
        assertThat(policy.ports()).extracting(PortPattern::toString).containsExactly("443", "tcp/5223");
        assertThat(policy.allowed()).containsExactly(Block.parse("17.0.0.0/8"));
        assertThat(policy.forbidden()).isEqualTo(Policy.STANDARD.forbidden());
        assertThat(policy.connectionsPerSecond()).isEqualTo(10);
        assertThat(policy.roundsPerHour()).isEqualTo(Policy.STANDARD.roundsPerHour());
        assertThat(read("never-connect-to: []\n").forbidden()).isEqualTo(Policy.STANDARD.forbidden());
        assertThat(read("never-connect-to: [10.0.0.0/8]\n").forbidden())
                .as("beside the standard ones")
                .containsAll(Policy.STANDARD.forbidden())
                .contains(Block.parse("10.0.0.0/8"))
                .hasSize(Policy.STANDARD.forbidden().size() + 1);
        assertThat(read("{}\n")).isEqualTo(Policy.STANDARD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            names: [push.*.com]          | :1: names: 'push.*.com' is no name; write one such as albert.apple.com
            names: ["*"]                 | :1: names: '*' is no name
            names: []                    | :1: names: names none, which would allow none; write some, such as
            ports: [0]                   | :1: ports: '0' is no port; write 443, tcp/5223 or udp/443
            ports: [sctp/5]              | :1: ports: 'sctp/5' is no port
            connect-to: [17.0.0.1/8]     | :1: connect-to: '17.0.0.1/8' has host bits set
            never-connect-to: [loopback] | :1: never-connect-to: 'loopback' is no address block
            connections-per-second: 0    | :1: connections-per-second: 0 is not between 1 and
            rounds-per-hour: lots        | :1: rounds-per-hour: 'lots' is no whole number
            hosts: [a]                   | :1: hosts: is no key here; known are names, ports, connect-to
            """)
    void whatIsWrongIsToldWithFileLineKeyAndWhatWouldBeRight(String section, String problem) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(section));
        assertThat(e.problems()).singleElement().asString().startsWith(FILE + problem);
    }

    private static Policy read(String yaml) throws ConfigException {
        ConfigFile file = ConfigFile.parse(FILE, yaml);
        Policy policy = PolicySection.read(file.root());
        file.finish();
        return policy;
    }

    private static <T> List<T> each(String texts, Function<String, T> parser) {
        return Optional.ofNullable(texts).stream()
                .flatMap(all -> Arrays.stream(all.split(" +", -1)))
                .map(parser)
                .toList();
    }
}
