package dev.plumbline.catalog.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlannerTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Segment WIFI = segment("wifi", SegmentKind.WIFI, Role.DEVICE);
    private static final Segment SERVERS = segment("srv", SegmentKind.SERVER, Role.MDM_SERVER);
    private static final Segment REFERENCE = segment("ref", SegmentKind.REFERENCE, Role.DEVICE);
    private static final Set<Service> NO_CHINA = EnumSet.complementOf(EnumSet.of(Service.CHINA, Service.ORGANISATION));

    private static Segment segment(String id, SegmentKind kind, Role role) {
        return new Segment(new SegmentId(id), id, kind, Set.of(role), List.of(), id);
    }

    private static Site site(String edition, Set<Service> services, Set<Platform> platforms) {
        return new Site("campus", "campus.example", edition, services, platforms, List.of(WIFI, SERVERS, REFERENCE));
    }

    private static final Site SITE = site("plumbline-2026", NO_CHINA, EnumSet.allOf(Platform.class));

    private static Target target(String id) {
        return CATALOG.targets().stream()
                .filter(t -> t.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no target " + id));
    }

    private static List<String> planned(Site site, Segment segment) {
        return Planner.plan(CATALOG, site, segment, Plan.Settings.DEFAULT).targets().stream()
                .map(t -> t.id().value())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # target,                          wifi,  srv
            courier:5223,                      true,  false
            courier:443,                       true,  false
            bag,                               true,  false
            init.push.apple.com:443,           true,  false
            api.push.apple.com:443,            false, true
            api.push.apple.com:2197,           false, true
            courier-sandbox:5223,              false, false
            gateway.push.apple.com:2195,       false, false
            gateway.push.apple.com:absent,     false, false
            www.example.com:443,               false, false
            gdmf.apple.com:443,                true,  true
            mdmenrollment.apple.com:443,       false, true
            upload.appleschoolcontent.com:22,  false, true
            ocsp.apple.com:80,                 true,  true
            is1-ssl.mzstatic.com:443,          true,  true
            captive.apple.com:80,              true,  false
            time.apple.com:udp-123,            true,  true
            suconfig.apple.com:80,             false, false
            mask-h2.icloud.com:443,            false, false
            doh.dns.apple.com:443,             false, false
            ocsp.verisign.net:80,              false, false
            ns.itunes.apple.com:443,           false, false
            setup.icloud.com.cn:443,           false, false
            """)
    void whatASegmentOwesFollowsFromItsRole(String id, boolean wifi, boolean servers) {
        assertThat(Planner.required(target(id), SITE, WIFI)).isEqualTo(wifi);
        assertThat(Planner.required(target(id), SITE, SERVERS)).isEqualTo(servers);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # target,                 rummel, jamf,  2019,  2022,  2026
            courier:5223,             true,   true,  true,  true,  true
            courier:443,              false,  true,  true,  true,  true
            bag,                      true,   false, true,  true,  true
            albert.apple.com:443,     false,  false, true,  true,  true
            appleid.apple.com:443,    false,  false, false, true,  true
            account.apple.com:443,    false,  false, false, false, true
            """)
    void whatASegmentOwesFollowsFromTheEditionInForce(
            String id, boolean rummel, boolean jamf, boolean y2019, boolean y2022, boolean y2026) {
        assertThat(List.of("rummel-2013", "jamf-apns", "ht210060-2019", "ht210060-2022", "plumbline-2026"))
                .extracting(e -> Planner.required(target(id), site(e, NO_CHINA, EnumSet.allOf(Platform.class)), WIFI))
                .containsExactly(rummel, jamf, y2019, y2022, y2026);
    }

    @Test
    void nothingOfUnusedPlatformsAndServicesIsPlannedOrOwed() {
        Set<Service> services = EnumSet.copyOf(NO_CHINA);
        services.removeAll(Set.of(Service.SCHOOL_MANAGER, Service.PRIVATE_RELAY));
        Site site = site("plumbline-2026", services, EnumSet.of(Platform.IOS, Platform.MACOS));
        assertThat(planned(SITE, WIFI))
                .contains("sylvan.apple.com:443", "school.apple.com:443", "mask-h2.icloud.com:443");
        assertThat(planned(site, WIFI))
                .contains("courier:5223", "time-macos.apple.com:udp-123")
                .doesNotContain(
                        "sylvan.apple.com:443",
                        "school.apple.com:443",
                        "mask-h2.icloud.com:443",
                        "bpapi.apple.com:443");
        assertThat(planned(site, REFERENCE)).doesNotContain("sylvan.apple.com:443", "setup.icloud.com.cn:443");
        assertThat(Planner.required(target("sylvan.apple.com:443"), site, WIFI)).isFalse();
    }

    @Test
    void aPlanHoldsControlsRetiredAndOptionalTargetsButNotOtherRoles() {
        assertThat(planned(SITE, WIFI))
                .contains(
                        "www.example.com:443",
                        "gateway.push.apple.com:absent",
                        "doh.dns.apple.com:443",
                        "ocsp.verisign.net:80")
                .doesNotContain("api.push.apple.com:443", "gateway.push.apple.com:2195");
        assertThat(planned(SITE, SERVERS))
                .contains("gateway.push.apple.com:2195", "www.example.com:80")
                .doesNotContain("courier:5223");
    }

    @Test
    void controlSegmentsProbeForEveryRole() {
        assertThat(planned(SITE, REFERENCE)).containsAll(planned(SITE, WIFI)).containsAll(planned(SITE, SERVERS));
    }

    @Test
    void aPlanIsUnsealedOrderedAndCarriesTheSettings() {
        Plan plan = Planner.plan(CATALOG, SITE, WIFI, Plan.Settings.DEFAULT);
        assertThat(plan.hash()).isEmpty();
        assertThat(plan.segment()).isEqualTo(WIFI.id());
        assertThat(plan.settings().round()).isEqualTo(Plan.Settings.DEFAULT.round());
        assertThat(plan.targets()).extracting(Target::id).isSorted();
    }

    @Test
    void aServerOwesAppleHostsThirdPartyNetworksAndPlainHttp() {
        List<Target> owed = CATALOG.targets().stream()
                .filter(t -> Planner.required(t, SITE, SERVERS))
                .toList();
        assertThat(owed.stream().filter(t -> t.port() == 443 && t.host().endsWith(".apple.com")))
                .hasSizeGreaterThanOrEqualTo(6);
        assertThat(owed.stream().filter(t -> t.port() == 443 && t.host().endsWith("mzstatic.com")))
                .isNotEmpty();
        assertThat(owed.stream().filter(t -> t.port() == 80)).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void retiredTargetsAreProbedOnceADayAtMost() {
        assertThat(CATALOG.targets().stream().filter(t -> t.obligation() == Obligation.RETIRED))
                .isNotEmpty()
                .allMatch(t -> t.minimumInterval().toDays() == 1);
    }

    private static Segment denying(Segment segment, String... denied) {
        return new Segment(
                segment.id(),
                segment.name(),
                segment.kind(),
                segment.roles(),
                segment.cidrs(),
                segment.egressGroup(),
                Stream.of(denied).map(Denied::parse).toList());
    }

    private static Site site(Segment... segments) {
        return new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                NO_CHINA,
                EnumSet.allOf(Platform.class),
                List.of(segments));
    }

    @Test
    void whatOneSegmentMustNotReachIsProbedByAllAndRequiredOfNone() throws Exception {
        Segment guest = denying(WIFI, "jss.campus.example:8443", "198.51.100.40:22");
        Site site = site(guest, SERVERS, REFERENCE);
        for (Segment segment : site.segments()) {
            Plan plan = Planner.plan(CATALOG, site, segment, Plan.Settings.DEFAULT);
            assertThat(plan.targets()).extracting(Target::id).isSorted();
            assertThat(plan.targets())
                    .filteredOn(t -> t.id().value().startsWith("deny:"))
                    .hasSize(2)
                    .noneMatch(t -> Planner.required(t, site, segment));
            assertThat(planned(site, segment))
                    .filteredOn(t -> !t.startsWith("deny:"))
                    .isEqualTo(planned(SITE, segment));
            Plan sealed = PlanCodec.seal(plan);
            assertThat(PlanCodec.decode(PlanCodec.encode(sealed))).isEqualTo(sealed);
        }
        assertThat(Planner.contradictions(CATALOG, site)).isEmpty();
    }

    @ParameterizedTest(name = "{0} under {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # target                | edition        | relay used | wifi  | srv
            mask-h2.icloud.com:443  | plumbline-2026 | yes        | true  | false
            mask-h2.icloud.com:443  | plumbline-2026 | no         | false | false
            mask-h2.icloud.com:443  | ht210060-2019  | yes        | false | false
            doh.dns.apple.com:443   | plumbline-2026 | yes        | true  | false
            courier:5223            | plumbline-2026 | yes        | false | false
            www.example.com:443     | plumbline-2026 | yes        | false | false
            """)
    void whatASegmentMayDoWithoutIsItsAdministratorsChoice(
            String id, String edition, String relay, boolean wifi, boolean servers) {
        Set<Service> services = EnumSet.copyOf(NO_CHINA);
        if (relay.equals("no")) {
            services.remove(Service.PRIVATE_RELAY);
        }
        Site site = site(edition, services, EnumSet.allOf(Platform.class));
        assertThat(Planner.optional(target(id), site, WIFI)).isEqualTo(wifi);
        assertThat(Planner.optional(target(id), site, SERVERS)).isEqualTo(servers);
        assertThat(Planner.required(target(id), site, WIFI) && wifi).isFalse();
    }

    @ParameterizedTest(name = "round {0} ms, stage {1} ms, {2} confirmations, {3} connections")
    @CsvSource(delimiter = '|', textBlock = """
            # round ms | stage ms | confirmations | connections a second | refused because
            10000      | 100      | 0             | 1                    |
            9999       | 4000     | 1             | 20                   | a round takes at least 10 s
            300000     | 99       | 1             | 20                   | a stage at least 100 ms
            300000     | 4000     | -1            | 20                   | confirmations are not negative
            300000     | 4000     | 1             | 0                    | at least one connection a second
            """)
    void howAgentsGoAboutItHasBounds(long round, long stage, int confirmations, int connections, String because) {
        ThrowingCallable made =
                () -> new Plan.Settings(Duration.ofMillis(round), Duration.ofMillis(stage), confirmations, connections);
        if (because == null) {
            assertThatCode(made).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException().isThrownBy(made).withMessageContaining(because);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # denied                   | contradicts
            jss.campus.example:8443    |
            gdmf.apple.com:8443        |
            gdmf.apple.com:443         | gdmf.apple.com:443
            7-courier.push.apple.com:5223 | courier:5223
            api.push.apple.com:443     |
            time.apple.com:123         |
            doh.dns.apple.com:443      |
            """)
    void whatIsRequiredOfASegmentCannotBeDeniedToIt(String denied, String target) {
        List<String> sentences = Planner.contradictions(CATALOG, site(denying(WIFI, denied), SERVERS));
        if (target == null) {
            assertThat(sentences).isEmpty();
        } else {
            assertThat(sentences)
                    .singleElement()
                    .asString()
                    .startsWith("segment wifi must not reach " + denied + ", but plumbline-2026 requires target "
                            + target + " of it; take it out of must-not-reach");
        }
    }
}
