package dev.plumbline.collector.report;

import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.v1.Report;
import dev.plumbline.wire.TextFields;
import dev.plumbline.words.Printable;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the report of a past. */
public final class Composition {
    private final Past past;
    private final Report.Builder report = Report.newBuilder();
    private final List<Shares> rules = new ArrayList<>();
    private final List<FindingPart> findings = new ArrayList<>();
    private final Map<SegmentId, List<String>> reasons = new LinkedHashMap<>();
    private final List<String> cuts = new ArrayList<>();

    private Composition(Past past) {
        this.past = past;
    }

    /** What agents and servers on the wire wrote is in it as it is shown, and not obeyed: on one line, without marks of format. */
    public static Report of(Past past) {
        return TextFields.mapped(
                new Composition(past).report(), text -> Printable.line(text).replace('\t', ' '));
    }

    private Report report() {
        report.setSiteId(past.site())
                .setSegment(past.only().map(SegmentId::value).orElse(""))
                .setFrom(timestamp(past.period().from()))
                .setTo(timestamp(past.period().to()));
        past.rememberedFrom().filter(this::isWithin).ifPresent(at -> report.setRememberedFrom(timestamp(at)));
        past.segments().forEach(this::segment);
        past.incidents().forEach(this::incident);
        findings.sort(Comparator.comparing((FindingPart f) -> f.incident().openedAt())
                .reversed()
                .thenComparing(f -> f.incident().id()));
        findings.forEach(f -> report.addFindings(f.message()));
        new AgreementPart(past, reasons, findings).messages().forEach(report::addAgreements);
        JudgePart.judges(past).forEach(report::addJudgedBy);
        JudgePart.editions(past).forEach(report::addEditions);
        return report.setVerdict(verdict().name()).addAllNotes(notes()).build();
    }

    /** Later than the first moment, so that something of the period is not told. */
    private boolean isWithin(Instant at) {
        return at.isAfter(past.period().from());
    }

    private void segment(Past.OfSegment segment) {
        SegmentId id = segment.segment().id();
        SegmentPart part = new SegmentPart(segment, past);
        report.addSegments(part.message());
        if (part.isHeldToRules()) {
            rules.add(part.rules());
        }
        reasons.put(
                id, AgreementPart.said(past, id).stream().filter(part::names).toList());
        segment.readFrom()
                .filter(this::isWithin)
                .ifPresent(at -> cuts.add("Of " + id
                        + " too much became otherwise to be read: nothing is told of before " + Figures.time(at)
                        + "."));
    }

    private void incident(Past.OfIncident incident) {
        FindingPart part = new FindingPart(incident, past.period());
        if (part.wasThere()) {
            findings.add(part);
        }
    }

    /** What was broken at any time was broken, and what was not known at some time was not met all the time. */
    private Verdict verdict() {
        boolean violated = findings.stream()
                .anyMatch(f -> f.incident().finding().severity() == Severity.VIOLATION && f.wasUnexcused());
        if (violated || rules.stream().anyMatch(r -> !r.part(Standing.BROKEN).isZero())) {
            return Verdict.BROKEN;
        }
        boolean isKnown = rules.stream().map(Shares::unknown).allMatch(Duration::isZero);
        return rules.isEmpty() || !isKnown ? Verdict.INSUFFICIENT : Verdict.MET;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        past.only()
                .ifPresent(segment -> notes.add("This tells of segment " + segment
                        + " alone, and of findings that concern the whole site: of other segments it says nothing."));
        notes.add(
                "Times are in UTC. What became otherwise counts from the closing of the round that showed it; a look of one round that"
                        + " nothing confirmed counts as what was known before.");
        notes.add(
                "Time of which nothing is known is neither met nor broken, and ends a breach: whether it went on is not known. Silent is"
                        + " the time in which nothing came: nobody looked, or what was seen came too late to be known then. Rounds that"
                        + " came late together were judged at one time, so that a finding may be told that was open for none.");
        notes.add(
                "Segments with their names, roles and address blocks, the targets that are asked of them, waivers and maintenance"
                        + " windows are those that were declared when this was made. What was taken out before is told of findings alone.");
        notes.add(
                "Findings are as they were known at the end of the period. Their evidence, and numbers in their sentences, are as of the"
                        + " time that each names, at most a day before the latest round that showed it. Numbers in the reasons of"
                        + " requirements and targets are those of the first round that gave the reason.");
        if (rules.stream().anyMatch(r -> !r.part(Standing.WAIVED).isZero())) {
            notes.add(
                    "Met by waiver is the time in which a rule counted as met since somebody answered for what prevented it: without"
                            + " the waiver it would not have been. The verdict takes it as met.");
        }
        if (past.rememberedFrom().isEmpty()) {
            notes.add("Nothing was remembered of any time.");
        }
        past.rememberedFrom()
                .filter(this::isWithin)
                .ifPresent(at -> notes.add("Nothing is remembered of before " + Figures.time(at) + "."));
        notes.addAll(cuts);
        if (report.getSegmentsList().stream().anyMatch(s -> !s.getHeldToRules())) {
            notes.add("A reference or outside segment is there to compare with, and held to no rule.");
        }
        notes.add(
                "Judged by is what judged while it was measured. Where the collector's store was made anew since, and what had judged"
                        + " was not to be had any more, today's program or configuration judged that time again.");
        if (report.getJudgedByList().stream().anyMatch(j -> j.getEdition().isEmpty())) {
            notes.add("An earlier version of the program did not write down which edition was in force.");
        }
        return notes;
    }
}
