package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A site of three segments, the one to be broken, a reference and a peer, and where the catalog's names lie in it. The same
 * seed is the same world.
 */
final class World {
    static final long ROUND = Instant.parse("2026-11-02T10:00:00Z").toEpochMilli();
    static final SegmentId BROKEN = new SegmentId("floor");

    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Set<String> ELSEWHERE = Set.of(
            "mzstatic.com", "digicert.com", "digicert.cn", "edgesuite.net", "cdn-apple.com", "appldnld.apple.com");

    private final long seed;
    private final boolean knowsIpv6;
    private final Site site;
    private final Map<SegmentId, Plan> plans = new HashMap<>();
    private final Map<String, List<String>> addresses = new HashMap<>();

    World(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        this.knowsIpv6 = random.nextInt(100) < 70;
        int chance = random.nextInt(100);
        Set<Role> roles = chance < 55
                ? Set.of(Role.DEVICE)
                : chance < 70 ? Set.of(Role.MDM_SERVER) : Set.of(Role.DEVICE, Role.MDM_SERVER);
        SegmentKind kind = roles.contains(Role.DEVICE) ? SegmentKind.WIFI : SegmentKind.SERVER;
        this.site = new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                EnumSet.allOf(Service.class),
                EnumSet.allOf(Platform.class),
                List.of(
                        segment(BROKEN.value(), kind, "10.20.20.0/24", roles),
                        segment("lab", SegmentKind.REFERENCE, "10.20.40.0/24", Set.of(Role.DEVICE, Role.MDM_SERVER)),
                        segment("peer", SegmentKind.WIRED, "10.20.50.0/24", Set.of(Role.MDM_SERVER))));
        for (Segment segment : site.segments()) {
            plans.put(segment.id(), Planner.plan(CATALOG, site, segment, Plan.Settings.DEFAULT));
        }
    }

    private static Segment segment(String id, SegmentKind kind, String cidr, Set<Role> roles) {
        return new Segment(new SegmentId(id), id, kind, roles, List.of(cidr), id);
    }

    static Catalog catalog() {
        return CATALOG;
    }

    Site site() {
        return site;
    }

    Plan plan(SegmentId segment) {
        return Objects.requireNonNull(plans.get(segment), () -> "no segment " + segment);
    }

    Segment broken() {
        return site.segment(BROKEN).orElseThrow();
    }

    /** Targets that the broken segment owes or may shut: what a rule is recovered on. */
    List<Target> judged() {
        return plan(BROKEN).targets().stream()
                .filter(t -> !t.probe().asksNamesOnly())
                .filter(t -> isRequired(t) || Planner.optional(t, site, broken()))
                .toList();
    }

    boolean isRequired(Target target) {
        return Planner.required(target, site, broken());
    }

    /** The target at each of its addresses, whatever a firewall does. */
    List<Point> points(Target target) {
        String host = target.hostInRound(ROUND);
        return addresses(host).stream().map(a -> point(target, Optional.of(a))).toList();
    }

    Point point(Target target, Optional<String> address) {
        String host = target.hostInRound(ROUND);
        List<String> names = target.poolSize() > 0 ? List.of(target.serverName()) : List.of(target.serverName(), host);
        return Point.of(names, target.transport(), target.port(), address);
    }

    /**
     * Where a name lies: couriers and the push service in APNs blocks of several sizes, iCloud, time and the rest in other parts
     * of Apple's, four of them a handful of /24 that many names share; content networks beyond; one to four addresses of a
     * family, one name in three without IPv6.
     */
    List<String> addresses(String host) {
        return addresses.computeIfAbsent(host, this::place);
    }

    private List<String> place(String host) {
        Random random = new Random(seed * 31 + host.hashCode());
        if (host.endsWith("courier.push.apple.com") || host.endsWith("courier.sandbox.push.apple.com")) {
            int pool = Math.floorMod(seed, 3);
            String four =
                    List.of("17.57.14%d.%d", "17.57.14%d.%d", "17.249.%d.%d").get(pool);
            return Stream.concat(
                            random.ints(4 + random.nextInt(5), 0, 1 << 16)
                                    .mapToObj(n -> String.format(four, 4 + n % 4, 4 + (n >> 2) % 200)),
                            sixes(random, "2620:149:a44:" + (400 + pool), 4))
                    .distinct()
                    .toList();
        }
        if (host.equals("www.example.com")) {
            return Stream.concat(Stream.of("93.184.215.14"), sixes(random, "2606:2800:21f:cb07", 1))
                    .toList();
        }
        boolean six = random.nextInt(3) > 0;
        int many = random.nextInt(2) == 0 ? 1 : 2 + random.nextInt(3);
        return Stream.concat(fours(random, host, many), six ? sixes(random, netSix(host), many) : Stream.empty())
                .distinct()
                .toList();
    }

    private Stream<String> fours(Random random, String host, int many) {
        List<String> nets = nets(host);
        String net = nets.get(random.nextInt(nets.size()));
        return random.ints(many, 4, 250).mapToObj(n -> net + "." + n);
    }

    private static List<String> nets(String host) {
        if (is(host, ELSEWHERE)) {
            return List.of("23.62.10", "23.62.11", "23.215.128", "96.16.53");
        }
        if (host.contains("cloudflare") || host.contains("fastly")) {
            return List.of("104.16.40", "151.101.3");
        }
        if (host.endsWith("push.apple.com")) {
            return List.of("17.188.143", "17.188.166", "17.188.20", "17.252.44");
        }
        if (host.startsWith("time")) {
            return List.of("17.253.14", "17.253.52", "17.253.84");
        }
        if (host.contains("icloud") || host.contains("cloudkit")) {
            return List.of("17.248.145", "17.248.176", "17.250.80");
        }
        return List.of("17.253.14", "17.253.27", "17.253.73", "17.32.194", "17.171.8", "17.179.252", "17.156.131");
    }

    private static String netSix(String host) {
        if (is(host, ELSEWHERE)) {
            return "2a02:26f0:1700:4";
        }
        if (host.contains("cloudflare") || host.contains("fastly")) {
            return "2606:4700:4400:0";
        }
        return host.endsWith("push.apple.com")
                ? "2620:149:a44:500"
                : host.contains("icloud") ? "2620:149:af0:0" : "2620:149:a06:f000";
    }

    private Stream<String> sixes(Random random, String net, int many) {
        return knowsIpv6
                ? random.ints(many, 16, 0xfff).mapToObj(n -> net + "::" + Integer.toHexString(n))
                : Stream.of();
    }

    private static boolean is(String host, Set<String> suffixes) {
        return suffixes.stream().anyMatch(s -> host.equals(s) || host.endsWith("." + s));
    }
}
