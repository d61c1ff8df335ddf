package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Work orders as findings on a small site would make them. */
final class Orders {
    static final String EDITION = "plumbline-2026";
    static final Catalog CATALOG = Catalog.builtIn();
    private static final Segment WIFI = segment("wifi", Role.DEVICE, List.of("10.20.20.10/24", "2001:db8:0:20::/64"));
    private static final Segment SRV = segment("srv", Role.MDM_SERVER, List.of("198.51.100.40/32"));
    private static final Segment BARE = segment("bare", Role.DEVICE, List.of());
    private static final Site SITE = new Site(
            "campus",
            "campus.example",
            EDITION,
            Set.of(Service.values()),
            Set.of(Platform.values()),
            List.of(WIFI, SRV, BARE));

    private Orders() {}

    private static Segment segment(String id, Role role, List<String> cidrs) {
        return new Segment(new SegmentId(id), id, SegmentKind.WIRED, Set.of(role), cidrs, id);
    }

    static WorkOrder order(String place, String mechanism, String scope, String... explained) {
        return order(place, mechanism, scope, List.of("10.20.20.1", "2001:db8:0:20::1"), explained);
    }

    /** @param resolvers that the witnesses asked */
    static WorkOrder order(String place, String mechanism, String scope, List<String> resolvers, String... explained) {
        Segment segment = SITE.segment(new SegmentId(place)).orElseThrow();
        List<TargetId> ids = List.of(explained).stream().map(TargetId::new).toList();
        Finding finding = new Finding(
                Place.of(segment.id()),
                Mechanism.ofId(mechanism),
                Scope.parse(scope),
                ids,
                resolvers.stream().map(r -> witness(segment.id(), r)).toList(),
                "said",
                "mend");
        List<Target> owed = CATALOG.targets().stream()
                .filter(t -> Planner.required(t, SITE, segment))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        return new WorkOrder("i1-" + place, reached(finding), segment.cidrs(), owed, CATALOG, EDITION);
    }

    /** What must not be reached was, at two addresses. */
    private static Finding reached(Finding finding) {
        return finding.mechanism() != Mechanism.OUTBOUND_OPEN
                ? finding
                : new Finding(
                        finding.place(),
                        finding.mechanism(),
                        finding.scope(),
                        finding.targets(),
                        Stream.of("198.51.100.41", "2001:db8:0:10::41")
                                .map(a -> new Witness(
                                        finding.place().segment().orElseThrow(),
                                        "a",
                                        new TargetId("deny:jss.campus.example:8443"),
                                        Transport.TCP,
                                        Endpoint.NONE,
                                        new Endpoint(a, 8443),
                                        Instant.parse("2026-11-21T10:00:00Z"),
                                        "reached"))
                                .toList(),
                        finding.sentence(),
                        finding.remedy());
    }

    private static Witness witness(SegmentId segment, String resolver) {
        return new Witness(
                segment,
                "a",
                new TargetId("courier:5223"),
                Transport.UDP,
                Endpoint.NONE,
                new Endpoint(resolver, 53),
                Instant.parse("2026-11-21T10:00:00Z"),
                "seen");
    }

    static Optional<Configuration> written(Dialect dialect, WorkOrder order) {
        return Configurations.of(order).stream()
                .filter(c -> c.dialect() == dialect)
                .findFirst();
    }

    /** The lines that the box acts on; none where the dialect has no answer. */
    static List<String> body(Dialect dialect, WorkOrder order) {
        String comment = dialect.comment("");
        return written(dialect, order).map(Configuration::lines).orElse(List.of()).stream()
                .filter(line -> !line.startsWith(comment.strip()))
                .toList();
    }
}
