package dev.plumbline.catalog.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.rules.Names;
import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;

final class ExporterTest {
    private static final String OURS = "plumbline-2026";
    private static final Set<Service> APNS = EnumSet.of(Service.APNS);

    private static final Map<String, List<Block>> DIGICERT =
            Map.of("ocsp.digicert.com", List.of(Block.parse("192.0.2.16/28"), Block.parse("2001:db8:1::/48")));

    private static List<String> gaps(Written written) {
        return written.gaps().stream().map(g -> g.pass().said()).toList();
    }

    @Test
    void apnsOfADeviceIsThreePortsToApplesBlocksAndNothingElse() {
        assertThat(Lists.body(Lists.of("wifi", OURS, APNS, Map.of()), Format.NFTABLES))
                .containsExactly(
                        "add table inet filter",
                        "add chain inet filter plumbline_wifi",
                        "flush chain inet filter plumbline_wifi",
                        "add rule inet filter plumbline_wifi ip saddr 10.20.20.0/24 ip daddr 17.0.0.0/8 tcp dport { 80, 443, 5223"
                                + " } accept comment \"plumbline plumbline-2026\"",
                        "add rule inet filter plumbline_wifi ip saddr 17.0.0.0/8 ip daddr 10.20.20.0/24 tcp sport { 80, 443, 5223"
                                + " } ct state established,related accept comment \"plumbline plumbline-2026\"",
                        "add rule inet filter plumbline_wifi ip6 saddr 2001:db8:0:20::/64 ip6 daddr { 2620:149::/32,"
                                + " 2403:300::/32, 2a01:b740::/32 } tcp dport { 80, 443, 5223 } accept comment \"plumbline"
                                + " plumbline-2026\"",
                        "add rule inet filter plumbline_wifi ip6 saddr { 2620:149::/32, 2403:300::/32, 2a01:b740::/32 } ip6 daddr"
                                + " 2001:db8:0:20::/64 tcp sport { 80, 443, 5223 } ct state established,related accept comment"
                                + " \"plumbline plumbline-2026\"");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # place | edition | format | a line of it
            wifi | ht210060-2022 | nftables   | # *.push.apple.com tcp/5223: ht210060-2022 line 43 (Device management)
            wifi | ht210060-2022 | nftables   | # 17.248.128.0/18 tcp/443: ht210060-2022 line 124 (App notarization)
            wifi | ht210060-2022 | nftables   | # gs.apple.com tcp/443: ht210060-2022 line 32 (Device setup), ht210060-2022 line 75 (Software updates)
            wifi | ht210060-2022 | nftables   | # NOT LET OUT: ocsp.digicert.com tcp/80: outside Apple's network, where no block of addresses is known; let it out by name (list-names, squid), or give its blocks with --address; asked for by ht210060-2022 line 16 (Certificate validation)
            srv  | plumbline-2026 | iptables  | -A plumbline_srv -s 198.51.100.40/32 -d 17.0.0.0/8 -p udp --dport 123 -m comment --comment "plumbline plumbline-2026" -j ACCEPT
            srv  | plumbline-2026 | iptables  | -A plumbline_srv -s 17.0.0.0/8 -d 198.51.100.40/32 -p udp --sport 123 -m conntrack --ctstate ESTABLISHED,RELATED -m comment --comment "plumbline plumbline-2026" -j ACCEPT
            srv  | plumbline-2026 | ip6tables | # srv declares no IPv6 block (cidrs): nothing is let out.
            bare | plumbline-2026 | iptables  | # bare declares no addresses (cidrs): these lines hold for every source.
            wifi | plumbline-2026 | asa       | access-list inside_access_in extended permit tcp object-group plumbline_wifi_from_4_1 object plumbline_wifi_4_ocsp.digicert.com eq 80
            wifi | plumbline-2026 | asa       | ` fqdn v4 ocsp.digicert.com`
            wifi | plumbline-2026 | asa       | ` network-object 17.0.0.0 255.0.0.0`
            wifi | plumbline-2026 | asa       | ! NOT LET OUT: *.mzstatic.com tcp/443: outside Apple's network, and the box looks up no wildcard; give its blocks with --address; asked for by plumbline-2026 (App Store)
            wifi | plumbline-2026 | squid     | acl plumbline_wifi_from src 2001:db8:0:20::/64
            wifi | plumbline-2026 | squid     | acl plumbline_wifi_tls ssl::server_name .push.apple.com
            wifi | plumbline-2026 | squid     | ssl_bump splice plumbline_wifi_from plumbline_wifi_tls
            wifi | plumbline-2026 | squid     | # NOT LET OUT: time.apple.com udp/123: a proxy carries no UDP; let it out past the proxy; asked for by plumbline-2026 (Device setup)
            wifi | ht210060-2022  | squid     | ssl_bump splice plumbline_wifi_from plumbline_wifi_spliced
            wifi | plumbline-2026 | pac       | `  return "PROXY proxy.campus.example:3128";`
            wifi | plumbline-2026 | list-names | *.push.apple.com
            wifi | jamf-apns      | list-names | # NOT LET OUT: 17.0.0.0/8 tcp/5223: an address block and no name; it is in list-ipv4 or list-ipv6; asked for by jamf-apns line 107 (Clients)
            wifi | jamf-apns      | list-ipv4  | 17.0.0.0/8
            wifi | plumbline-2026 | list-ipv6  | 2620:149::/32
            wifi | ht210060-2022  | csv       | *.push.apple.com,tcp,5223,ht210060-2022,43,Device management,"iOS, iPadOS, tvOS, and macOS",see-apns,Push notifications,17.0.0.0/8 2620:149::/32 2403:300::/32 2a01:b740::/32
            wifi | plumbline-2026 | nftables  | # Left out, an administrator may (--with-optional): mask.icloud.com udp/443: plumbline-2026 (iCloud)
            """)
    void linesNameEditionAndRow(String place, String edition, String format, String line) {
        Format language = dev.plumbline.catalog.Words.of(Format.class, format);
        assertThat(Lists.written(Lists.of(place, edition), language).lines()).contains(line);
    }

    @Test
    void whatAPacketFilterCannotSayIsAGapUntilItsBlocksAreGiven() {
        Set<Service> validation = EnumSet.of(Service.CERTIFICATE_VALIDATION);
        assertThat(gaps(Lists.written(Lists.of("wifi", OURS, validation, Map.of()), Format.NFTABLES)))
                .containsExactly("crl3.digicert.com tcp/80", "crl4.digicert.com tcp/80", "ocsp.digicert.com tcp/80");
        Written given = Lists.written(Lists.of("wifi", OURS, validation, DIGICERT), Format.NFTABLES);
        assertThat(gaps(given)).containsExactly("crl3.digicert.com tcp/80", "crl4.digicert.com tcp/80");
        assertThat(given.lines())
                .contains(
                        "add rule inet filter plumbline_wifi ip saddr 10.20.20.0/24 ip daddr 192.0.2.16/28 tcp dport 80 accept"
                                + " comment \"plumbline plumbline-2026\"");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # of the device's Apple services alone, in the words of each box
            nftables,   0
            iptables,   0
            asa,        0
            squid,      0
            pac,        0
            list-names, 0
            list-ipv4,  0
            csv,        0
            """)
    void apnsAloneLeavesNoGap(String format, int gaps) {
        Format language = dev.plumbline.catalog.Words.of(Format.class, format);
        assertThat(Lists.written(Lists.of("wifi", OURS, APNS, Map.of()), language)
                        .gaps())
                .hasSize(gaps);
    }

    /** Every pair is either in a comment that says who asks for it, right above what lets it out, or told as a gap. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void everyPairIsLetOutOrTold(Format format) {
        for (String place : List.of("wifi", "srv", "cache", "bare")) {
            for (String edition : List.of("jamf-apns", "ht210060-2019", "ht210060-2022", OURS)) {
                Allowlist list = Lists.of(place, edition);
                Written written = Lists.written(list, format);
                assertThat(written.lines())
                        .allMatch(l -> !l.isBlank() && l.chars().noneMatch(c -> c < ' '));
                assertThat(String.join("\n", written.lines())).doesNotContain("{n}", "0.0.0.0/0", "::/0 ");
                List<String> told = new ArrayList<>(gaps(written));
                for (Pass pass : list.passes()) {
                    boolean elsewhere =
                            format == Format.PAC && pass.transport().word().equals("udp");
                    boolean otherFamily =
                            List.of(Format.IP6TABLES, Format.LIST_IPV6).contains(format)
                                    && (pass.isBlock() || place.equals("srv"));
                    String begin = format == Format.CSV
                            ? pass.host() + "," + pass.transport().word() + "," + pass.port() + ","
                            : format.comment(pass.said() + ": ");
                    assertThat(told.contains(pass.said())
                                    || elsewhere
                                    || otherFamily
                                    || written.lines().stream().anyMatch(l -> l.startsWith(begin)))
                            .as(format + " " + place + " " + edition + " " + pass.said())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void namesOfAListCoverWhatTheRowsName() {
        Allowlist list = Lists.of("wifi", "ht210060-2022");
        List<String> names = Lists.body(list, Format.LIST_NAMES);
        assertThat(names)
                .doesNotContain("vpp.itunes.apple.com", "setup.icloud.com")
                .contains("*.icloud.com");
        assertThat(list.passes().stream().filter(p -> !p.isBlock()).map(Pass::host))
                .allMatch(host -> names.stream().anyMatch(n -> n.equals(host) || Names.covers(n, host)));
    }

    @Test
    void placesWithLongNamesKeepTheLengthOfAChain() {
        assertThat(new Allowlist("a-very-long-name-of-a-segment", OURS, "", List.of(), List.of(), List.of(), Map.of())
                        .tag())
                .hasSizeLessThan(28)
                .matches("[a-z0-9_]+");
    }

    /** The script as a browser runs it, with the two functions of its host that it calls. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ht210060-2022  | 12-courier.push.apple.com  | DIRECT
            ht210060-2022  | 12-COURIER.push.Apple.com  | DIRECT
            ht210060-2022  | albert.apple.com           | DIRECT
            ht210060-2022  | ocsp.digicert.com          | DIRECT
            ht210060-2022  | 17.248.130.9               | DIRECT
            ht210060-2022  | 17.1.2.3                   | PROXY proxy.campus.example:3128
            ht210060-2022  | xalbert.apple.com          | PROXY proxy.campus.example:3128
            ht210060-2022  | albert.apple.com.evil.test | PROXY proxy.campus.example:3128
            ht210060-2022  | www.example.com            | PROXY proxy.campus.example:3128
            plumbline-2026 | 17.248.130.9               | PROXY proxy.campus.example:3128
            """)
    void aProxyScriptSendsTheRowsTheDirectWay(String edition, String host, String way) {
        String script = String.join(
                "\n", Lists.written(Lists.of("wifi", edition), Format.PAC).lines());
        String functions = """
                function dnsDomainIs(host, domain) {
                  return host.length >= domain.length && host.substring(host.length - domain.length) == domain;
                }
                function number(a) { var p = a.split("."); return ((p[0] << 24) | (p[1] << 16) | (p[2] << 8) | p[3]) >>> 0; }
                function isInNet(host, net, mask) { return ((number(host) & number(mask)) >>> 0) == number(net); }
                """;
        try (Context context = Context.enter()) {
            context.setInterpretedMode(true);
            Scriptable scope = context.initStandardObjects();
            context.evaluateString(scope, functions + script, "pac", 1, null);
            Object answer = context.evaluateString(
                    scope, "FindProxyForURL('https://" + host + "/', '" + host + "')", "call", 1, null);
            assertThat(Context.toString(answer)).isEqualTo(way);
        }
    }
}
