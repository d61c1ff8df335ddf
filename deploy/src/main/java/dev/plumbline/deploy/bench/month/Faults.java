package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What goes wrong in the month, the same each time. A segment that is held to rules meets something every three days or so, for four
 * hours to two days; on one in eight something is never mended; agents are away now and then; a service of Apple's own fails twice
 * for everybody. All begins and ends on a grid of four hours, at which {@link MonthWriter} judges.
 */
final class Faults {
    private static final int PER_MONTH = 10;
    private static final Duration MONTH = Duration.ofDays(30);
    private static final long[] HOURS = {4, 4, 4, 8, 8, 12, 24, 48};

    /** Nothing begins or ends between two of these. */
    static final int GRID_HOURS = 4;

    /** What firewalls, gateways and resolvers do, as often as it is written here. */
    private static final List<Cause> CAUSES = List.of(
            new Cause(Fault.Effect.SILENT, "tcp/5223"),
            new Cause(Fault.Effect.SILENT, "tcp/5223"),
            new Cause(Fault.Effect.RESET, "tcp/5223"),
            new Cause(Fault.Effect.SILENT, "tcp/2197"),
            new Cause(Fault.Effect.INTERCEPTED, "tcp/443"),
            new Cause(Fault.Effect.INTERCEPTED, "tcp/443"),
            new Cause(Fault.Effect.INTERCEPTED, "tcp/443@!name:push.apple.com"),
            new Cause(Fault.Effect.NXDOMAIN, "name:push.apple.com"),
            new Cause(Fault.Effect.NXDOMAIN, "name:itunes.apple.com"),
            new Cause(Fault.Effect.RESET, "tcp/443@name:mzstatic.com"),
            new Cause(Fault.Effect.SILENT, "udp/123"),
            new Cause(Fault.Effect.SILENT, "tcp/80"),
            new Cause(Fault.Effect.SILENT, "all@ipv6"),
            new Cause(Fault.Effect.SILENT, "all"),
            new Cause(Fault.Effect.REAPED, "all"),
            new Cause(Fault.Effect.AWAY, "all"));

    private record Cause(Fault.Effect effect, String scope) {
        Fault on(SegmentId segment, long from, long until) {
            return new Fault(Optional.of(segment), effect, Scope.parse(scope), from, until);
        }
    }

    private final Map<SegmentId, List<Fault>> bySegment;
    private final int drawn;

    private Faults(Site site, List<Fault> all) {
        this.drawn = all.size();
        this.bySegment = site.segments().stream()
                .collect(Collectors.toMap(
                        Segment::id,
                        s -> all.stream().filter(f -> f.concerns(s)).toList()));
    }

    static Faults of(Site site, Instant begun, int days) {
        Random random = new Random(11);
        List<Fault> all = new ArrayList<>();
        int number = 0;
        for (Segment segment : site.segments()) {
            if (segment.kind().isControl()) {
                continue;
            }
            for (int i = 0; i < PER_MONTH; i++) {
                // Drawn for a whole month, so that a shorter past is the beginning of a longer one.
                long from = hour(begun, random.nextInt((int) MONTH.toHours() / GRID_HOURS) * GRID_HOURS);
                long lasts =
                        Duration.ofHours(HOURS[random.nextInt(HOURS.length)]).toMillis();
                all.add(CAUSES.get(random.nextInt(CAUSES.size())).on(segment.id(), from, from + lasts));
            }
            if (number++ % 8 == 0) {
                all.add(CAUSES.get(number / 8 % 5)
                        .on(segment.id(), hour(begun, (5 + number) * GRID_HOURS), Long.MAX_VALUE));
            }
        }
        for (int hour : new int[] {212, 504}) {
            all.add(new Fault(
                    Optional.empty(),
                    Fault.Effect.SILENT,
                    Scope.parse("name:setup.icloud.com"),
                    hour(begun, hour),
                    hour(begun, hour + GRID_HOURS)));
        }
        Instant end = begun.plus(Duration.ofDays(days));
        all.removeIf(f -> f.from() >= end.toEpochMilli());
        return new Faults(site, all);
    }

    private static long hour(Instant begun, int number) {
        return begun.plus(Duration.ofHours(number)).toEpochMilli();
    }

    int drawn() {
        return drawn;
    }

    boolean isAway(SegmentId segment, long time) {
        return of(segment).stream().anyMatch(f -> f.effect() == Fault.Effect.AWAY && f.holds(time));
    }

    boolean isReaped(SegmentId segment, long time) {
        return of(segment).stream().anyMatch(f -> f.effect() == Fault.Effect.REAPED && f.holds(time));
    }

    /** What stops or changes what is sent there, the first that does. */
    Optional<Fault.Effect> at(SegmentId segment, Point point, long time) {
        for (Fault fault : of(segment)) {
            if (fault.effect() != Fault.Effect.AWAY
                    && fault.effect() != Fault.Effect.REAPED
                    && fault.holds(time)
                    && fault.hits(point)) {
                return Optional.of(fault.effect());
            }
        }
        return Optional.empty();
    }

    private List<Fault> of(SegmentId segment) {
        return bySegment.getOrDefault(segment, List.of());
    }
}
