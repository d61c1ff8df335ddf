package dev.plumbline.collector.query;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.store.Store;
import dev.plumbline.collector.store.VerdictMessages;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known now. */
record KnownNow(Store store, StoredCells stored, Silence silence) implements Known {
    @Override
    public Instant at() {
        return silence.now();
    }

    @Override
    public Optional<String> silence(SegmentId segment) {
        return silence.of(segment);
    }

    @Override
    public Map<TargetId, Cell> cells(SegmentId segment) {
        return stored.of(segment);
    }

    @Override
    public Optional<ExplainTargetResponse> cell(SegmentId segment, TargetId target) {
        return store.cell(segment, target).map(VerdictMessages::message);
    }

    @Override
    public Optional<Cell> seen(SegmentId segment, TargetId target) {
        return Optional.ofNullable(stored.of(segment).get(target));
    }

    @Override
    public List<Requirement> requirements(SegmentId segment) {
        return store.requirements(segment);
    }

    @Override
    public List<Incident> openIncidents() {
        return store.openIncidents();
    }

    @Override
    public List<Incident> incidents() {
        return store.incidents();
    }
}
