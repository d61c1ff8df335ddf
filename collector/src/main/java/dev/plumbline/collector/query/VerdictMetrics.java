package dev.plumbline.collector.query;

import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.store.Store;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.words.SegmentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts as people are told them: of a segment that nobody looks at nothing is met and nothing broken. Read from the store
 * once after each change of it, so that a question between two rounds reads nothing.
 */
public final class VerdictMetrics implements MetricSource {
    private final Supplier<Declared> inForce;
    private final Store store;
    private final Connections connections;
    private final Duration patience;
    private final Clock clock;
    private volatile Read latest = new Read(-1, List.of(), Map.of(), Map.of(), Map.of());

    private record Cause(String place, String mechanism, String severity, boolean isExcused) {}

    private record Read(
            long version,
            List<Segment> of,
            Map<SegmentId, Long> rounds,
            Map<SegmentId, List<Requirement>> requirements,
            Map<Cause, Integer> open) {}

    /** The same as for {@link Answers}. */
    public VerdictMetrics(
            Supplier<Declared> inForce, Store store, Connections connections, Duration patience, Clock clock) {
        this.inForce = inForce;
        this.store = store;
        this.connections = connections;
        this.patience = patience;
        this.clock = clock;
    }

    /** The segments that nobody looks at now: what was last seen of them is history. */
    public Set<SegmentId> silent() {
        Read now = read();
        Silence silence = silence(now);
        return now.of().stream()
                .map(Segment::id)
                .filter(segment -> silence.of(segment).isPresent())
                .collect(Collectors.toSet());
    }

    private Silence silence(Read now) {
        return new Silence(connections.connected(), now.rounds(), patience, clock.instant());
    }

    @Override
    public void tell(Families families) {
        Read now = read();
        Silence silence = silence(now);
        for (Segment segment : now.of()) {
            boolean isSilent = silence.of(segment.id()).isPresent();
            segment(families, segment, now.rounds().get(segment.id()), isSilent);
            List<Requirement> judged = now.requirements().getOrDefault(segment.id(), List.of());
            if (judged.isEmpty()) {
                judged = HouseRules.unjudged(segment, "");
            }
            judged.forEach(r -> requirement(families, r, isSilent));
        }
        now.open()
                .forEach((cause, count) -> families.gauge(
                        "plumbline_finding_open",
                        "Open findings by place (a segment, or site, or apple) and by mechanism; excused ones break no rule.",
                        count,
                        "segment",
                        cause.place(),
                        "cause",
                        cause.mechanism(),
                        "severity",
                        cause.severity(),
                        "excused",
                        String.valueOf(cause.isExcused())));
    }

    private Read read() {
        long version = store.version();
        List<Segment> segments = inForce.get().site().segments();
        Read before = latest;
        if (before.version() == version && before.of().equals(segments)) {
            return before;
        }
        Map<SegmentId, List<Requirement>> requirements = new HashMap<>();
        segments.forEach(s -> requirements.put(s.id(), store.requirements(s.id())));
        Map<Cause, Integer> open = new HashMap<>();
        store.openIncidents().forEach(i -> open.merge(cause(i), 1, Integer::sum));
        Read read = new Read(version, segments, new TreeMap<>(store.latestRounds()), requirements, open);
        latest = read;
        return read;
    }

    private static Cause cause(Incident incident) {
        return new Cause(
                incident.finding().place().word(),
                incident.finding().mechanism().id(),
                Words.of(incident.finding().severity()),
                incident.finding().excuse().isPresent());
    }

    private static void segment(Families families, Segment segment, @Nullable Long round, boolean isSilent) {
        String id = segment.id().value();
        families.gauge(
                "plumbline_segment_info",
                "Always 1; the kind of each declared segment.",
                1,
                "segment",
                id,
                "kind",
                Words.of(segment.kind()));
        families.flag(
                "plumbline_segment_silent",
                "1 while nobody looks at the segment: no agent is connected, or none has finished a round for long.",
                isSilent,
                "segment",
                id);
        if (round != null) {
            families.moment(
                    "plumbline_segment_latest_round_timestamp_seconds",
                    "When the latest closed round began that the segment was heard in.",
                    Instant.ofEpochMilli(round),
                    "segment",
                    id);
        }
    }

    private static void requirement(Families families, Requirement requirement, boolean isSilent) {
        String segment = requirement.segment().value();
        Verdict verdict = isSilent ? Verdict.INSUFFICIENT : requirement.verdict();
        Verdict works = isSilent ? Verdict.INSUFFICIENT : requirement.stillWorks();
        families.flag(
                "plumbline_requirement_insufficient",
                "1 while too little is known to say whether the requirement is met.",
                verdict == Verdict.INSUFFICIENT,
                "segment",
                segment,
                "requirement",
                requirement.id());
        if (verdict != Verdict.INSUFFICIENT) {
            families.flag(
                    "plumbline_requirement_met",
                    "1 while the requirement is met, 0 while it is broken; nothing while too little is known.",
                    verdict == Verdict.MET,
                    "segment",
                    segment,
                    "requirement",
                    requirement.id());
        }
        if (works != Verdict.INSUFFICIENT) {
            families.flag(
                    "plumbline_requirement_still_works",
                    "1 while devices or servers would work whatever the rule says, 0 while not; nothing while unknown.",
                    works == Verdict.MET,
                    "segment",
                    segment,
                    "requirement",
                    requirement.id());
        }
    }
}
