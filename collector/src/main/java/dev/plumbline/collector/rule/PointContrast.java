package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.rule.Elsewhere.Control;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * Each failing point of one target against the same address on other segments, or against its family where nobody else asked
 * the address inside and it does not fail outside, at the layer of its own symptom: two causes may meet in one target. A point
 * that nobody else asked, and whose family says nothing, goes with those that show its symptom.
 */
final class PointContrast {
    private final TargetReading failing;
    private final List<TargetReading> there;
    private final List<TargetReading> outside;
    private final List<TargetReading> counted;

    /** Of each failing point, by identity, which points of the others are compared with it. */
    private final IdentityHashMap<PointReading, Predicate<PointReading>> beside = new IdentityHashMap<>();

    /**
     * @param others the same target on the segments to compare with
     * @param outside the same beyond the site's edge, where no box answers in the place of servers
     * @param counts of which of the others it counts that they asked an address
     */
    PointContrast(
            TargetReading failing,
            List<TargetReading> others,
            List<TargetReading> outside,
            Predicate<TargetReading> counts) {
        this.failing = failing;
        this.there = others;
        this.outside = outside;
        this.counted = others.stream().filter(counts).toList();
        failing.failures().forEach(p -> beside.put(p, beside(p)));
    }

    /** One for each confirmed failure, by identity. */
    IdentityHashMap<PointReading, Control> controls() {
        IdentityHashMap<PointReading, Control> controls = new IdentityHashMap<>();
        for (List<PointReading> alike : failing.failuresBySymptom().values()) {
            alike.forEach(p -> controls.put(p, control(p)));
            Control told = alike.stream()
                    .map(p -> controls.getOrDefault(p, Control.NONE))
                    .min(Control::compareTo)
                    .orElse(Control.NONE);
            alike.stream().filter(p -> !isAsked(p)).forEach(p -> controls.replace(p, Control.NONE, told));
        }
        return controls;
    }

    private boolean isAsked(PointReading mine) {
        return counted.stream().anyMatch(other -> other.any(p -> isSame(p, mine)))
                || outside.stream().anyMatch(other -> other.any(p -> p.failed() && isSame(p, mine)));
    }

    private static boolean isSame(PointReading one, PointReading other) {
        return one.point().address().equals(other.point().address());
    }

    /** A pool has many members: where somebody asked this one, what others saw of its family tells nothing of it. */
    private Predicate<PointReading> beside(PointReading mine) {
        boolean six = mine.isIpv6();
        return isAsked(mine) ? p -> isSame(p, mine) : p -> p.isIpv6() == six;
    }

    private boolean any(TargetReading other, PointReading mine, Predicate<PointReading> test) {
        Predicate<PointReading> compared = beside.getOrDefault(mine, p -> false);
        return other.any(p -> test.test(p) && compared.test(p));
    }

    private Control control(PointReading mine) {
        Layer layer = mine.symptom().layer();
        boolean alike = false;
        boolean further = false;
        for (TargetReading other : there) {
            if (any(other, mine, PointReading::proved)) {
                return Control.PASSES_THERE;
            }
            if (any(other, mine, p -> reached(p, layer))) {
                if (isByServers(mine, other, layer)) {
                    return Control.PASSES_THERE;
                }
                further = true;
            }
            alike |= any(other, mine, p -> failsAlike(p, mine));
        }
        boolean gone = outside.stream().anyMatch(o -> any(o, mine, p -> failsAlike(p, mine)));
        return alike && (gone || !further) ? Control.FAILS_ALIKE : Control.NONE;
    }

    private static boolean failsAlike(PointReading point, PointReading mine) {
        return point.failed() && point.hard() && point.symptom() == mine.symptom();
    }

    /** Whether it was the servers that let another get so far, and no box on its way, which may accept what then goes nowhere. */
    private boolean isByServers(PointReading mine, TargetReading other, Layer layer) {
        return any(other, mine, p -> !p.failed() && reached(p, layer) && other.bearsWitness(p))
                || outside.stream().anyMatch(o -> any(o, mine, p -> p.proved() || reached(p, layer)))
                || sameEnd(other).atLeast(layer);
    }

    /** How far this segment gets where it then ends as the other does: nobody of the other's own let it on so far. */
    private Layer sameEnd(TargetReading other) {
        return failing.failures().stream()
                .filter(mine -> !mine.symptom().provesItself())
                .filter(mine -> any(other, mine, p -> failsAlike(p, mine)))
                .map(PointReading::reached)
                .max(Layer::compareTo)
                .orElse(Layer.NOTHING);
    }

    /** What proves itself was reached with somebody on the way. */
    static boolean reached(PointReading point, Layer layer) {
        return !point.symptom().provesItself() && point.reached().atLeast(layer);
    }
}
