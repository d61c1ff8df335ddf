package dev.plumbline.collector.query;

import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.Spell;
import dev.plumbline.collector.store.Unheard;
import dev.plumbline.v1.CellChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What one target was, with the times in which nobody knew. Pure. */
final class CellPast {
    private static final String SILENT = "the segment's latest round was ";

    private CellPast() {}

    /**
     * Oldest first: what it was at the time asked for, and each change.
     *
     * @param spells what rounds said of it
     * @param unheard when there was none
     */
    static List<CellChange> of(List<Spell> spells, List<Unheard> unheard, Instant since) {
        if (spells.isEmpty()) {
            return List.of();
        }
        TreeMap<Instant, Cell> said = new TreeMap<>();
        spells.forEach(s -> said.put(s.since(), s.cell()));
        TreeMap<Instant, CellChange> past = new TreeMap<>();
        said.forEach((at, cell) -> past.put(at, change(at, cell)));
        for (Unheard silence : unheard) {
            if (silence.from().isBefore(said.firstKey())) {
                continue;
            }
            // A round may close late, and say how it was: that is known when one closes in time.
            past.tailMap(silence.from())
                    .headMap(silence.to().orElse(Instant.MAX))
                    .clear();
            past.put(silence.from(), change(silence));
            silence.to()
                    .ifPresent(to -> past.put(to, change(to, said.floorEntry(to).getValue())));
        }
        return from(past, since);
    }

    /** A silence that ends where the next begins is one. */
    private static List<CellChange> from(NavigableMap<Instant, CellChange> past, Instant since) {
        Map.Entry<Instant, CellChange> first = past.floorEntry(since);
        List<CellChange> told = new ArrayList<>();
        for (CellChange change : (first == null ? past : past.tailMap(first.getKey(), true)).values()) {
            if (told.isEmpty() || !isSilence(change) || !isSilence(told.get(told.size() - 1))) {
                told.add(change);
            }
        }
        return told;
    }

    private static boolean isSilence(CellChange change) {
        return change.getBecause().startsWith(SILENT);
    }

    private static CellChange change(Instant at, Cell cell) {
        return CellChange.newBuilder()
                .setAt(timestamp(at))
                .setState(cell.state().name())
                .setBecause(cell.because())
                .build();
    }

    private static CellChange change(Unheard silence) {
        return CellChange.newBuilder()
                .setAt(timestamp(silence.from()))
                .setState(State.INSUFFICIENT.name())
                .setBecause(SILENT + silence.round().truncatedTo(ChronoUnit.SECONDS))
                .build();
    }
}
