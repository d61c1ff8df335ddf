package dev.plumbline.collector.query;

import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetRemedyResponse;
import dev.plumbline.v1.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers for one asker. Whoever sees some segments alone is told what was measured on these and what lies on them: no other
 * segment's rows, contrasts or witnesses, and no finding of the site or of Apple. What a verdict says may name a segment that it
 * was compared with. Whether another segment or finding exists is not told.
 */
final class WithinPurview {
    private final Answers answers;
    private final Purview purview;

    WithinPurview(Answers answers, Purview purview) {
        this.answers = answers;
        this.purview = purview;
    }

    List<Segment> segments(When when) {
        return answers.segments(when).stream()
                .filter(s -> purview.includes(s.getId()))
                .toList();
    }

    /** Without their agents and pools. */
    List<Segment> outlines(When when) {
        return answers.outlines(when).stream()
                .filter(s -> purview.includes(s.getId()))
                .toList();
    }

    Segment segment(String id, When when) throws Refusal {
        if (!purview.includes(id)) {
            throw refusal();
        }
        return answers.segments(when).stream()
                .filter(s -> s.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "segment",
                        purview.isWholeSite()
                                ? "there is no segment '" + id + "'; /v1/segments or plumbline segments lists them"
                                : "no segment '" + id + "' is declared any more"));
    }

    /** @param segment empty = all that the asker sees */
    List<Cell> matrix(String segment, When when) throws Refusal {
        require("segment", segment);
        return answers.matrix(segment, when).stream()
                .filter(c -> purview.includes(c.getSegment()))
                .toList();
    }

    /** @param place empty = all that the asker sees */
    List<Finding> findings(boolean includeClosed, String place, When when) throws Refusal {
        require("place", place);
        return seen(answers.findings(includeClosed, place, when));
    }

    Finding finding(String id, When when) throws Refusal {
        // In the same words whether another place has it or nobody does.
        return seen(answers.findings(true, "", when)).stream()
                .filter(f -> f.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> unknownFinding(id));
    }

    private static Refusal unknownFinding(String id) {
        return Refusal.notFound(
                "finding_id", "there is no finding '" + id + "'; plumbline findings --all lists them with their ids");
    }

    ExplainTargetResponse explain(String segment, String target, When when) throws Refusal {
        if (!purview.includes(segment)) {
            throw refusal();
        }
        requireDeclared("segment", segment);
        ExplainTargetResponse all = answers.explain(segment, target, when);
        return purview.isWholeSite()
                ? all
                : all.toBuilder()
                        .clearContrast()
                        .clearFindings()
                        .addAllFindings(seen(all.getFindingsList()))
                        .build();
    }

    /** Causes beyond the asker's segments are left out, and sides that are not the asker's refused. */
    CompareSegmentsResponse compare(ComparedSide a, ComparedSide b) throws Refusal, FieldViolation {
        return answers.compare(a, b, purview);
    }

    GetRemedyResponse remedy(String id, String dialect, When when) throws Refusal {
        if (answers.findings(true, "", when).stream()
                .noneMatch(f -> f.getId().equals(id) && purview.includes(f.getPlace()))) {
            // In the same words whether another place has it or nobody does.
            throw unknownFinding(id);
        }
        GetRemedyResponse all = answers.remedy(id, dialect, when);
        return all.toBuilder().setFinding(seen(all.getFinding())).build();
    }

    private List<Finding> seen(List<Finding> findings) {
        List<Finding> seen = new ArrayList<>();
        for (Finding finding : findings) {
            if (purview.includes(finding.getPlace())) {
                seen.add(seen(finding));
            }
        }
        return seen;
    }

    private Finding seen(Finding finding) {
        if (purview.isWholeSite()) {
            return finding;
        }
        return finding.toBuilder()
                .clearWitnesses()
                .addAllWitnesses(finding.getWitnessesList().stream()
                        .filter(w -> purview.includes(w.getSegment()))
                        .toList())
                .build();
    }

    private void require(String field, String place) throws Refusal {
        if (!place.isEmpty() && !purview.includes(place)) {
            throw refusal();
        }
        requireDeclared(field, place);
    }

    /** Of a segment that was removed: the sentence for everybody names all others. */
    private void requireDeclared(String field, String place) throws Refusal {
        if (!purview.isWholeSite() && !place.isEmpty() && !answers.isDeclared(place)) {
            throw Refusal.notFound(field, "no segment '" + place + "' is declared any more");
        }
    }

    private Refusal refusal() {
        return Refusal.denied("this token is for " + purview + " alone");
    }
}
