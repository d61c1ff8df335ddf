package dev.plumbline.collector.round;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.SegmentId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a verdict is the latest word on. Rounds may close out of order (a demand overtakes the scheduled round it interrupts,
 * late facts open one again): an older round must not overwrite what a newer one said.
 *
 * @param round the round in question
 * @param latest the latest closed round that each segment was heard in
 */
public record LatestWord(long round, Map<SegmentId, Long> latest) {
    public LatestWord {
        latest = Map.copyOf(latest);
    }

    /** The verdict without what a newer round has spoken about. */
    public RoundVerdict of(RoundVerdict verdict) {
        return new RoundVerdict(
                verdict.round(),
                verdict.closedAt(),
                verdict.heard().stream().filter(this::on).collect(Collectors.toSet()),
                verdict.cells().stream().filter(c -> on(c.segment())).toList(),
                verdict.findings().stream().filter(f -> on(f.place())).toList(),
                verdict.suspicions().stream().filter(f -> on(f.place())).toList(),
                verdict.requirements().stream().filter(r -> on(r.segment())).toList(),
                verdict.pools());
    }

    /** What a newer round has spoken about: it may be noted, and changes nothing. */
    public RoundVerdict past(RoundVerdict verdict) {
        return new RoundVerdict(
                verdict.round(),
                verdict.closedAt(),
                verdict.heard().stream().filter(s -> !on(s)).collect(Collectors.toSet()),
                verdict.cells().stream().filter(c -> !on(c.segment())).toList(),
                verdict.findings().stream().filter(f -> !on(f.place())).toList(),
                List.of(),
                List.of());
    }

    /** The incidents that the verdict may change, close or reopen. */
    public List<Incident> of(List<Incident> known) {
        return known.stream().filter(i -> on(i.finding().place())).toList();
    }

    /** The others. */
    public List<Incident> past(List<Incident> known) {
        return known.stream().filter(i -> !on(i.finding().place())).toList();
    }

    private boolean on(SegmentId segment) {
        return latest.getOrDefault(segment, Long.MIN_VALUE) <= round;
    }

    /** Of the site and of Apple only the newest round of all may speak. */
    private boolean on(Place place) {
        return place.segment()
                .map(this::on)
                .orElseGet(() -> latest.values().stream().allMatch(l -> l <= round));
    }
}
