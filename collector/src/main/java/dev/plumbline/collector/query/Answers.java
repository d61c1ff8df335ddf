package dev.plumbline.collector.query;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.compare.Comparison;
import dev.plumbline.collector.compare.Side;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.store.Store;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetRemedyResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes answers of what is declared, stored and connected, each kind of question in a room of its own. */
public final class Answers {
    private final Knowledge knowledge;
    private final SegmentAnswers segments;
    private final MatrixAnswers matrix;
    private final FindingAnswers findings;
    private final ExplainAnswers explanations;

    /**
     * @param patience how old the latest round of a segment may be before its stored state is no answer any more
     */
    public Answers(Declared declared, Store store, Connections connections, Duration patience, Clock clock) {
        this(() -> declared, store, connections, patience, clock);
    }

    /** @param inForce what is declared now */
    public Answers(Supplier<Declared> inForce, Store store, Connections connections, Duration patience, Clock clock) {
        this.knowledge = new Knowledge(inForce, store, connections, patience, clock);
        this.segments = new SegmentAnswers(knowledge);
        this.matrix = new MatrixAnswers(knowledge);
        this.findings = new FindingAnswers(knowledge);
        this.explanations = new ExplainAnswers(knowledge, matrix);
    }

    Instant now() {
        return knowledge.now();
    }

    /** What answers of now follow from. */
    Generation generation() {
        return knowledge.generation();
    }

    /**
     * Of when a request asks.
     *
     * @throws FieldViolation when that is to come, or before all that is remembered
     */
    When when(Optional<Timestamp> at, Optional<Timestamp> since) throws FieldViolation {
        return knowledge.when(at, since);
    }

    /** @param field as the request calls it */
    When at(String field, Optional<Timestamp> at) throws FieldViolation {
        return knowledge.at(field, at);
    }

    String siteId() {
        return knowledge.declared().site().id();
    }

    String edition() {
        return knowledge.declared().site().edition();
    }

    boolean isDeclared(String segment) {
        return knowledge.declared().site().segments().stream()
                .anyMatch(s -> s.id().value().equals(segment));
    }

    List<dev.plumbline.v1.Segment> segments() {
        return segments(When.NOW);
    }

    /** Agents and pools are told of now alone. */
    List<dev.plumbline.v1.Segment> segments(When when) {
        return segments.segments(when);
    }

    /** Without agents and pools. */
    List<dev.plumbline.v1.Segment> outlines(When when) {
        return segments.outlines(when);
    }

    List<Cell> matrix(String segment) throws Refusal {
        return matrix(segment, When.NOW);
    }

    /** One cell for each target of the plan, run or not; with a time since, of those alone that became otherwise. */
    List<Cell> matrix(String segment, When when) throws Refusal {
        return matrix.matrix(segment, when);
    }

    List<Finding> findings(boolean includeClosed, String place) throws Refusal {
        return findings(includeClosed, place, When.NOW);
    }

    /** With a time since, open and closed ones that became otherwise. */
    List<Finding> findings(boolean includeClosed, String place, When when) throws Refusal {
        return findings.findings(includeClosed, place, when);
    }

    GetRemedyResponse remedy(String id, String dialect) throws Refusal {
        return remedy(id, dialect, When.NOW);
    }

    /**
     * What to write into which box.
     *
     * @param dialect empty = every one that has something to write
     */
    GetRemedyResponse remedy(String id, String dialect, When when) throws Refusal {
        return findings.remedy(id, dialect, when);
    }

    ExplainTargetResponse explain(String segment, String target) throws Refusal {
        return explain(segment, target, When.NOW);
    }

    ExplainTargetResponse explain(String segment, String target, When when) throws Refusal {
        return explanations.explain(segment, target, when);
    }

    List<Incident> open(When when) {
        return findings.open(when);
    }

    /** @param purview of which places the asker may be told */
    CompareSegmentsResponse compare(ComparedSide a, ComparedSide b, Purview purview) throws Refusal, FieldViolation {
        Declared now = knowledge.declared();
        Sides sides = new Sides(this, now, purview);
        Side one = sides.of("a", a, b);
        Side other = sides.of("b", b, a);
        // An edition says nothing of what it does not demand.
        if (!a.getEdition().isEmpty()) {
            other = other.only(one.targets().keySet());
        } else if (!b.getEdition().isEmpty()) {
            one = one.only(other.targets().keySet());
        }
        return ComparisonMessages.of(one, other, Comparison.of(one, other), now::service);
    }
}
