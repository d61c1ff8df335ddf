package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Service;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.WhoAnswered;

/**
 * Whether a suspected cause is plain enough to say that a host does not reach what it has to reach, without saying who
 * prevents it. One odd host of the long list may be gone or down; the push service, or several hosts at once, are not.
 */
final class PlainFailure {
    private static final int SEVERAL = 3;

    private PlainFailure() {}

    static boolean isPlain(Claim claim) {
        if (claim.mechanism().severity() != Severity.VIOLATION
                || claim.failing().stream().allMatch(f -> fromAfar(f.point()))) {
            return false;
        }
        boolean push = claim.failing().stream()
                .anyMatch(f -> f.target().target().services().contains(Service.APNS));
        long targets = claim.failing().stream()
                .map(f -> f.target().target().id())
                .distinct()
                .count();
        return push || targets >= SEVERAL;
    }

    /** Reset from the same distance as the address's other ports: the server itself refuses. */
    private static boolean fromAfar(PointReading point) {
        WhoAnswered who = point.whoAnswered();
        return point.symptom() == Symptom.TCP_RESET
                && who.arrivingTtl() > 0
                && who.siblingArrivingTtl() > 0
                && !SegmentJudge.fromTheWay(point);
    }
}
