package dev.plumbline.collector.finding;

import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Opens, changes, closes and reopens incidents: one incident for each cause. A cause is known by place, mechanism and scope; when
 * only the scope moved, the incident is changed, not closed and opened anew. A round that is judged again says anew what it said:
 * it takes back what it opened or closed, and opens nothing beside what is known. Pure.
 */
public final class Ledger {
    /**
     * A cause that comes back within this time is the same incident, counted from the beginning of the round that closed it to
     * that of the round that shows it again: a day, so that a rule that somebody switches on every morning is one story.
     */
    public static final Duration REOPENS_WITHIN = Duration.ofHours(24);

    private final List<Incident> open;
    private final List<Incident> closed;
    private final RoundVerdict verdict;
    private final boolean again;
    private final Set<String> continued = new HashSet<>();

    private Ledger(List<Incident> known, RoundVerdict verdict, boolean again) {
        this.open = known.stream().filter(Incident::isOpen).toList();
        this.closed = known.stream()
                .filter(i -> !i.isOpen())
                .filter(i -> verdict.round() - i.closedIn() <= REOPENS_WITHIN.toMillis())
                .sorted(Comparator.comparingLong(Incident::closedIn).reversed())
                .toList();
        this.verdict = verdict;
        this.again = again;
    }

    /** What a round that is judged for the first time changes. */
    public static List<Incident> update(List<Incident> known, RoundVerdict verdict) {
        return update(known, verdict, false);
    }

    /**
     * What a round changes: the incidents to write, in their new form.
     *
     * @param known those that the round may speak of: open ones, and those closed not longer ago than {@link #REOPENS_WITHIN}
     * @param again the round was judged before, and more facts came
     */
    public static List<Incident> update(List<Incident> known, RoundVerdict verdict, boolean again) {
        return new Ledger(known, verdict, again).changes();
    }

    private List<Incident> changes() {
        List<Incident> changes = new ArrayList<>();
        for (Finding finding : verdict.findings()) {
            Incident next = asItFlaps(asExcused(next(finding)));
            continued.add(next.id());
            changes.add(next);
        }
        for (Incident incident : open) {
            if (continued.contains(incident.id()) || !wasLookedAt(incident.finding(), verdict)) {
                continue;
            }
            Incident next = asItFlaps(incident);
            if (!next.flapping()) {
                changes.add(next.closed(verdict.closedAt())
                        .plus(change(Change.Kind.CLOSED, again ? judgedAgain() + "what it prevented passes" : "")));
            } else if (!next.equals(incident)) {
                changes.add(next);
            }
        }
        return changes;
    }

    private Incident asExcused(Incident next) {
        Optional<Excuse> before = open.stream()
                .filter(i -> i.id().equals(next.id()))
                .findFirst()
                .flatMap(i -> i.finding().excuse());
        Optional<Excuse> now = next.finding().excuse();
        if (now.equals(before)) {
            return next;
        }
        return next.plus(change(
                Change.Kind.ANNOTATED,
                now.map(Excuse::said)
                        .orElseGet(() -> "no longer " + before.map(Excuse::said).orElse("excused"))));
    }

    /** An excuse covers the state, not what was seen. */
    private static boolean flaps(Cell cell) {
        boolean excused = cell.state() == State.WAIVED || cell.state() == State.MAINTENANCE;
        return cell.state() == State.FLAPPING || (excused && cell.recent().isFlapping());
    }

    /** What comes and goes, itself and not only another cause there, stays open while one of its targets flaps. */
    private Incident asItFlaps(Incident incident) {
        Optional<Cell> flapping = cells(incident.finding(), verdict)
                .filter(Ledger::flaps)
                .filter(c -> incident.flapping() || incident.history().cameBack())
                .findFirst();
        if (flapping.isPresent() == incident.flapping()) {
            return incident;
        }
        return incident.flapping(flapping.isPresent())
                .plus(flapping.map(c -> change(Change.Kind.FLAPPING, c.target() + " " + c.because()))
                        .orElseGet(() -> change(Change.Kind.STEADY, "")));
    }

    /** The very cause before one whose scope moved, and what is open before what was closed. */
    private Incident next(Finding finding) {
        Predicate<Incident> same = i -> i.finding().scope().equals(finding.scope());
        return match(open, finding, same)
                .map(i -> goesOn(i, finding))
                .or(() -> match(closed, finding, same).map(i -> comesBack(i, finding)))
                .or(() -> match(open, finding, i -> !isStillSeen(i)).map(i -> goesOn(i, finding)))
                .or(() -> match(closed, finding, i -> shareTargets(i.finding(), finding))
                        .map(i -> comesBack(i, finding)))
                .orElseGet(() -> opened(finding));
    }

    private Optional<Incident> match(List<Incident> among, Finding finding, Predicate<Incident> also) {
        return among.stream()
                .filter(i -> !continued.contains(i.id()))
                .filter(i -> i.isLike(finding))
                .filter(also)
                .findFirst();
    }

    private boolean isStillSeen(Incident incident) {
        return verdict.findings().stream()
                .anyMatch(f -> incident.isLike(f)
                        && f.scope().equals(incident.finding().scope()));
    }

    private Incident goesOn(Incident incident, Finding finding) {
        Incident next = incident.shown(finding, verdict.round());
        return finding.scope().equals(incident.finding().scope())
                ? next
                : next.plus(change(
                        Change.Kind.SCOPE_CHANGED, (again ? judgedAgain() : "") + moved(incident.finding(), finding)));
    }

    private Incident comesBack(Incident incident, Finding finding) {
        String moved = finding.scope().equals(incident.finding().scope()) ? "" : moved(incident.finding(), finding);
        if (again && incident.closedIn() == verdict.round()) {
            String said = judgedAgain() + "it is there, and was closed too early";
            return incident.shown(finding, verdict.round())
                    .plus(change(Change.Kind.REOPENED, moved.isEmpty() ? said : said + "; " + moved));
        }
        return incident.reopened(finding, verdict.round(), verdict.closedAt())
                .plus(change(Change.Kind.REOPENED, (again ? judgedAgain() : "") + moved));
    }

    private Incident opened(Finding finding) {
        String id = Long.toString(verdict.round(), Character.MAX_RADIX) + "-" + finding.place() + "-"
                + finding.mechanism().id() + "-"
                + Integer.toHexString(finding.scope().toString().hashCode());
        return new Incident(id, finding, verdict.closedAt(), Optional.empty(), verdict.round())
                .plus(change(
                        Change.Kind.OPENED,
                        (again ? judgedAgain() : "") + finding.scope().toString()));
    }

    private Change change(Change.Kind kind, String said) {
        return new Change(kind, verdict.round(), verdict.closedAt(), said);
    }

    private String judgedAgain() {
        return Hindsight.judgedAgain(verdict.round());
    }

    private static String moved(Finding from, Finding to) {
        return "from " + from.scope() + " to " + to.scope();
    }

    static boolean shareTargets(Finding one, Finding other) {
        return !Collections.disjoint(one.targets(), other.targets());
    }

    /** Silence is never health: an incident stays open until something that it prevented was looked at again. */
    static boolean wasLookedAt(Finding finding, RoundVerdict verdict) {
        if (finding.mechanism() == Mechanism.OUTBOUND_OPEN) {
            return isOver(finding, verdict);
        }
        return finding.targets().isEmpty()
                ? places(finding, verdict).stream().anyMatch(verdict.heard()::contains)
                : cells(finding, verdict).findAny().isPresent();
    }

    /** What is not reached is denied, or it may be down and stays open; what need not be denied any more has no cell. */
    private static boolean isOver(Finding open, RoundVerdict verdict) {
        return places(open, verdict).stream().anyMatch(verdict.heard()::contains)
                && cells(open, verdict).allMatch(c -> switch (c.state()) {
                    case OK, OPTIONAL_OFF, FLAPPING -> true;
                    case BLOCKED,
                            INTERCEPTED,
                            PROXIED,
                            IMPAIRED,
                            DOWN,
                            INSUFFICIENT,
                            NOT_YET_RUN,
                            MAINTENANCE,
                            WAIVED -> false;
                });
    }

    private static Stream<Cell> cells(Finding finding, RoundVerdict verdict) {
        Set<SegmentId> places = places(finding, verdict);
        return verdict.cells().stream()
                .filter(c -> places.contains(c.segment()) && finding.targets().contains(c.target()));
    }

    private static Set<SegmentId> places(Finding finding, RoundVerdict verdict) {
        return finding.place().segment().map(Set::of).orElse(verdict.heard());
    }
}
