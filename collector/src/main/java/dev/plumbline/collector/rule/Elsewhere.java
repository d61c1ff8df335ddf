package dev.plumbline.collector.rule;

import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The same round on the other segments: the control without which nobody is accused.
 *
 * @param inside other segments of the site whose facts may be compared, the reference among them
 * @param outside segments beyond the site's edge
 */
public record Elsewhere(List<SegmentReading> inside, List<SegmentReading> outside) {
    /** What the others say of what fails here. */
    public enum Control {
        /** It works on another segment: the cause lies here. */
        PASSES_THERE,
        /** It works outside, and no other segment inside asked it: the cause lies here or at the site's edge. */
        PASSES_OUTSIDE,
        /** It fails alike wherever else inside it was seen to fail, and passes nowhere. */
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

    /**
     * Compares each confirmed failure of a target, by identity. Where everything fails in one way, whatever the target does
     * elsewhere tells whether it passes there; where it does, or where addresses differ here, each is compared by itself, since
     * what passes over another address, or over another family, says nothing of this one.
     */
    public IdentityHashMap<PointReading, Control> controls(TargetReading failing) {
        if (failing.any(PointReading::proved)) {
            return pointByPoint(failing, r -> true);
        }
        Set<Symptom> ways = EnumSet.noneOf(Symptom.class);
        ways.addAll(failing.failuresBySymptom().keySet());
        if (ways.size() > 1) {
            // That the host has no way over a family is no second way in which the other fails.
            ways.remove(Symptom.NO_ROUTE);
        }
        if (ways.size() > 1) {
            return pointByPoint(failing, r -> true);
        }
        IdentityHashMap<PointReading, Control> controls = new IdentityHashMap<>();
        for (Symptom symptom : ways) {
            Control control = control(failing, symptom);
            if (control.compareTo(Control.PASSES_OUTSIDE) <= 0
                    && failing.any(p -> p.point().address().isPresent())) {
                // Who gets through to none either may meet a rule like the one here, and says nothing of a server.
                return pointByPoint(failing, r -> r.any(PointReading::proved));
            }
            failing.failures()
                    .forEach(p -> controls.put(p, ofItsFamily(failing.target().id(), p, control)));
        }
        return controls;
    }

    /** @param counts of whom it counts which addresses he asked */
    private IdentityHashMap<PointReading, Control> pointByPoint(
            TargetReading failing, Predicate<TargetReading> counts) {
        List<TargetReading> beyond = seen(outside, failing.target().id());
        List<TargetReading> there = seen(inside, failing.target().id());
        if (!there.isEmpty()) {
            return new PointContrast(failing, there, beyond, counts).controls();
        }
        // That it fails on every segment takes two of them to tell.
        IdentityHashMap<PointReading, Control> controls = new PointContrast(failing, beyond, beyond, counts).controls();
        controls.replaceAll((p, control) -> switch (control) {
            case PASSES_THERE -> byOutside();
            case PASSES_OUTSIDE, FAILS_ALIKE, NONE -> Control.NONE;
        });
        return controls;
    }

    /** What fails alike on others that have the other family alone fails alike in that: of this one the outside speaks. */
    private Control ofItsFamily(TargetId target, PointReading failing, Control control) {
        boolean hasFamily = failing.point().address().isEmpty()
                || any(inside, target, p -> p.point().address().isEmpty() || p.isIpv6() == failing.isIpv6());
        if (control != Control.FAILS_ALIKE || hasFamily || outsideFails(target, failing)) {
            return control;
        }
        return outsidePasses(target, failing) ? byOutside() : Control.NONE;
    }

    private Control control(TargetReading failing, Symptom symptom) {
        List<TargetReading> there = seen(inside, failing.target().id());
        if (there.stream().anyMatch(r -> passesInside(r, symptom.layer()))) {
            return Control.PASSES_THERE;
        }
        if (!there.isEmpty()) {
            return allFailAlike(failing.target().id(), there, symptom) ? Control.FAILS_ALIKE : Control.NONE;
        }
        return outsidePasses(failing.target().id(), symptom.layer()) ? byOutside() : Control.NONE;
    }

    /** Of a site of which one segment alone was heard, that segment is all that is known: what it meets is told of it. */
    private Control byOutside() {
        return inside.isEmpty() ? Control.PASSES_THERE : Control.PASSES_OUTSIDE;
    }

    /** True when some segment inside proved some address of the target. */
    public boolean provedInside(TargetId target) {
        return any(inside, target, PointReading::proved);
    }

    /** True when some segment inside proved some address of a failing point's family. */
    public boolean provedInside(TargetId target, PointReading failing) {
        return any(inside, target, p -> p.proved() && p.isIpv6() == failing.isIpv6());
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

    /** Whether outside a failing point is reached beyond what fails. */
    public boolean outsidePasses(TargetId target, PointReading failing) {
        return outsideOf(target, failing).stream()
                .anyMatch(p ->
                        p.proved() || PointContrast.reached(p, failing.symptom().layer()));
    }

    /** Whether outside a failing point fails too, in whatever way that a target may fail: a host without a way says nothing. */
    public boolean outsideFails(TargetId target, PointReading failing) {
        List<PointReading> there = outsideOf(target, failing).stream()
                .filter(p -> p.symptom() != Symptom.NO_ROUTE)
                .toList();
        return there.stream().anyMatch(PointReading::failed) && there.stream().noneMatch(PointReading::proved);
    }

    /** What was seen outside of a point: at its address, or in its family where nobody there asked that; of a name, everything. */
    private List<PointReading> outsideOf(TargetId target, PointReading failing) {
        Optional<String> address = failing.point().address();
        List<PointReading> all = seen(outside, target).stream()
                .flatMap(r -> r.points().stream())
                .filter(p -> address.isEmpty() || p.isIpv6() == failing.isIpv6())
                .toList();
        List<PointReading> same =
                all.stream().filter(p -> p.point().address().equals(address)).toList();
        return same.isEmpty() ? all : same;
    }

    private boolean outsidePasses(TargetId target, Layer layer) {
        return seen(outside, target).stream().anyMatch(r -> passed(r, layer));
    }

    private boolean outsideFails(TargetId target) {
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
        return reading.any(p -> p.proved() || PointContrast.reached(p, layer));
    }

    private boolean passesInside(TargetReading reading, Layer layer) {
        return reading.any(p -> p.proved() || (PointContrast.reached(p, layer) && isByServers(reading, p, layer)));
    }

    /** Whether it was the servers that let a segment get so far, and no box on its way: outside there is none. */
    private boolean isByServers(TargetReading reading, PointReading point, Layer layer) {
        return layer == Layer.RESOLVED
                || reading.bearsWitness(point)
                || outsidePasses(reading.target().id(), layer);
    }

    /**
     * Who is answered by a box on the way cannot see that the servers beyond it are gone, and who is stopped before them cannot see
     * what they do: outside nothing hides them.
     */
    private boolean allFailAlike(TargetId target, List<TargetReading> there, Symptom symptom) {
        boolean goneOutside = outsideFails(target) && !outsidePasses(target, symptom.layer());
        boolean alikeOutside = seen(outside, target).stream().anyMatch(r -> failsAlike(r, symptom));
        List<TargetReading> seeing = there.stream()
                .filter(r -> !goneOutside || !isAnsweredOnTheWay(r, symptom.layer()))
                .filter(r -> !goneOutside || !alikeOutside || !isStoppedBefore(r, symptom))
                .toList();
        return !seeing.isEmpty() && seeing.stream().allMatch(r -> failsAlike(r, symptom));
    }

    /** Whether somebody answers further than the servers do elsewhere, and is not they. */
    private static boolean isAnsweredOnTheWay(TargetReading reading, Layer layer) {
        return main(reading).provesItself() || reading.any(p -> p.reached().atLeast(layer));
    }

    /** Whether all that fails got less far than the symptom, or was not answered at all where the symptom is an answer. */
    private static boolean isStoppedBefore(TargetReading reading, Symptom symptom) {
        int depth = symptom.layer().depth();
        return reading.any(PointReading::failed)
                && reading.points().stream()
                        .filter(PointReading::failed)
                        .map(PointReading::symptom)
                        .allMatch(s -> s.layer().depth() < depth
                                || (s.layer().depth() == depth && s.isSilence() && !symptom.isSilence()));
    }

    /** What was seen once may be a lost packet, and speaks for nobody; where something else fails too, it must not get further. */
    private static boolean failsAlike(TargetReading reading, Symptom symptom) {
        return reading.failuresBySymptom().containsKey(symptom)
                && (main(reading) == symptom || !reading.any(p -> PointContrast.reached(p, symptom.layer())));
    }

    private static List<TargetReading> seen(List<SegmentReading> segments, TargetId target) {
        List<TargetReading> seen = new ArrayList<>(segments.size());
        for (SegmentReading segment : segments) {
            segment.target(target)
                    .filter(r -> r.any(p -> p.failed() || p.proved() || p.reached() != Layer.NOTHING))
                    .ifPresent(seen::add);
        }
        return seen;
    }

    private static boolean any(List<SegmentReading> segments, TargetId target, Predicate<PointReading> test) {
        return seen(segments, target).stream().anyMatch(r -> r.any(test));
    }
}
