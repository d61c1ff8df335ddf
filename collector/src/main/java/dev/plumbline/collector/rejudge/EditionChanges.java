package dev.plumbline.collector.rejudge;

import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What rounds say under another edition than the one in force.
 *
 * @param rounds judged under both
 * @param span beginnings of the first and the last of them; empty when there was none
 * @param requirements those with another verdict in some round, by segment
 * @param causes findings that are told in other rounds or with another scope, by place
 * @param unasked of each segment that was heard, targets that the other edition demands and no agent asked
 * @param leftOut observations that came when their round had been judged, or of a clock that ran ahead
 */
public record EditionChanges(
        String inForce,
        String other,
        int rounds,
        Optional<Span> span,
        List<RequirementChange> requirements,
        List<CauseChange> causes,
        List<Unasked> unasked,
        long leftOut) {
    /** From the beginning of one round to that of another. */
    public record Span(Instant first, Instant last) {
        Span and(Instant at) {
            return new Span(at.isBefore(first) ? at : first, at.isAfter(last) ? at : last);
        }
    }

    /** In how many rounds a requirement got which verdict. */
    public record Tally(int met, int broken, int insufficient) {
        static final Tally NONE = new Tally(0, 0, 0);

        Tally and(Verdict verdict) {
            return switch (verdict) {
                case MET -> new Tally(met + 1, broken, insufficient);
                case BROKEN -> new Tally(met, broken + 1, insufficient);
                case INSUFFICIENT -> new Tally(met, broken, insufficient + 1);
            };
        }
    }

    /**
     * @param changed rounds with another verdict
     * @param span of those
     * @param because what the latest of them says under the other edition
     */
    public record RequirementChange(
            SegmentId segment,
            String requirement,
            Tally inForce,
            Tally other,
            int changed,
            Span span,
            String because) {}

    /**
     * In how many rounds a cause was told under either edition.
     *
     * @param scope with which it was told at last, under the other edition where it was
     * @param changed rounds in which only one edition told it, or each with a scope of its own
     */
    public record CauseChange(Place place, Mechanism mechanism, String scope, int inForce, int other, int changed) {}

    /** Nothing is known of these. */
    public record Unasked(SegmentId segment, List<TargetId> targets) {
        public Unasked {
            targets = List.copyOf(targets);
        }
    }

    public EditionChanges {
        requirements = List.copyOf(requirements);
        causes = List.copyOf(causes);
        unasked = List.copyOf(unasked);
    }

    /** Nothing would be told otherwise, as far as it was asked. */
    public boolean isNone() {
        return requirements.isEmpty() && causes.isEmpty();
    }
}
