package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Failing points with their targets, chosen. */
final class Failures {
    private Failures() {}

    /** Every point of the segment, failing or not. */
    static List<Claim.Failing> allPoints(SegmentReading segment) {
        List<Claim.Failing> all = new ArrayList<>();
        for (TargetReading reading : segment.targets().values()) {
            for (PointReading point : reading.points()) {
                all.add(new Claim.Failing(reading, point));
            }
        }
        return all;
    }

    /** Confirmed failures of one target. */
    static List<Claim.Failing> of(TargetReading reading) {
        return reading.failures().stream()
                .map(p -> new Claim.Failing(reading, p))
                .toList();
    }

    static List<Claim.Failing> of(Collection<TargetReading> readings, Predicate<PointReading> test) {
        List<Claim.Failing> chosen = new ArrayList<>();
        for (TargetReading reading : readings) {
            for (PointReading point : reading.failures()) {
                if (test.test(point)) {
                    chosen.add(new Claim.Failing(reading, point));
                }
            }
        }
        return chosen;
    }

    static List<Claim.Failing> of(Collection<TargetReading> readings, Symptom first, Symptom... more) {
        Set<Symptom> symptoms = EnumSet.of(first, more);
        return of(readings, p -> symptoms.contains(p.symptom()));
    }
}
