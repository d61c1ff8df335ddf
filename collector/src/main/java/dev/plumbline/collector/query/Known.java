package dev.plumbline.collector.query;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was known at one time, which may be now. */
interface Known {
    Instant at();

    /** Why nothing was known of the segment then; empty when it was being looked at. */
    Optional<String> silence(SegmentId segment);

    /** Cells of a segment, without what explains them. */
    Map<TargetId, Cell> cells(SegmentId segment);

    Optional<ExplainTargetResponse> cell(SegmentId segment, TargetId target);

    /** The same without what explains it. */
    Optional<Cell> seen(SegmentId segment, TargetId target);

    List<Requirement> requirements(SegmentId segment);

    List<Incident> openIncidents();

    /** Open and closed ones. */
    List<Incident> incidents();
}
