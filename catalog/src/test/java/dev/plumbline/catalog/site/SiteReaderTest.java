package dev.plumbline.catalog.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteReaderTest {
    private static final Path FILE = Path.of("/etc/plumbline/collector.yaml");

    private static Site read(String text) throws ConfigException {
        ConfigFile file = ConfigFile.parse(FILE, text);
        Site site = SiteReader.read(file.root().section("site"));
        file.finish();
        return site;
    }

    @Test
    void aSchoolCanSayNoAppleTvNoChinaNoSchoolManager() throws Exception {
        Site site = read("""
                site:
                  id: north
                  domain: campus.example
                  without: [school-manager, private-relay]
                  platforms: [ios, ipados, macos]
                  segments:
                    - {id: srv, kind: server, cidrs: [198.51.100.40/27, "2001:db8:0:10::/64"], egress: public}
                    - {id: wifi, name: Wi-Fi of the pupils, kind: wifi, roles: [device, content-cache]}
                    - {id: ref, kind: reference}
                """);
        assertThat(site.edition()).isEqualTo("plumbline-2026");
        assertThat(site.services())
                .contains(Service.APNS, Service.CONTROL, Service.BUSINESS_MANAGER)
                .doesNotContain(Service.SCHOOL_MANAGER, Service.PRIVATE_RELAY, Service.CHINA, Service.ORGANISATION);
        assertThat(site.platforms()).containsExactlyInAnyOrder(Platform.IOS, Platform.IPADOS, Platform.MACOS);
        assertThat(site.segments()).extracting(Segment::name).containsExactly("srv", "Wi-Fi of the pupils", "ref");
        assertThat(site.segments())
                .extracting(Segment::roles)
                .containsExactly(
                        Set.of(Role.MDM_SERVER),
                        Set.of(Role.DEVICE, Role.CONTENT_CACHE),
                        Set.of(Role.DEVICE, Role.MDM_SERVER));
        assertThat(site.segments()).extracting(Segment::egressGroup).containsExactly("public", "wifi", "ref");
    }

    @Test
    void servicesCanBeListedAndAddedTo() throws Exception {
        String segments = "\n  segments: [{id: a}]\n";
        assertThat(read("site:\n  id: a\n  domain: a.example\n  services: [apns, time]" + segments)
                        .services())
                .containsExactlyInAnyOrder(Service.APNS, Service.TIME);
        assertThat(read("site:\n  id: a\n  domain: a.example\n  with: [china, organisation]" + segments)
                        .services())
                .containsExactlyInAnyOrder(Service.values());
    }

    @Test
    void allProblemsComeAtOnceWithTheirLines() {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> read("""
                site:
                  id: North
                  domain: campus.example
                  edition: ht210060-2020
                  without: [schools]
                  segments:
                    - {id: site}
                    - {id: wifi, kind: wlan}
                    - {id: wifi, cidrs: [10.0.0.0/33]}
                """));
        assertThat(e.problems())
                .hasSize(7)
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).startsWith(FILE + ":2: site.id: 'North' must be"),
                        p -> assertThat(p)
                                .startsWith(
                                        FILE
                                                + ":4: site.edition: there is no edition 'ht210060-2020'; there are rummel-2013"),
                        p -> assertThat(p).startsWith(FILE + ":5: site.without: 'schools' is none of apns, "),
                        p -> assertThat(p).startsWith(FILE + ":7: site.segments[0].id: segment id 'site' is reserved"),
                        p -> assertThat(p)
                                .startsWith(FILE + ":8: site.segments[1].kind: 'wlan' is none of server, wifi"),
                        p -> assertThat(p)
                                .startsWith(FILE + ":9: site.segments[2].cidrs: '10.0.0.0/33' is no address block"),
                        p -> assertThat(p)
                                .startsWith(FILE + ":9: site.segments[2].id: segment wifi is declared twice"));
    }

    private static Site denying(String kind, String denied) throws ConfigException {
        return read("""
                site:
                  id: north
                  domain: campus.example
                  segments:
                    - {id: srv, kind: server}
                    - {id: guest, kind: %s, must-not-reach: %s}
                """.formatted(kind, denied));
    }

    @Test
    void aSegmentNamesWhatItMustNotReach() throws Exception {
        Site site = denying("guest", "[JSS.campus.example:8443, '198.51.100.40:22', '[2001:db8::40]:8443']");
        assertThat(site.segments().get(0).mustNotReach()).isEmpty();
        assertThat(site.segments().get(1).mustNotReach())
                .containsExactly(
                        new Denied("jss.campus.example", 8443),
                        new Denied("198.51.100.40", 22),
                        new Denied("2001:db8::40", 8443));
        assertThat(site.denied())
                .extracting(d -> d.target().value())
                .containsExactly("deny:jss.campus.example:8443", "deny:198.51.100.40:22", "deny:2001:db8::40:8443");
        assertThat(site.denied())
                .extracting(Denied::toString)
                .containsExactly("jss.campus.example:8443", "198.51.100.40:22", "[2001:db8::40]:8443");
        assertThat(denying("guest", "jss:8443").denied()).containsExactly(new Denied("jss", 8443));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            guest     | [jss.campus.example]                 | 'jss.campus.example' is no TCP port of a host; write HOST:PORT such as jss.campus.example:8443
            guest     | [8443]                               | '8443' is no TCP port of a host
            guest     | ['jss.campus.example:https']         | 'jss.campus.example:https' is no TCP port of a host
            guest     | ['jss.campus.example:0']             | port 0 is not between 1 and 65535
            guest     | ['jss.campus.example:70000']         | port 70000 is not between 1 and 65535
            guest     | ['2001:db8::40:8443']                | '2001:db8::40:8443' is no TCP port of a host
            guest     | ['[2001:db8::1::40]:8443']           | '2001:db8::1::40' is neither the name of a host nor an address
            guest     | ['198.51.100.400:8443']              | '198.51.100.400' is neither the name of a host nor an address
            guest     | ['https://jss.campus.example:8443']  | 'https://jss.campus.example:8443' is no TCP port of a host
            guest     | ['*.campus.example:8443']            | '*.campus.example' is neither the name of a host nor an address
            guest     | ['jss..example:8443']                | 'jss..example' is neither the name of a host nor an address
            guest     | [jss.example:8443, JSS.example:8443] | names jss.example:8443 twice; once is enough
            reference | [jss.example:8443]                   | stands at a segment of kind reference, which is a control and held to no rule
            outside   | [jss.example:8443]                   | stands at a segment of kind outside, which is a control
            """)
    void whatCannotBeDeniedIsRefusedWithFileLineAndKey(String kind, String denied, String sentence) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> denying(kind, denied));
        assertThat(e.problems())
                .singleElement()
                .asString()
                .startsWith(FILE + ":6: site.segments[1].must-not-reach: " + sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "0.0.0.0/0",
                "198.51.100.40/27",
                "::/0",
                "2001:db8::/32",
                "2001:db8:0:10:0:0:0:1/128",
                "1::/16",
                "2001:DB8:1:2:3:4:5::/112",
            })
    void addressBlocksOfBothFamiliesAreUnderstood(String text) {
        assertThat(SiteReader.cidr(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0/8",
                "256.0.0.0/8",
                "10.0.0.0/33",
                "10.0.0.0/x",
                "2001:db8::1::/32",
                "2001:db8/32",
                "2001:db8:0:10:0:0:1/128",
                "2001:db8:0:10:0:0:0:1:2/128",
                "1:2:3:4:5:6:7:8::/128",
                "2001:db8::12345/128",
                "::/129",
                "1.2.3.4./8",
                "host.example/24"
            })
    void whatIsNoAddressBlockIsRefused(String text) {
        assertThatThrownBy(() -> SiteReader.cidr(text)).hasMessageContaining("is no address block");
    }
}
