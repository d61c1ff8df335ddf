package dev.plumbline.collector.query;

import static dev.plumbline.collector.store.VerdictMessages.message;
import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.store.Spell;
import dev.plumbline.collector.store.Store;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was known at an earlier time. Who was connected then is not kept: a segment was looked at when a round of it had closed.
 *
 * @param latest the latest round that each segment had been heard in
 * @param patience how old it may have been
 */
record KnownThen(Store store, Instant at, Map<SegmentId, Long> latest, Duration patience) implements Known {
    static KnownThen of(Store store, Instant at, Duration patience) {
        return new KnownThen(store, at, store.latestRounds(at), patience);
    }

    @Override
    public Optional<String> silence(SegmentId segment) {
        Optional<Instant> heard = Optional.ofNullable(latest.get(segment)).map(Instant::ofEpochMilli);
        if (heard.isEmpty()) {
            return Optional.of("no round of this segment that closed by " + text(at) + " is remembered");
        }
        return heard.filter(round -> round.plus(patience).isBefore(at))
                .map(round -> "at " + text(at) + " the segment's latest round was " + text(round));
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public Map<TargetId, Cell> cells(SegmentId segment) {
        Map<TargetId, Cell> cells = new LinkedHashMap<>();
        store.shownCells(segment, at).forEach(c -> cells.put(new TargetId(c.getTargetId()), c));
        return cells;
    }

    @Override
    public Optional<ExplainTargetResponse> cell(SegmentId segment, TargetId target) {
        return store.cell(segment, target, at).map(KnownThen::told);
    }

    @Override
    public Optional<Cell> seen(SegmentId segment, TargetId target) {
        return store.spells(segment, target, at, at).latest().stream()
                .findFirst()
                .map(spell -> told(spell).getCell());
    }

    private static ExplainTargetResponse told(Spell spell) {
        ExplainTargetResponse.Builder told = message(spell.cell()).toBuilder();
        told.getCellBuilder().setSince(timestamp(spell.since()));
        return told.build();
    }

    @Override
    public List<Requirement> requirements(SegmentId segment) {
        return store.requirements(segment, at);
    }

    @Override
    public List<Incident> openIncidents() {
        return incidents().stream().filter(Incident::isOpen).toList();
    }

    @Override
    public List<Incident> incidents() {
        return store.incidents(at);
    }
}
