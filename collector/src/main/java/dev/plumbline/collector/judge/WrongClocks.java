package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.remedy.Remedies;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Surroundings.ClockOffset;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Clocks that differ from the collector's. Agents number rounds and date facts by the collector's clock, so nothing else is
 * concluded of it and no state changes; but whoever searches a log by the host's own time searches at the wrong place, and
 * programs on that host meet certificates that look expired. Of two clocks that differ the one is wrong with which nobody
 * agrees.
 */
final class WrongClocks {
    /** Beyond what NTP, sleep and a busy host explain. */
    private static final Duration MOST = Duration.ofSeconds(5);

    /** Clocks that are this close are wrong by the same cause. */
    private static final Duration ALIKE = Duration.ofSeconds(2);

    private static final TargetId STREAM = new TargetId("collector");

    private WrongClocks() {}

    private record Told(SegmentId segment, String agent, ClockOffset clock) {
        boolean isWrong() {
            return clock.offset().abs().minus(clock.bound()).compareTo(MOST) > 0;
        }

        /** A collector's clock that catches up moves by half a second a second between two readings of it. */
        boolean isLike(Told other) {
            Duration between = Duration.between(clock.measuredAt(), other.clock.measuredAt())
                    .abs();
            Duration apart = clock.offset().minus(other.clock.offset()).abs();
            return apart.compareTo(
                            ALIKE.plus(clock.bound()).plus(other.clock.bound()).plus(between.dividedBy(2)))
                    <= 0;
        }

        Witness witness() {
            return new Witness(
                    segment,
                    agent,
                    STREAM,
                    Transport.TCP,
                    Endpoint.NONE,
                    Endpoint.NONE,
                    clock.measuredAt(),
                    "the collector's clock is " + seconds(clock.offset()) + " this host's, give or take "
                            + String.format(Locale.ROOT, "%.3f s", clock.bound().toNanos() / 1e9));
        }
    }

    /** @param readings of all segments, with the colleagues of those who speak */
    static List<Finding> of(List<SegmentReading> readings) {
        List<Told> told = readings.stream()
                .flatMap(r -> Stream.concat(Stream.of(r), r.company().colleagues().stream()))
                .flatMap(r -> r.environment().flatMap(e -> e.surroundings().clockOffset()).stream()
                        .map(clock -> new Told(r.segment().id(), r.agent(), clock)))
                .toList();
        List<Told> wrong = told.stream().filter(Told::isWrong).toList();
        if (wrong.isEmpty()) {
            return List.of();
        }
        // One that agrees may stand on the collector's own host.
        boolean fewAgree = wrong.size() > 1 && told.size() - wrong.size() < Math.min(2, wrong.size());
        if (fewAgree && wrong.stream().allMatch(wrong.get(0)::isLike)) {
            return List.of(
                    finding(
                            Place.SITE,
                            wrong,
                            "for " + wrong.size() + " of " + told.size() + " agents alike the collector's clock is "
                                    + seconds(wrong.get(0).clock().offset())
                                    + " their hosts': it is wrong, or theirs are by one cause, such as one time server or one host"));
        }
        Map<SegmentId, List<Told>> bySegment =
                wrong.stream().collect(Collectors.groupingBy(Told::segment, TreeMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        bySegment.forEach((segment, agents) -> findings.add(finding(
                Place.of(segment),
                agents,
                agents.stream()
                                .map(t -> "the collector's clock is "
                                        + seconds(t.clock().offset()) + " that of " + t.agent())
                                .collect(Collectors.joining("; "))
                        + (wrong.size() == told.size()
                                ? "; which of the two is wrong no other agent can tell"
                                : "; other agents' clocks agree with the collector's")
                        + ". Rounds and times of facts are corrected by it")));
        return findings;
    }

    private static Finding finding(Place place, List<Told> agents, String because) {
        return new Finding(
                place,
                Mechanism.CLOCK_WRONG,
                Scope.ALL,
                List.of(),
                agents.stream().map(Told::witness).toList(),
                place + ": " + Mechanism.CLOCK_WRONG.phrase() + ": " + because + ".",
                Remedies.of(place, Mechanism.CLOCK_WRONG, Scope.ALL));
    }

    private static String seconds(Duration offset) {
        return String.format(Locale.ROOT, "%.3f s", offset.abs().toNanos() / 1e9)
                + (offset.isNegative() ? " behind" : " ahead of");
    }
}
