package dev.plumbline.collector.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of an incident, in the order in which it was told. Bounded: the first line and the latest are kept.
 *
 * @param dropped how many lines after the first were let go
 */
public record History(List<Change> changes, int dropped) {
    /** Lines that are kept. */
    public static final int MOST = 32;

    public static final History NONE = new History(List.of(), 0);

    public History {
        changes = List.copyOf(changes);
        if (changes.size() > MOST || dropped < 0) {
            throw new IllegalArgumentException(
                    "a history keeps at most " + MOST + " lines, and no less than none are dropped");
        }
    }

    History plus(Change change) {
        List<Change> all = new ArrayList<>(changes);
        all.add(change);
        if (all.size() <= MOST) {
            return new History(all, dropped);
        }
        all.remove(1);
        return new History(all, dropped + 1);
    }

    /** The same, with this as the only note of its round: a round may be judged again more than once. */
    History noted(Change note) {
        return withoutNotes(note.round()).plus(note);
    }

    History withoutNotes(long round) {
        return new History(
                changes.stream()
                        .filter(c -> c.kind() != Change.Kind.ANNOTATED || c.round() != round)
                        .toList(),
                dropped);
    }

    /** False where the lines that tell what was so after this round were let go. */
    boolean knows(long round) {
        return !changes.isEmpty() && (dropped == 0 || round >= changes.get(1).round());
    }

    /** It was closed and came back. */
    boolean cameBack() {
        return changes.stream().anyMatch(c -> c.kind() == Change.Kind.REOPENED);
    }

    /** The latest line that closed the incident. */
    Optional<Change> closing() {
        return changes.stream().filter(c -> c.kind() == Change.Kind.CLOSED).reduce((earlier, later) -> later);
    }

    /** Whether the incident was open after this round, as far as the rounds up to it said. */
    boolean wasOpen(long round) {
        return changes.stream()
                .filter(c -> c.round() <= round)
                .reduce(
                        false,
                        (open, change) -> switch (change.kind()) {
                            case OPENED, REOPENED -> true;
                            case CLOSED -> false;
                            case SCOPE_CHANGED, FLAPPING, STEADY, ANNOTATED -> open;
                        },
                        (earlier, later) -> later);
    }
}
