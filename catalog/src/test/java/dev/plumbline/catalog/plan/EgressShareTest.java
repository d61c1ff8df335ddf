package dev.plumbline.catalog.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.config.Durations;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EgressShareTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # segment=egress                | agents seen         | of    | agents | cap | each
            srv=srv                         |                     | srv   | 1      | 20  | 20
            srv=srv                         | srv=1               | srv   | 1      | 20  | 20
            staff=nat guest=nat free=nat    |                     | staff | 3      | 20  | 6
            staff=nat guest=nat free=nat    | staff=1 guest=1     | free  | 3      | 20  | 6
            staff=nat guest=nat free=nat    | staff=2 guest=1     | guest | 4      | 20  | 5
            staff=nat guest=nat srv=srv     | srv=9               | staff | 2      | 20  | 10
            staff=nat guest=nat srv=srv     | srv=9               | srv   | 9      | 20  | 2
            staff=nat guest=nat             | staff=20 guest=20   | staff | 40     | 20  | 1
            """)
    void theCapOfAGroupIsDividedAmongItsAgents(String declared, String seen, String of, int agents, int cap, int each) {
        Site site = site(declared);
        Segment segment = site.segment(new SegmentId(of)).orElseThrow();
        EgressShare share = EgressShare.of(site, segment, counts(seen == null ? "" : seen));
        assertThat(share.agents()).isEqualTo(agents);
        Plan.Settings settings = new Plan.Settings(Duration.ofMinutes(5), Duration.ofSeconds(4), 1, cap);
        Plan plan = share.of(Planner.plan(CATALOG, site, segment, settings));
        assertThat(plan.settings().connectionsPerSecond()).isEqualTo(each);
        assertThat(plan.settings().round()).isEqualTo(settings.round());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # target                         | alone | of four
            api.push.apple.com:443           | 5m    | 20m
            time.apple.com:udp-123           | 60s   | 4m
            upload.appleschoolcontent.com:22 | 1h    | 4h
            courier:5223                     | 0s    | 0s
            gateway.push.apple.com:2195      | 1d    | 1d
            albert.apple.com:443             | 0s    | 0s
            """)
    void whatAppleCountsByAddressIsAskedNoMoreOftenByTheGroupThanByOne(String id, String alone, String ofFour) {
        Target target = CATALOG.target(new TargetId(id)).orElseThrow();
        assertThat(target.minimumInterval()).isEqualTo(Durations.parse(alone));
        assertThat(interval(EgressShare.WHOLE, target)).isEqualTo(Durations.parse(alone));
        assertThat(interval(new EgressShare(4), target)).isEqualTo(Durations.parse(ofFour));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # agents | cap | round | complaint
            1        | 20  | 5m    |
            4        | 20  | 5m    |
            20       | 20  | 5m    | one of 20 agents behind its public address: at 1 connections a second a round of
            20       | 20  | 1h    |
            4        | 20  | 1m    | longer than the 60 s between rounds; raise rounds.every or
            """)
    void aShareThatIsTooSmallForARoundIsComplainedOf(int agents, int cap, String round, String complaint) {
        Site site = site("staff=nat");
        Plan whole = Planner.plan(
                CATALOG,
                site,
                site.segments().get(0),
                new Plan.Settings(Durations.parse(round), Duration.ofSeconds(4), 1, cap));
        EgressShare share = new EgressShare(agents);
        String said = share.complaint(share.of(whole)).orElse("");
        assertThat(said).contains(complaint == null ? "" : complaint);
        assertThat(said.isEmpty()).isEqualTo(complaint == null);
    }

    @Test
    void nobodySharesWithLessThanOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgressShare(0))
                .withMessage("at least one agent has a share, not 0");
    }

    @Test
    void whoIsAloneIsToldSo() {
        Plan.Settings slow = new Plan.Settings(Duration.ofSeconds(10), Duration.ofSeconds(4), 1, 1);
        Site site = site("staff=nat");
        Plan plan = Planner.plan(CATALOG, site, site.segments().get(0), slow);
        assertThat(EgressShare.WHOLE.complaint(plan).orElseThrow())
                .startsWith("segment staff, alone behind its public address: at 1 connections a second");
    }

    private static Duration interval(EgressShare share, Target target) {
        Plan plan = share.of(Plan.of("campus", new SegmentId("staff"), List.of(target), Plan.Settings.DEFAULT));
        return plan.targets().get(0).minimumInterval();
    }

    private static Site site(String declared) {
        List<Segment> segments = List.of(declared.split(" ", -1)).stream()
                .map(word -> word.split("=", 2))
                .map(pair -> new Segment(
                        new SegmentId(pair[0]), pair[0], SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), pair[1]))
                .toList();
        return new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                EnumSet.allOf(Service.class),
                EnumSet.allOf(Platform.class),
                segments);
    }

    private static Map<SegmentId, Integer> counts(String seen) {
        Map<SegmentId, Integer> counts = new HashMap<>();
        for (String word : seen.isBlank() ? new String[0] : seen.split(" ", -1)) {
            String[] pair = word.split("=", 2);
            counts.put(new SegmentId(pair[0]), Integer.valueOf(pair[1]));
        }
        return counts;
    }
}
