package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Opens, changes and closes incidents: one open incident for each cause. A cause is known by place, mechanism and scope; when
 * only the scope moved, the incident is changed, not closed and opened anew.
 */
public final class Ledger {
    private Ledger() {}

    /** What a round changes: the incidents to write, in their new form. */
    public static List<Incident> update(List<Incident> open, RoundVerdict verdict) {
        List<Incident> changes = new ArrayList<>();
        Set<String> continued = new HashSet<>();
        for (Finding finding : verdict.findings()) {
            Optional<Incident> same =
                    match(open, continued, finding, i -> i.finding().scope().equals(finding.scope()));
            if (same.isEmpty()) {
                same = match(
                        open, continued, finding, i -> stillSeen(verdict, i).isEmpty());
            }
            Incident next = same.map(
                            i -> new Incident(i.id(), finding, i.openedAt(), Optional.empty(), verdict.round()))
                    .orElseGet(() -> opened(finding, verdict));
            continued.add(next.id());
            changes.add(next);
        }
        for (Incident incident : open) {
            if (!continued.contains(incident.id()) && wasLookedAt(incident, verdict)) {
                changes.add(new Incident(
                        incident.id(),
                        incident.finding(),
                        incident.openedAt(),
                        Optional.of(verdict.closedAt()),
                        incident.round()));
            }
        }
        return changes;
    }

    private static Optional<Incident> match(
            List<Incident> open, Set<String> continued, Finding finding, Predicate<Incident> also) {
        return open.stream()
                .filter(i -> !continued.contains(i.id()))
                .filter(i -> i.finding().place().equals(finding.place())
                        && i.finding().mechanism() == finding.mechanism())
                .filter(also)
                .findFirst();
    }

    private static Optional<Finding> stillSeen(RoundVerdict verdict, Incident incident) {
        return verdict.findings().stream()
                .filter(f -> f.place().equals(incident.finding().place())
                        && f.mechanism() == incident.finding().mechanism()
                        && f.scope().equals(incident.finding().scope()))
                .findFirst();
    }

    private static Incident opened(Finding finding, RoundVerdict verdict) {
        String id = Long.toString(verdict.round(), Character.MAX_RADIX) + "-" + finding.place() + "-"
                + finding.mechanism().id() + "-"
                + Integer.toHexString(finding.scope().toString().hashCode());
        return new Incident(id, finding, verdict.closedAt(), Optional.empty(), verdict.round());
    }

    /** Silence is never health: an incident stays open until something that it prevented was looked at again. */
    private static boolean wasLookedAt(Incident incident, RoundVerdict verdict) {
        Finding finding = incident.finding();
        Set<SegmentId> places = finding.place().segment().map(Set::of).orElse(verdict.heard());
        if (finding.targets().isEmpty()) {
            return places.stream().anyMatch(verdict.heard()::contains);
        }
        return verdict.cells().stream()
                .anyMatch(c -> places.contains(c.segment()) && finding.targets().contains(c.target()));
    }
}
