package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.rule.Claim;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.WhoAnswered;
import java.util.List;
import java.util.Map;

/**
 * Whether a suspected cause is plain enough to say that a host does not reach what it has to reach, without saying who
 * prevents it. One odd host of the long list may be gone, a few that have nothing in common may be busy; the push service is
 * neither, and what one short rule says of many hosts is no chance.
 */
final class PlainFailure {
    /** Fewer targets for each part of the scope, and the scope is a list of what failed rather than a cause. */
    private static final int TARGETS_FOR_EACH_ATOM = 3;

    private final Map<TargetId, Target> targets;

    PlainFailure(Map<TargetId, Target> targets) {
        this.targets = targets;
    }

    /** @param claims all that were made of the segment */
    boolean isPlain(Finding suspicion, List<Claim> claims) {
        if (suspicion.severity() != Severity.VIOLATION || isServersOwn(suspicion, claims)) {
            return false;
        }
        boolean push = suspicion.targets().stream()
                .anyMatch(id ->
                        targets.containsKey(id) && targets.get(id).services().contains(Service.APNS));
        int atoms = suspicion.scope().atoms().size();
        return push || suspicion.targets().size() >= TARGETS_FOR_EACH_ATOM * atoms;
    }

    /** Every connection was reset from as far as the addresses' other ports are: the servers themselves refuse. */
    private static boolean isServersOwn(Finding suspicion, List<Claim> claims) {
        return claims.stream()
                .filter(c -> c.mechanism() == suspicion.mechanism())
                .flatMap(c -> c.failing().stream())
                .allMatch(f -> isFromAfar(f.point()));
    }

    private static boolean isFromAfar(PointReading point) {
        WhoAnswered who = point.whoAnswered();
        return point.symptom() == Symptom.TCP_RESET
                && who.arrivingTtl() > 0
                && who.siblingArrivingTtl() > 0
                && !SegmentJudge.fromTheWay(point);
    }
}
