package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Closes incidents of which no round can say anything any more: their segment is declared no longer, or is asked none of their
 * targets. Without this they would stay open for ever, since silence closes nothing. Pure.
 */
public final class OutOfSight {
    private OutOfSight() {}

    /**
     * The incidents that are closed by this, in their new form.
     *
     * @param at when a judge of that sight began
     */
    public static List<Incident> close(List<Incident> open, Sight sight, Instant at) {
        List<Incident> closed = new ArrayList<>();
        for (Incident incident : open) {
            incident.finding()
                    .place()
                    .segment()
                    .flatMap(segment -> because(incident.finding(), segment, sight))
                    .ifPresent(because -> closed.add(
                            incident.closed(at).plus(new Change(Change.Kind.CLOSED, at.toEpochMilli(), at, because))));
        }
        return closed;
    }

    private static Optional<String> because(Finding finding, SegmentId segment, Sight sight) {
        if (!sight.isDeclared(segment)) {
            return Optional.of("segment " + segment + " was removed from the site");
        }
        boolean isAsked =
                finding.targets().isEmpty() || finding.targets().stream().anyMatch(t -> sight.isAsked(segment, t));
        return isAsked
                ? Optional.empty()
                : Optional.of(
                        "segment " + segment + " is declared otherwise and asked for none of its targets any more");
    }
}
