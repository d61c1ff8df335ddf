package dev.plumbline.collector.judge;

import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Recent;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the latest rounds said of each target on each segment, and which of them flap. In memory, bounded by {@link Recent}; every
 * cell carries its part, so that a restart goes on from the stored cells. What is seen during maintenance does not count. A round that is judged again replaces what it said.
 */
final class Flaps {
    private record Key(SegmentId segment, TargetId target) {}

    private final Map<Key, Recent> recent = new HashMap<>();

    /** Goes on from what was stored. */
    void recall(Collection<Cell> cells) {
        cells.forEach(c -> recent.put(new Key(c.segment(), c.target()), c.recent()));
    }

    /** Since when a target fails without a break: since this round, where the ones before did not show it. */
    Instant began(TargetReading failing) {
        SegmentId segment = failing.points().get(0).witness().segment();
        Recent before = recent.getOrDefault(new Key(segment, failing.target().id()), Recent.NONE);
        Instant since = Instant.ofEpochMilli(before.brokenSince().orElse(Long.MAX_VALUE));
        return since.isBefore(failing.observedAt()) ? since : failing.observedAt();
    }

    /** The cell with what was known before: this round does not count. */
    Cell rest(Cell cell) {
        return cell.with(recent.getOrDefault(new Key(cell.segment(), cell.target()), Recent.NONE));
    }

    /**
     * The cell with what the latest rounds said; where they flap, that is its state.
     *
     * @param accused a finding explains the cell
     */
    Cell look(Cell cell, boolean accused) {
        Key key = new Key(cell.segment(), cell.target());
        Recent before = recent.getOrDefault(key, Recent.NONE);
        Recent now = isBroken(cell.state(), accused)
                .map(broken -> before.plus(new Recent.Look(cell.round(), broken)))
                .orElse(before);
        recent.put(key, now);
        Cell known = cell.with(now);
        return now.isFlapping() ? known.with(State.FLAPPING, because(cell, now)) : known;
    }

    /** Empty where the round cannot tell. */
    private static Optional<Boolean> isBroken(State state, boolean accused) {
        return switch (state) {
            case BLOCKED, INTERCEPTED, PROXIED, DOWN -> Optional.of(true);
            case IMPAIRED -> accused ? Optional.of(true) : Optional.empty();
            case OK, OPTIONAL_OFF -> Optional.of(false);
            case INSUFFICIENT, NOT_YET_RUN, MAINTENANCE, WAIVED, FLAPPING -> Optional.empty();
        };
    }

    private static String because(Cell cell, Recent recent) {
        return String.format(
                Locale.ROOT,
                "flaps: %d changes between broken and met in the latest %d rounds that could tell (weighted share %.2f; it began"
                        + " at %.2f and ends below %.2f). This round: %s: %s",
                recent.changes(),
                recent.looks().size(),
                recent.share(),
                Recent.HIGH,
                Recent.LOW,
                cell.state(),
                cell.because());
    }
}
