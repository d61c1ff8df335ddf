package dev.plumbline.collector.report;

import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import java.util.Collection;
import java.util.stream.Stream;

/** How something stood at a moment, and where that is not known, why. */
public enum Standing {
    MET,
    /** Met since somebody answers for what prevents it. */
    WAIVED,
    BROKEN,
    /** Judged, and neither met nor broken. */
    UNDECIDED,
    /** Nothing came in time: nobody looked, or what was seen came late. */
    SILENT,
    /** Before it was judged first, or while it was not asked. */
    NOT_JUDGED,
    /** Before the collector remembers anything. */
    NOT_REMEMBERED;

    /** Of the house rule. */
    static Standing ofRule(Requirement requirement) {
        return requirement.waived() ? WAIVED : of(requirement.verdict());
    }

    /** Of whether things would still work, which no waiver changes. */
    static Standing ofWorking(Requirement requirement) {
        return of(requirement.stillWorks());
    }

    private static Standing of(Verdict verdict) {
        return switch (verdict) {
            case MET -> MET;
            case BROKEN -> BROKEN;
            case INSUFFICIENT -> UNDECIDED;
        };
    }

    /** Of several that were judged and must all be met: as the least of them. */
    static Standing ofAll(Collection<Standing> judged) {
        return Stream.of(BROKEN, UNDECIDED, WAIVED, MET)
                .filter(judged::contains)
                .findFirst()
                .orElse(NOT_JUDGED);
    }
}
