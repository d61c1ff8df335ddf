package dev.plumbline.collector.remedy;

import static dev.plumbline.collector.remedy.Orders.body;
import static dev.plumbline.collector.remedy.Orders.order;
import static dev.plumbline.collector.remedy.Orders.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of what is written: of each case how many lines the box acts on, and some of them. */
final class ConfigurationsTest {
    private static void check(Dialect dialect, String place, String mechanism, String scope, int count, String line) {
        List<String> body = body(dialect, order(place, mechanism, scope));
        assertThat(body).as(String.join("\n", body)).hasSize(count);
        if (count > 0) {
            assertThat(body).contains(line.replace("MARK", "comment \"plumbline " + place + " " + mechanism + "\""));
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # place | mechanism | scope | lines | one of them
            wifi | tcp.drop | tcp/5223 | 4 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 tcp dport 5223 accept MARK
            wifi | tcp.drop | tcp/5223 | 4 | insert rule inet filter forward ip saddr 17.0.0.0/8 ip daddr 10.20.20.0/24 tcp sport 5223 ct state established,related accept MARK
            wifi | tcp.reset | tcp/5223 | 4 | insert rule inet filter forward ip6 saddr 2001:db8:0:20::/64 ip6 daddr { 2620:149::/32, 2403:300::/32, 2a01:b740::/32 } tcp dport 5223 accept MARK
            wifi | tcp.prohibited | tcp/5223@ipv6 | 2 | insert rule inet filter forward ip6 saddr { 2620:149::/32, 2403:300::/32, 2a01:b740::/32 } ip6 daddr 2001:db8:0:20::/64 tcp sport 5223 ct state established,related accept MARK
            wifi | tcp.drop | tcp/5223@17.57.144.0/22 | 2 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 tcp dport 5223 accept MARK
            wifi | tcp.drop | all@192.0.2.0/24 | 0 | -
            wifi | tcp.partial | tcp/5223+tcp/443@name:push.apple.com | 4 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 tcp dport { 443, 5223 } accept MARK
            srv  | tcp.drop | tcp/2197 | 2 | insert rule inet filter forward ip saddr 198.51.100.40/32 ip daddr 17.0.0.0/8 tcp dport 2197 accept MARK
            bare | tcp.drop | tcp/5223@ipv4 | 2 | insert rule inet filter forward ip daddr 17.0.0.0/8 tcp dport 5223 accept MARK
            wifi | udp.silent | udp/123 | 4 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 udp dport 123 accept MARK
            wifi | ipv6.broken | ipv6 | 4 | insert rule inet filter forward ip6 saddr 2001:db8:0:20::/64 ip6 daddr { 2620:149::/32, 2403:300::/32, 2a01:b740::/32 } udp dport 123 accept MARK
            wifi | proxy.required | all | 8 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 udp dport 123 accept MARK
            wifi | tcp.proxied | tcp/5223 | 2 | insert rule inet nat prerouting ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 tcp dport 5223 accept MARK
            wifi | hold.reaped-silent | all | 4 | add ct timeout inet filter TAG_4 { protocol tcp; l3proto ip; policy = { established: 3900 }; }
            wifi | hold.reaped-silent | tcp/5223 | 4 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 tcp dport 5223 ct timeout set "TAG_4" MARK
            wifi | dns.silent | all | 8 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 10.20.20.1/32 udp dport 53 accept MARK
            wifi | dns.truncated | all | 8 | insert rule inet filter forward ip6 saddr 2001:db8:0:20::/64 ip6 daddr 2001:db8:0:20::1/128 tcp dport 53 accept MARK
            wifi | path.mtu | all | 6 | insert rule inet filter forward ip daddr 10.20.20.0/24 icmp type destination-unreachable icmp code frag-needed accept MARK
            wifi | path.mtu | all | 6 | insert rule inet filter forward meta nfproto ipv6 ip6 saddr 2001:db8:0:20::/64 tcp flags syn tcp option maxseg size set rt mtu MARK
            wifi | tcp.drop | name:digicert.com | 0 | -
            wifi | tcp.drop | tcp/5224 | 0 | -
            wifi | tls.intercepted | tcp/443 | 0 | -
            wifi | dns.nxdomain | all | 0 | -
            wifi | agent.unfit | all | 0 | -
            wifi | outbound.open | tcp/8443@name:jss.campus.example | 2 | insert rule inet filter forward ip saddr 10.20.20.0/24 ip daddr 198.51.100.41/32 tcp dport 8443 reject with tcp reset MARK
            wifi | outbound.open | tcp/8443@name:jss.campus.example | 2 | insert rule inet filter forward ip6 saddr 2001:db8:0:20::/64 ip6 daddr 2001:db8:0:10::41/128 tcp dport 8443 reject with tcp reset MARK
            srv  | outbound.open | tcp/8443@name:jss.campus.example | 1 | insert rule inet filter forward ip saddr 198.51.100.40/32 ip daddr 198.51.100.41/32 tcp dport 8443 reject with tcp reset MARK
            bare | outbound.open | tcp/8443@name:jss.campus.example | 0 | -
            """)
    void nftables(String place, String mechanism, String scope, int lines, String line) {
        String tag = new Need(order(place, mechanism, scope)).tag();
        check(Dialect.NFTABLES, place, mechanism, scope, lines, line.replace("TAG", tag));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # place | mechanism | scope | lines | one of them
            wifi | tcp.drop | tcp/5223 | 4 | -I FORWARD 1 -s 10.20.20.0/24 -d 17.0.0.0/8 -p tcp --dport 5223 -m comment --MARK -j ACCEPT
            wifi | tcp.drop | tcp/5223 | 4 | -I FORWARD 1 -s 17.0.0.0/8 -d 10.20.20.0/24 -p tcp --sport 5223 -m conntrack --ctstate ESTABLISHED,RELATED -m comment --MARK -j ACCEPT
            wifi | tcp.drop | tcp/5223@ipv6 | 0 | -
            wifi | proxy.auth-required | all | 6 | *filter
            wifi | udp.silent | udp/123 | 4 | -I FORWARD 1 -s 10.20.20.0/24 -d 17.0.0.0/8 -p udp --dport 123 -m comment --MARK -j ACCEPT
            bare | tcp.drop | tcp/5223 | 4 | -I FORWARD 1 -d 17.0.0.0/8 -p tcp --dport 5223 -m comment --MARK -j ACCEPT
            wifi | tls.stalled | tcp/5223+tcp/443 | 3 | -I PREROUTING 1 -s 10.20.20.0/24 -d 17.0.0.0/8 -p tcp -m multiport --dports 443,5223 -m comment --MARK -j ACCEPT
            wifi | dns.silent | all | 6 | -I FORWARD 1 -s 10.20.20.0/24 -d 10.20.20.1/32 -p udp --dport 53 -m comment --MARK -j ACCEPT
            wifi | path.mtu | all | 6 | -I FORWARD 1 -d 10.20.20.0/24 -p icmp --icmp-type fragmentation-needed -m comment --MARK -j ACCEPT
            wifi | hold.reaped-silent | all | 0 | -
            wifi | outbound.open | tcp/8443@name:jss.campus.example | 3 | -I FORWARD 1 -s 10.20.20.0/24 -d 198.51.100.41/32 -p tcp --dport 8443 -m comment --MARK -j REJECT --reject-with tcp-reset
            """)
    void iptables(String place, String mechanism, String scope, int lines, String line) {
        check(Dialect.IPTABLES, place, mechanism, scope, lines, line);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # place | mechanism | scope | lines | one of them
            wifi | tcp.drop | tcp/5223 | 8 | -I FORWARD 1 -s 2001:db8:0:20::/64 -d 2a01:b740::/32 -p tcp --dport 5223 -m comment --MARK -j ACCEPT
            wifi | tcp.drop | tcp/5223@ipv4 | 0 | -
            srv  | tcp.drop | tcp/2197 | 0 | -
            wifi | ipv6.broken | ipv6 | 14 | -I FORWARD 1 -s 2001:db8:0:20::/64 -d 2620:149::/32 -p udp --dport 123 -m comment --MARK -j ACCEPT
            wifi | path.mtu | all | 6 | -I FORWARD 1 -d 2001:db8:0:20::/64 -p ipv6-icmp --icmpv6-type packet-too-big -m comment --MARK -j ACCEPT
            """)
    void ip6tables(String place, String mechanism, String scope, int lines, String line) {
        check(Dialect.IP6TABLES, place, mechanism, scope, lines, line);
    }

    @Test
    void anAsaNamesItsBlocksInGroupsAndItsMasksInFull() {
        String tag = new Need(order("srv", "tcp.drop", "tcp/2197")).tag();
        assertThat(body(Dialect.ASA, order("srv", "tcp.drop", "tcp/2197")))
                .containsExactly(
                        "object-group network " + tag + "_from_4",
                        " network-object host 198.51.100.40",
                        "object-group network " + tag + "_to_4_1",
                        " network-object 17.0.0.0 255.0.0.0",
                        "access-list inside_access_in line 1 extended permit tcp object-group " + tag
                                + "_from_4 object-group " + tag + "_to_4_1 eq 2197");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # place | mechanism | scope | lines | one of them
            wifi | tcp.reset | tcp/5223@ipv4 | 5 | ` network-object 10.20.20.0 255.255.255.0`
            wifi | tcp.drop | tcp/5223@ipv6 | 7 | ` network-object 2403:300::/32`
            bare | udp.silent | udp/123@ipv4 | 3 | access-list inside_access_in line 1 extended permit udp any4 object-group TAG_to_4 eq 123
            wifi | hold.reaped-reset | tcp/5223@ipv4 | 10 | `  set connection timeout idle 1:05:00`
            wifi | hold.reaped-reset | tcp/5223@ipv4 | 10 | ` match access-list TAG_quiet`
            wifi | path.mtu | all | 6 | access-list outside_access_in line 1 extended permit icmp6 any6 object-group TAG_from_6_1 packet-too-big
            wifi | dns.silent | all | 12 | ` network-object host 10.20.20.1`
            wifi | tcp.proxied | all | 0 | -
            wifi | tls.intercepted | tcp/443 | 0 | -
            wifi | outbound.open | tcp/8443@name:jss.campus.example | 10 | access-list inside_access_in line 1 extended deny tcp object-group TAG_from_4 object-group TAG_to_4_1 eq 8443
            """)
    void asa(String place, String mechanism, String scope, int lines, String line) {
        String tag = new Need(order(place, mechanism, scope)).tag();
        check(Dialect.ASA, place, mechanism, scope, lines, line.replace("TAG", tag));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # place | mechanism | scope | lines | one of them
            wifi | tls.intercepted | tcp/5223 | 6 | acl TAG_names ssl::server_name .push.apple.com
            wifi | tls.intercepted | tcp/5223 | 6 | ssl_bump peek TAG_hello TAG_from
            wifi | proxy.intercepts | tcp/5223 | 6 | ssl_bump splice TAG_from TAG_names
            wifi | tls.version-broken | name:gdmf.apple.com | 6 | acl TAG_names ssl::server_name gdmf.apple.com
            bare | tls.reset-on-name | name:push.apple.com | 5 | acl TAG_from src all
            wifi | http.block-page | name:albert.apple.com | 4 | acl TAG_names dstdomain albert.apple.com
            wifi | http.block-page | name:albert.apple.com | 4 | http_access allow TAG_from TAG_names
            wifi | http.block-page | name:albert.apple.com | 4 | acl TAG_from src 2001:db8:0:20::/64
            wifi | tcp.drop | tcp/5223 | 0 | -
            wifi | proxy.required | all | 0 | -
            """)
    void squid(String place, String mechanism, String scope, int lines, String line) {
        String tag = new Need(order(place, mechanism, scope)).tag();
        check(Dialect.SQUID, place, mechanism, scope, lines, line.replace("TAG", tag));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # dialect | mechanism | scope | lines | one of them
            pac | proxy.required | name:push.apple.com | 1 | `if (host.toLowerCase() == "push.apple.com" || dnsDomainIs(host.toLowerCase(), ".push.apple.com")) { return "DIRECT"; }`
            pac | proxy.offered | name:albert.apple.com | 1 | if (host.toLowerCase() == "albert.apple.com") { return "DIRECT"; }
            pac | tcp.drop | all | 0 | -
            unbound | dns.nxdomain | name:push.apple.com | 2 | `    local-zone: "push.apple.com." always_transparent`
            unbound | dns.sinkhole | name:gdmf.apple.com | 2 | `    local-zone: "gdmf.apple.com." always_transparent`
            unbound | dns.refused | all | 3 | `    access-control: 10.20.20.0/24 allow`
            unbound | dns.silent | all | 3 | `    access-control: 2001:db8:0:20::/64 allow`
            unbound | dns.truncated | all | 2 | `    do-tcp: yes`
            unbound | dns.servfail | all | 0 | -
            rpz | dns.nxdomain | name:push.apple.com | 2 | push.apple.com CNAME rpz-passthru.
            rpz | dns.hijack | name:push.apple.com | 2 | *.push.apple.com CNAME rpz-passthru.
            rpz | dns.refused | all | 0 | -
            sysctl | hold.reaped-silent | all | 1 | net.netfilter.nf_conntrack_tcp_timeout_established = 3900
            sysctl | tcp.drop | all | 0 | -
            list-ipv4 | tcp.drop | tcp/5223 | 1 | 17.0.0.0/8
            list-ipv4 | tcp.drop | tcp/5223@ipv6 | 0 | -
            list-ipv6 | tcp.drop | tcp/5223 | 3 | 2620:149::/32
            list-ipv6 | portal.captive | all | 3 | 2403:300::/32
            list-ipv4 | upstream.blocked | tcp/5223 | 1 | 17.0.0.0/8
            list-ipv4 | tls.intercepted | all | 0 | -
            list-names | tls.intercepted | tcp/5223 | 1 | *.push.apple.com
            list-names | tcp.drop | name:digicert.com | 3 | ocsp.digicert.com
            list-names | dns.nxdomain | all | 0 | -
            """)
    void theOthers(String dialect, String mechanism, String scope, int lines, String line) {
        check(Dialect.ofWord(dialect), "wifi", mechanism, scope, lines, line);
    }

    @Test
    void resolversThatNoFilterOnTheWayMeetsAreNotLetThrough() {
        WorkOrder order = order(
                "wifi",
                "dns.silent",
                "all",
                List.of("127.0.0.53", "::1", "fe80::1%eth0", "169.254.1.1", "not an address", "10.20.20.1"));
        assertThat(body(Dialect.IPTABLES, order)).anyMatch(line -> line.contains("-d 10.20.20.1/32"));
        assertThat(Configurations.of(order))
                .allSatisfy(c -> assertThat(String.join("\n", c.lines()))
                        .doesNotContain("127.0.0.53", "::1/128", "fe80", "169.254", "not an address"));
    }

    @Test
    void commentsNameTheFindingAndQuoteWhoAsksForIt() {
        String text = String.join(
                "\n",
                written(Dialect.NFTABLES, order("wifi", "tcp.drop", "tcp/5223"))
                        .orElseThrow()
                        .lines());
        assertThat(text)
                .startsWith("# Plumbline's finding i1-wifi: wifi tcp.drop tcp/5223\n"
                        + "# courier:5223 is asked for by plumbline-2026: \"")
                .contains("(Derived by Plumbline", "# courier:5223 is asked for by ht210060-2022, line ", "5223 TCP");
    }

    @Test
    void theFirstTargetThatTheFindingNamesIsTheOneThatIsQuoted() {
        assertThat(written(Dialect.LIST_NAMES, order("wifi", "tls.intercepted", "tcp/443", "gdmf.apple.com:443"))
                        .orElseThrow()
                        .lines()
                        .get(1))
                .startsWith("# gdmf.apple.com:443 is asked for by");
    }

    @Test
    void hostsOutsideApplesNetworkAreLeftToNames() {
        WorkOrder order = order("wifi", "tcp.drop", "tcp/80");
        assertThat(body(Dialect.LIST_IPV4, order)).containsExactly("17.0.0.0/8");
        assertThat(String.join(
                        "\n", written(Dialect.IPTABLES, order).orElseThrow().lines()))
                .contains("Outside Apple's network, to be allowed by name (list-names): ", "digicert.com")
                .contains("Hosts of Apple's may also answer from content networks");
        assertThat(body(Dialect.LIST_NAMES, order)).contains("ocsp.digicert.com", "captive.apple.com");
    }

    @Test
    void couriersNeverLeaveApplesBlocksAndNeedNoSuchNote() {
        assertThat(String.join(
                        "\n",
                        written(Dialect.NFTABLES, order("wifi", "tcp.drop", "tcp/5223"))
                                .orElseThrow()
                                .lines()))
                .doesNotContain("content networks", "Outside Apple's network");
    }

    @Test
    void aPlaceWithoutAddressesOrWithoutIpv6SaysSo() {
        assertThat(String.join(
                        "\n",
                        written(Dialect.IPTABLES, order("bare", "tcp.drop", "tcp/5223"))
                                .orElseThrow()
                                .lines()))
                .contains("# bare declares no addresses (cidrs): this holds for every source.");
        assertThat(String.join(
                        "\n",
                        written(Dialect.NFTABLES, order("srv", "tcp.drop", "tcp/2197"))
                                .orElseThrow()
                                .lines()))
                .contains("# srv declares no IPv6 block (cidrs): nothing is written for IPv6.");
    }

    @Test
    void aScopeOfAddressesMeetsOnlyWhatTheFindingNames() {
        assertThat(body(Dialect.LIST_NAMES, order("wifi", "tcp.drop", "tcp/443@apple", "albert.apple.com:443")))
                .containsExactly("albert.apple.com");
    }

    @Test
    void whoAsksForADenialIsTheSiteItself() {
        assertThat(written(Dialect.NFTABLES, order("wifi", "outbound.open", "tcp/8443@name:jss.campus.example"))
                        .orElseThrow()
                        .lines())
                .contains("# asked for by must-not-reach of wifi, in the site's configuration");
    }

    /** Whatever is found, wherever: every line is one line, and nobody is told to open everything. */
    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void everyMechanismIsAnsweredOrNot(Mechanism mechanism) {
        for (String place : List.of("wifi", "srv", "bare")) {
            for (String scope : List.of("all", "tcp/5223+tcp/443", "ipv6", "name:apple.com", "all@apple", "udp/443")) {
                List<Configuration> all = Configurations.of(order(place, mechanism.id(), scope));
                if (Change.of(mechanism).isEmpty()) {
                    assertThat(all).isEmpty();
                }
                for (Configuration configuration : all) {
                    assertThat(configuration.lines())
                            .as(configuration.dialect().word())
                            .allMatch(l -> !l.isBlank() && l.chars().noneMatch(c -> c < ' '));
                    assertThat(configuration.lines().stream().collect(Collectors.joining("\n")))
                            .doesNotContain("0.0.0.0/0", "::/0", "{n}");
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # atom | target | met
            tcp/5223@!name:courier.push.apple.com | courier:5223 | false
            name:apple.com@!name:push.apple.com | courier:5223 | false
            name:apple.com@!name:push.apple.com | albert.apple.com:443 | true
            tcp/5223@!17.57.144.0/22 | courier:5223 | true
            tcp/5223@ipv4 | courier:5223 | true
            ipv6@name:apple.com | courier:5223 | true
            """)
    void exceptionsNeedNoRemedy(String atom, String target, boolean met) {
        assertThat(Reach.of(atom)
                        .meets(
                                Orders.CATALOG.targets().stream()
                                        .filter(t -> t.id().value().equals(target))
                                        .findFirst()
                                        .orElseThrow(),
                                Set.of()))
                .isEqualTo(met);
    }
}
