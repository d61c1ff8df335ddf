package dev.plumbline.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.TargetId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The targets agree with the rows that they stand for. */
final class TargetsTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    private static Stream<Target> targets() {
        return CATALOG.targets().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aTargetHasARoleAServiceAndASource(Target target) {
        assertThat(target.roles()).isNotEmpty();
        assertThat(target.services()).isNotEmpty();
        assertThat(target.sources().isEmpty())
                .isEqualTo(target.services().contains(Service.CONTROL)
                        && target.host().equals("www.example.com"));
    }

    /** A target narrowed to platforms is narrowed to those that the newest print names for its host. */
    @ParameterizedTest
    @MethodSource("targets")
    void platformsAreThoseOfThePrint(Target target) {
        List<Row> printed = CATALOG.rows("ht210060-2022").stream()
                .filter(r ->
                        r.host().equals(target.host()) && Coverage.serves(target, Set.of(), r) && !r.os().equals("-"))
                .toList();
        Set<Platform> platforms = EnumSet.noneOf(Platform.class);
        printed.forEach(r -> platforms.addAll(platforms(r.os())));
        if (printed.isEmpty()) {
            return;
        }
        if (target.platforms().isEmpty()) {
            assertThat(platforms)
                    .as("%s is asked of every platform", target.id())
                    .contains(Platform.IOS, Platform.MACOS);
        } else {
            assertThat(target.platforms()).as("%s", target.id()).isEqualTo(platforms);
        }
    }

    private static Set<Platform> platforms(String os) {
        Set<Platform> all = EnumSet.noneOf(Platform.class);
        for (Platform platform : Platform.values()) {
            if (List.of(os.toLowerCase(Locale.ROOT).split("\\W+")).contains(Words.of(platform))) {
                all.add(platform);
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # target                        | probe        | identity      | obligation         | proxy
            courier:5223                    | courier      | apple-private | required           | see-apns
            courier:443                     | courier      | apple-private | required           | see-apns
            courier-sandbox:5223            | courier      | apple-private | optional-by-policy | see-apns
            init.push.apple.com:443         | https        | apple-private | required           | see-apns
            bag                             | bag          | none          | required           | see-apns
            api.push.apple.com:443          | provider-api | public        | required           | see-apns
            api.push.apple.com:2197         | provider-api | public        | required           | see-apns
            gdmf.apple.com:443              | pmv          | apple-private | required           | yes
            gsa.apple.com:443               | https        | apple-private | required           | yes
            ocsp.apple.com:80               | ocsp         | none          | required           | no
            crl.apple.com:80                | cert-file    | none          | required           | no
            certs.apple.com:80              | cert-file    | none          | required           | no
            mesu.apple.com:443              | plist        | public        | required           | no
            mesu.apple.com:80               | plist-plain  | none          | required           | no
            push.apple.com:txt              | name-text    | none          | optional-by-policy | see-apns
            appleid.apple.com:443           | https        | public        | required           | yes
            mask.icloud.com:udp-443         | quic         | none          | optional-by-policy | no
            apple-relay.apple.com:udp-443   | quic         | none          | optional-by-policy | unstated
            app-site-association.networking.apple:udp-443 | http3 | public | optional-by-policy | unstated
            pos-device.apple.com:udp-443    | http3        | public        | optional-by-policy | unstated
            mask-h2.icloud.com:443          | https        | public        | optional-by-policy | no
            doh.dns.apple.com:443           | doh          | public        | optional-by-policy | yes
            gateway.push.apple.com:2195     | tcp          | none          | retired            | unstated
            gateway.push.apple.com:absent   | name-absent  | none          | control            | unstated
            www.example.com:443             | https        | public        | control            | unstated
            upload.appleschoolcontent.com:22 | ssh         | none          | required           | yes
            """)
    void targetsThatOthersRelyOnAreWhatTheyAre(
            String id, String probe, String identity, String obligation, String proxy) {
        assertThat(targets().filter(t -> t.id().value().equals(id)))
                .singleElement()
                .satisfies(t -> {
                    assertThat(t.probe().word()).isEqualTo(probe);
                    assertThat(Words.of(t.identity())).isEqualTo(identity);
                    assertThat(Words.of(t.obligation())).isEqualTo(obligation);
                    assertThat(Words.of(t.proxy())).isEqualTo(proxy);
                });
    }

    @Test
    void theTargetsOfAnEditionAreThoseOfItsRowsAndTheControls() {
        assertThat(CATALOG.targets("jamf-apns"))
                .extracting(t -> t.id().value())
                .containsExactlyInAnyOrder(
                        "courier:5223",
                        "courier:443",
                        "gateway.push.apple.com:2195",
                        "feedback.push.apple.com:2196",
                        "gateway.push.apple.com:absent",
                        "feedback.push.apple.com:absent",
                        "www.example.com:443",
                        "www.example.com:80");
    }

    @Test
    void nothingThatIsGoneServesAnEditionThatIsNewer() {
        assertThat(CATALOG.targets("plumbline-2026")).noneMatch(t -> t.obligation() == Obligation.RETIRED);
        assertThat(CATALOG.targets("ht210060-2022"))
                .filteredOn(t -> t.obligation() == Obligation.RETIRED)
                .extracting(t -> t.id().value())
                .containsExactlyInAnyOrder(
                        "crl.entrust.net:80",
                        "ocsp.entrust.net:80",
                        "gnf-mdn.apple.com:443",
                        "gnf-mr.apple.com:443",
                        "ns.itunes.apple.com:443");
    }

    @Test
    void everyCourierIsVisitedAndEveryAgentVisitsTheSame() {
        Target courier = targets()
                .filter(t -> t.id().value().equals("courier:5223"))
                .findFirst()
                .orElseThrow();
        for (long seconds : new long[] {10, 15, 30, 60, 300, 600, 900, 1800, 3600}) {
            assertThat(Stream.iterate(1_795_300_800_000L, n -> n + 1000 * seconds)
                            .limit(53)
                            .map(courier::hostInRound)
                            .distinct())
                    .as("rounds of %s s", seconds)
                    .hasSize(50);
        }
        assertThat(courier.hosts())
                .hasSize(50)
                .startsWith("1-courier.push.apple.com")
                .endsWith("50-courier.push.apple.com");
        assertThat(courier.hostInRound(1_795_300_800_000L))
                .isEqualTo(courier.hostInRound(1_795_300_800_000L))
                .matches("([1-9]|[1-4][0-9]|50)-courier\\.push\\.apple\\.com");
    }

    @Test
    void theFallbackOfCouriersIsAskedJustAsTheirOwnPort() {
        Target own = target("courier:5223");
        Target fallback = target("courier:443");
        assertThat(fallback.alpnLadder()).isEqualTo(own.alpnLadder()).startsWith("apns-security-v3");
        assertThat(fallback.hosts()).isEqualTo(own.hosts());
        assertThat(fallback.serverName()).isEqualTo(own.serverName());
        assertThat(fallback.identity()).isEqualTo(own.identity());
        assertThat(fallback.probe()).isEqualTo(own.probe());
    }

    private static Target target(String id) {
        return Catalog.builtIn().target(new TargetId(id)).orElseThrow();
    }
}
