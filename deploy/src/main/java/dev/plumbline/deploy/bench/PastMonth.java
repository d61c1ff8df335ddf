package dev.plumbline.deploy.bench;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A month of rounds of five minutes, as a store remembers it: every three hours one cell in twenty becomes otherwise, one segment in two
 * has other requirements, and a finding opens on one in five, or closes. The same each time.
 */
final class PastMonth {
    static final Instant BEGUN = Instant.parse("2026-10-01T00:00:00Z");
    static final Duration ROUND = Duration.ofMinutes(5);
    private static final int ROUNDS_UNCHANGED = 36;
    private static final List<String> RULES = List.of(
            "apns-device-direct",
            "apns-device-fallback",
            "apns-persistent",
            "no-interception",
            "dns-resolves",
            "certificate-validation",
            "enterprise-hosts");

    private final Random random = new Random(7);
    private final Map<String, Incident> open = new HashMap<>();
    private final Site site;
    private final Map<SegmentId, Plan> plans;
    private final SqliteStore store;
    private int incidents;

    PastMonth(Catalog catalog, int segments, SqliteStore store) {
        this.store = store;
        this.site = new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                Set.of(Service.values()),
                Set.of(Platform.values()),
                IntStream.range(0, segments).mapToObj(PastMonth::segment).toList());
        this.plans = site.segments().stream()
                .collect(Collectors.toMap(Segment::id, s -> Planner.plan(catalog, site, s, Plan.Settings.DEFAULT)));
    }

    private static Segment segment(int number) {
        return new Segment(
                new SegmentId("segment-" + number),
                "Segment " + number,
                SegmentKind.WIFI,
                Set.of(Role.DEVICE),
                List.of("10." + number + ".0.0/16"),
                "egress");
    }

    Site site() {
        return site;
    }

    Map<SegmentId, Plan> plans() {
        return plans;
    }

    void write(int days) {
        long rounds = Duration.ofDays(days).dividedBy(ROUND);
        for (long i = 0; i < rounds; i++) {
            Instant begun = BEGUN.plus(ROUND.multipliedBy(i));
            write(begun, begun.plusSeconds(40), i);
        }
    }

    private void write(Instant begun, Instant closedAt, long number) {
        long round = begun.toEpochMilli();
        boolean isOtherwise = number % ROUNDS_UNCHANGED == 0;
        List<Cell> cells = new ArrayList<>();
        List<Requirement> requirements = new ArrayList<>();
        List<Incident> changed = new ArrayList<>();
        for (Segment segment : isOtherwise ? site.segments() : List.<Segment>of()) {
            for (Target target : targets(segment.id())) {
                if (number == 0 || random.nextInt(20) == 0) {
                    cells.add(cell(segment.id(), target.id(), begun));
                }
            }
            if (number == 0 || random.nextBoolean()) {
                RULES.forEach(rule -> requirements.add(requirement(segment.id(), rule)));
            }
            if (random.nextInt(5) == 0) {
                changed.add(incident(segment.id(), closedAt));
            }
        }
        store.apply(new RoundChange(
                new RoundVerdict(
                        round,
                        closedAt,
                        site.segments().stream().map(Segment::id).collect(Collectors.toSet()),
                        cells,
                        List.of(),
                        List.of(),
                        requirements),
                changed,
                List.of(),
                List.of(),
                new ClosedRound(round, closedAt, number + 1, number + 1),
                number + 1,
                0,
                0));
    }

    private Cell cell(SegmentId segment, TargetId target, Instant begun) {
        State state = random.nextInt(4) == 0 ? State.BLOCKED : random.nextInt(20) == 0 ? State.INSUFFICIENT : State.OK;
        return new Cell(
                segment,
                target,
                true,
                state,
                "6 of 6 addresses: " + state + " since somebody changed rule " + words(),
                false,
                begun.toEpochMilli(),
                begun.plusSeconds(3),
                List.of("17.57.144.10", "17.57.144.11", "2620:149:a44::5"),
                Duration.ofMillis(20),
                IntStream.range(0, 6)
                        .mapToObj(i ->
                                begun.plusSeconds(i) + " 17.57.144." + i + " connected in 9.2 ms, TLS 1.3 in 12.4 ms")
                        .toList(),
                List.of(),
                List.of(
                        new RuleTrace("by-symptom", state != State.OK, "no answer to SYN"),
                        new RuleTrace("jam", false, "no")));
    }

    private List<Target> targets(SegmentId segment) {
        return Objects.requireNonNull(plans.get(segment), segment.value()).targets();
    }

    private String words() {
        return random.ints(2, 'a', 'z' + 1)
                .mapToObj(letter -> String.valueOf((char) letter).repeat(4))
                .collect(Collectors.joining(" "));
    }

    private Requirement requirement(SegmentId segment, String rule) {
        Verdict verdict =
                random.nextInt(6) > 0 ? Verdict.MET : random.nextBoolean() ? Verdict.BROKEN : Verdict.INSUFFICIENT;
        return new Requirement(segment, rule, verdict, "6 of 6 required targets: " + verdict, Verdict.MET);
    }

    private Incident incident(SegmentId segment, Instant at) {
        Incident last = open.remove(segment.value());
        if (last != null) {
            return new Incident(last.id(), last.finding(), last.openedAt(), Optional.of(at), last.round());
        }
        incidents++;
        Finding finding = new Finding(
                Place.of(segment),
                Mechanism.TCP_DROP,
                Scope.parse("tcp/5223"),
                targets(segment).stream().map(Target::id).limit(12).toList(),
                IntStream.range(0, 10).mapToObj(i -> witness(segment, i, at)).toList(),
                segment + ": connection attempts to tcp/5223 are silently dropped.",
                "Permit tcp/5223 from the segment to 17.0.0.0/8 and 2620:149::/32, both ways, without inspection.");
        Incident begun = new Incident("i" + incidents, finding, at, Optional.empty(), at.toEpochMilli());
        open.put(segment.value(), begun);
        return begun;
    }

    private static Witness witness(SegmentId segment, int number, Instant at) {
        return new Witness(
                segment,
                "a",
                new TargetId("courier:5223"),
                Transport.TCP,
                new Endpoint("10.1.0.7", 40_000 + number),
                new Endpoint("17.57.144." + number, 5223),
                at.minusSeconds(30).plusMillis(number),
                "no answer to SYN in 4 s");
    }
}
