package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds in which one fact more, or one less, makes another cause of what looks like a usual one. */
final class OddRoundsTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            on another network           | wifi:displaced all                                     | wifi agent.displaced all
            there, and all dropped       | wifi:displaced all; wifi:silent all                    | wifi agent.displaced all
            there, and busy              | wifi:displaced all; wifi:unfit all; wifi:silent all    | wifi agent.displaced all
            it says of no address        | wifi:sourceless all                                    | -
            no address, and a port gone  | wifi:sourceless all; wifi:silent tcp/5223              | wifi tcp.drop tcp/5223
            """)
    void anAgentElsewhereSpeaksForNobody(String what, String faults, String expected) {
        assertThat(found(judge(EVERYBODY, faults))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no addresses in the answer   | wifi:dns-no-data name:gdmf.apple.com                   | wifi dns.nxdomain name:gdmf.apple.com
            answers cut short            | wifi:dns-truncated all                                 | wifi dns.truncated all
            one answer cut short         | wifi:dns-truncated name:gdmf.apple.com                 | wifi dns.truncated name:gdmf.apple.com
            answers that are none        | wifi:dns-malformed all                                 | wifi dns.servfail all
            no way to the resolver       | wifi:dns-unreachable all                               | wifi dns.silent all
            servfail for all             | wifi:dns-servfail all                                  | wifi dns.servfail all
            """)
    void resolversFailInMoreThanOneWay(String what, String faults, String expected) {
        assertThat(found(judge(EVERYBODY, faults))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a page on plain HTTP         | wifi:block-page tcp/80                                 | wifi http.block-page tcp/80
            a page, and its certificate  | wifi:block-page tcp/80; wifi:one-certificate tcp/443   | wifi http.block-page tcp/443+tcp/80
            a page, and alerts           | wifi:block-page tcp/80; wifi:tls-alert tcp/443         | wifi http.block-page tcp/443+tcp/80
            a page, and one odd chain    | wifi:block-page tcp/80; wifi:foreign name:xp.apple.com | wifi http.block-page tcp/80; wifi tls.intercepted name:xp.apple.com
            one page for one name        | wifi:block-page name:crl.apple.com                     | wifi http.block-page name:crl.apple.com
            one certificate, no page     | wifi:one-certificate tcp/443                           | wifi tls.intercepted tcp/443
            closed when the name is seen | wifi:tls-closed name:push.apple.com                    | wifi tls.closed-on-name name:push.apple.com
            """)
    void filtersSayWhatTheyDoInMoreThanOneWay(String what, String faults, String expected) {
        assertThat(found(judge(EVERYBODY, faults))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            IPv6 reset                   | wifi:reset ipv6                                        | wifi tcp.reset tcp/443@ipv6+tcp/5223@ipv6+tcp/80@ipv6
            IPv6 prohibited              | wifi:prohibited ipv6                                   | wifi ipv6.broken ipv6
            the host has no IPv6         | wifi:no-route ipv6                                     | -
            lost once over IPv6          | wifi:seen-once ipv6                                    | -
            IPv6 answers TLS no more     | wifi:tls-silent ipv6                                   | wifi tls.stalled tcp/443@ipv6+tcp/5223@ipv6
            one port over IPv6           | wifi:silent tcp/443@ipv6+tcp/80@ipv6                   | wifi tcp.drop tcp/443@ipv6+tcp/80@ipv6
            neither family               | wifi:silent ipv4; wifi:silent ipv6                     | wifi segment.offline all
            IPv4 dropped, no IPv6        | wifi:silent ipv4; wifi:no-route ipv6                   | wifi segment.offline all
            IPv4 lost, IPv6 stands       | wifi:silent ipv4                                       | wifi tcp.drop ipv4
            names over IPv6 alone        | wifi:no-a all; wifi:silent ipv6                        | wifi segment.offline all
            a hole for IPv4              | wifi:mtu ipv4                                          | wifi path.mtu ipv4
            a hole, for two names        | wifi:mtu name:gdmf.apple.com+name:xp.apple.com         | wifi path.mtu all
            silent at any size           | wifi:silent-at-any-size tcp/443                        | wifi tls.stalled tcp/443
            small ones pass here, there not | wifi:mtu name:gdmf.apple.com+name:xp.apple.com; wifi:silent-at-any-size tcp/443 | wifi tls.stalled tcp/443
            """)
    void aWayMayBeBrokenInOneFamilyOrForOneSize(String what, String faults, String expected) {
        assertThat(found(judge(EVERYBODY, faults))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a block of their addresses   | wifi:silent tcp/5223@17.57.144.0/22                    | wifi tcp.drop tcp/5223@17.57.144.0/22
            all but one, on both ports   | wifi:silent tcp/5223@!17.57.144.0/24+tcp/443@17.57.145.0/24+tcp/443@17.57.146.0/23 | wifi tcp.partial tcp/443@name:courier.push.apple.com+tcp/5223
            all of them, and IPv6 stands | wifi:silent tcp/5223@ipv4                              | wifi tcp.drop tcp/5223@ipv4
            overloaded for everything    | wifi:overloaded all                                    | -
            overloaded for a port        | wifi:overloaded tcp/5223                               | -
            opened but for one name      | wifi:pass name:gdmf.apple.com; wifi:foreign tcp/443    | wifi tls.intercepted tcp/443@!name:gdmf.apple.com
            opened but for Apple's       | wifi:pass name:apple.com; wifi:foreign tcp/443         | wifi tls.intercepted tcp/443@!name:apple.com
            opened for some, ended for all else | wifi:foreign name:gdmf.apple.com+name:mzstatic.com; wifi:tls-reset tcp/443 | wifi tls.intercepted tcp/443
            """)
    void someAreLetThroughAndOthersNot(String what, String faults, String expected) {
        assertThat(found(judge(EVERYBODY, faults))).isEqualTo(expected);
    }

    private static RoundVerdict judge(Set<String> segments, String faults) {
        Scene scene = new Scene(pki, segments, faults == null ? List.of() : Scene.Fault.all(faults));
        SiteJudge judge = scene.judge();
        scene.batches().forEach(judge::accept);
        return judge.judge(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9));
    }
}
