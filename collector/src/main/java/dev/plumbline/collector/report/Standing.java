package dev.plumbline.collector.report;

import dev.plumbline.collector.finding.Requirement.Verdict;
import java.util.Collection;

/** How something stood at a moment, and where that is not known, why. */
public enum Standing {
    MET,
    BROKEN,
    /** Judged, and neither met nor broken. */
    UNDECIDED,
    /** Nobody looked, or nothing came of it. */
    SILENT,
    /** Before it was judged first, or while it was not asked. */
    NOT_JUDGED,
    /** Before the collector remembers anything. */
    NOT_REMEMBERED;

    static Standing of(Verdict verdict) {
        return switch (verdict) {
            case MET -> MET;
            case BROKEN -> BROKEN;
            case INSUFFICIENT -> UNDECIDED;
        };
    }

    /** Of several that must all be met. */
    static Standing ofAll(Collection<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return NOT_JUDGED;
        }
        if (verdicts.contains(Verdict.BROKEN)) {
            return BROKEN;
        }
        return verdicts.contains(Verdict.INSUFFICIENT) ? UNDECIDED : MET;
    }
}
