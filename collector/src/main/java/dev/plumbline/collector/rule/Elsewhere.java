package dev.plumbline.collector.rule;

import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.words.TargetId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The same round on the other segments: the control without which nobody is accused.
 *
 * @param inside other segments of the site whose facts may be compared, the reference among them
 * @param outside segments beyond the site's edge
 */
public record Elsewhere(List<SegmentReading> inside, List<SegmentReading> outside) {
    /** What the others say of a target that fails here. */
    public enum Control {
        /** It works on another segment: the cause lies here. */
        PASSES_THERE,
        /** It fails alike on every other segment inside. */
        FAILS_ALIKE,
        /** Nobody else looked, or what they saw does not help. */
        NONE
    }

    public static Elsewhere of(SegmentReading self, List<SegmentReading> comparable) {
        List<SegmentReading> others = comparable.stream()
                .filter(s -> !s.segment().id().equals(self.segment().id()))
                .toList();
        return new Elsewhere(
                others.stream().filter(s -> !isOutside(s)).toList(),
                others.stream().filter(Elsewhere::isOutside).toList());
    }

    public static boolean isOutside(SegmentReading reading) {
        return reading.segment().kind() == SegmentKind.OUTSIDE;
    }

    /** Compares a failing target; the symptom is the one that its points mostly show. */
    public Control control(TargetReading failing) {
        Symptom symptom = main(failing);
        List<TargetReading> there = seen(inside, failing.target().id());
        if (failing.result() == TargetReading.Result.PARTIAL) {
            return partial(failing, there, symptom.layer());
        }
        if (there.stream().anyMatch(r -> passed(r, symptom.layer()))) {
            return Control.PASSES_THERE;
        }
        if (!there.isEmpty()) {
            return there.stream().allMatch(r -> failsAlike(r, symptom)) ? Control.FAILS_ALIKE : Control.NONE;
        }
        return outsidePasses(failing.target().id(), symptom.layer()) ? Control.PASSES_THERE : Control.NONE;
    }

    /** Where some addresses work here too, only those that fail here count, or their family where nobody else asked them. */
    private static Control partial(TargetReading failing, List<TargetReading> there, Layer layer) {
        boolean passes = false;
        boolean fails = false;
        for (PointReading mine : failing.failures()) {
            for (TargetReading other : there) {
                List<PointReading> comparable = comparable(mine, other);
                passes |= comparable.stream()
                        .anyMatch(p -> p.proved() || p.reached().atLeast(layer));
                fails |= comparable.stream().anyMatch(PointReading::failed);
            }
        }
        return passes ? Control.PASSES_THERE : fails ? Control.FAILS_ALIKE : Control.NONE;
    }

    private static List<PointReading> comparable(PointReading mine, TargetReading other) {
        List<PointReading> same = other.points().stream()
                .filter(p -> p.point().address().equals(mine.point().address()))
                .toList();
        return same.isEmpty()
                ? other.points().stream()
                        .filter(p -> p.isIpv6() == mine.isIpv6())
                        .toList()
                : same;
    }

    /** True when some other segment, outside ones included, proved the whole target. */
    public boolean provedSomewhere(TargetId target) {
        return any(inside, target, PointReading::proved) || any(outside, target, PointReading::proved);
    }

    /** Others asked the target's canary, and it accepted for all of them: the host's own doing, or the site's edge. */
    public boolean canaryAcceptedEverywhere(TargetId target) {
        List<PointReading> there = seen(inside, target).stream()
                .flatMap(r -> r.points().stream())
                .filter(p -> p.whoAnswered().canaryPort() != 0)
                .toList();
        return !there.isEmpty() && there.stream().allMatch(p -> p.path().canaryAccepted());
    }

    public boolean outsidePasses(TargetId target, Layer layer) {
        return seen(outside, target).stream().anyMatch(r -> passed(r, layer));
    }

    public boolean outsideFails(TargetId target) {
        List<TargetReading> there = seen(outside, target);
        return !there.isEmpty()
                && there.stream().allMatch(r -> r.any(PointReading::failed) && !r.any(PointReading::proved));
    }

    /** Segments on which the target works, for sentences. */
    public List<String> passing(TargetId target) {
        return Stream.concat(inside.stream(), outside.stream())
                .filter(s -> s.target(target)
                        .filter(r -> r.any(PointReading::proved))
                        .isPresent())
                .map(s -> s.segment().id().value())
                .sorted()
                .toList();
    }

    /** The symptom that most points of a failing target show. */
    public static Symptom main(TargetReading reading) {
        return reading.points().stream()
                .filter(PointReading::failed)
                .map(PointReading::symptom)
                .max(Comparator.<Symptom>comparingLong(s -> reading.points().stream()
                                .filter(p -> p.symptom() == s)
                                .count())
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(Symptom.NONE);
    }

    private static boolean passed(TargetReading reading, Layer layer) {
        return reading.any(PointReading::proved)
                || reading.any(p -> !p.symptom().provesItself() && p.reached().atLeast(layer));
    }

    private static boolean failsAlike(TargetReading reading, Symptom symptom) {
        return reading.any(PointReading::failed) && main(reading) == symptom;
    }

    private static List<TargetReading> seen(List<SegmentReading> segments, TargetId target) {
        return segments.stream()
                .map(s -> s.target(target))
                .flatMap(Optional::stream)
                .filter(r -> r.any(p -> p.failed() || p.proved() || p.reached() != Layer.NOTHING))
                .toList();
    }

    private static boolean any(List<SegmentReading> segments, TargetId target, Predicate<PointReading> test) {
        return seen(segments, target).stream().anyMatch(r -> r.any(test));
    }
}
