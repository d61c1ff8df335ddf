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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "0.0.0.0/0",
                "198.51.100.40/27",
                "::/0",
                "2001:db8::/32",
                "2001:db8:0:10:0:0:0:1/128"
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
                "::/129",
                "1.2.3.4./8",
                "host.example/24"
            })
    void whatIsNoAddressBlockIsRefused(String text) {
        assertThatThrownBy(() -> SiteReader.cidr(text)).hasMessageContaining("is no address block");
    }
}
