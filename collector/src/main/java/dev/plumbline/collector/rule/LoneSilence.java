package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An address or two of a name are silent and the name's other addresses answer: a dead server of a pool, one path, or a
 * packet too many. Nobody writes a rule for that, and a device takes the next address. Many such names are a rule again.
 */
final class LoneSilence implements Rule {
    /** The most silent addresses of one name. */
    private static final int MOST_ADDRESSES = 2;

    /** The most names: one block of addresses that is dropped meets many. */
    private static final int MOST_NAMES = 2;

    @Override
    public String id() {
        return "lone-silence";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<TargetReading> lone =
                open.stream().filter(target -> isLone(target, segment)).toList();
        if (lone.size() > MOST_NAMES) {
            return List.of();
        }
        return lone.stream().map(target -> claim(target, segment)).toList();
    }

    /** All that failed is silence of few addresses of a name that answers, on a port and in a family that work. */
    private static boolean isLone(TargetReading target, SegmentReading segment) {
        List<PointReading> failing = target.failures();
        TargetReading whole = segment.whole(target);
        return !failing.isEmpty()
                && failing.size() <= MOST_ADDRESSES
                && failing.stream()
                        .allMatch(p -> p.symptom().isSilence()
                                && p.point().address().isPresent()
                                && whole.any(other -> answers(other, p))
                                && segment.points().stream()
                                        .anyMatch(other -> answers(other, p) && isOneWay(other, p)));
    }

    private static boolean answers(PointReading other, PointReading silent) {
        return other.passed(silent.symptom().layer());
    }

    /** A rule for a port, or for a port in one family, would meet both; on another host, since a list may let some pass. */
    private static boolean isOneWay(PointReading other, PointReading silent) {
        return Collections.disjoint(other.point().names(), silent.point().names())
                && other.point().port() == silent.point().port()
                && other.point().transport().equals(silent.point().transport())
                && other.isIpv6() == silent.isIpv6();
    }

    private Claim claim(TargetReading target, SegmentReading segment) {
        List<Claim.Failing> silent = Failures.of(target);
        return new Claim(
                id(),
                Mechanism.QUALITY_LOSS,
                Optional.of(Scope.ALL),
                silent,
                silent.size() + " of " + segment.whole(target).points().size() + " addresses of "
                        + target.target().host() + " stayed silent and others answered: "
                        + silent.get(0).point().said());
    }
}
