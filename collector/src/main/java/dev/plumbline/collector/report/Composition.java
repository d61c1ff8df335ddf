package dev.plumbline.collector.report;

import static dev.plumbline.collector.store.VerdictMessages.timestamp;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.v1.Report;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.words.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Makes the report of a past. */
public final class Composition {
    private Composition() {}

    /** What agents and servers on the wire wrote is in it as it is shown, and not obeyed: on one line, without marks of format. */
    public static Report of(Past past) {
        Report.Builder report = Report.newBuilder()
                .setSiteId(past.site())
                .setFrom(timestamp(past.period().from()))
                .setTo(timestamp(past.period().to()));
        past.rememberedFrom().ifPresent(at -> report.setRememberedFrom(timestamp(at)));
        List<SegmentPart> segments =
                past.segments().stream().map(s -> new SegmentPart(s, past)).toList();
        segments.forEach(s -> report.addSegments(s.message()));
        List<FindingPart> findings = past.incidents().stream()
                .map(i -> new FindingPart(i, past.period()))
                .filter(FindingPart::wasOpen)
                .sorted(Comparator.comparing((FindingPart f) -> f.incident().openedAt())
                        .reversed()
                        .thenComparing(f -> f.incident().id()))
                .toList();
        findings.forEach(f -> report.addFindings(f.message()));
        AgreementPart.of(past).forEach(report::addAgreements);
        JudgePart.judges(past).forEach(report::addJudgedBy);
        JudgePart.editions(past).forEach(report::addEditions);
        return (Report) printable(report.setVerdict(verdict(segments, findings).name())
                .addAllNotes(notes(past, report.getSegmentsList()))
                .build());
    }

    /** What was broken at any time was broken, and what was not known at some time was not met all the time. */
    private static Verdict verdict(List<SegmentPart> segments, List<FindingPart> findings) {
        boolean violated = findings.stream()
                .anyMatch(f -> f.incident().finding().severity() == Severity.VIOLATION
                        && !f.openUnexcused().isZero());
        List<Shares> rules = segments.stream()
                .filter(SegmentPart::isHeldToRules)
                .map(SegmentPart::rules)
                .toList();
        if (violated || rules.stream().anyMatch(r -> !r.part(Standing.BROKEN).isZero())) {
            return Verdict.BROKEN;
        }
        boolean isKnown = rules.stream().map(Shares::unknown).allMatch(Duration::isZero);
        return rules.isEmpty() || !isKnown ? Verdict.INSUFFICIENT : Verdict.MET;
    }

    private static List<String> notes(Past past, List<ReportedSegment> segments) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "Times are in UTC. What became otherwise counts from the closing of the round that showed it; a look of one round that"
                        + " nothing confirmed counts as what was known before.");
        notes.add(
                "Time of which nothing is known is neither met nor broken, and ends a breach: whether it went on is not known.");
        notes.add(
                "Segments with their names, roles and address blocks, the targets that are asked of them, waivers and maintenance"
                        + " windows are those that were declared when this was made. What was taken out before is told of findings alone.");
        notes.add("Findings and their evidence are as they were known at the end of the period.");
        if (past.rememberedFrom().isEmpty()) {
            notes.add("Nothing was remembered of any time.");
        } else if (past.rememberedFrom().get().isAfter(past.period().from())) {
            notes.add("Nothing is remembered of before "
                    + Figures.time(past.rememberedFrom().get()) + ".");
        }
        past.segments().stream()
                .filter(s -> s.readFrom()
                        .filter(at -> at.isAfter(past.period().from()))
                        .isPresent())
                .forEach(s -> notes.add(
                        "Of " + s.segment().id() + " too much became otherwise to be read: nothing is told of before "
                                + Figures.time(s.readFrom().get()) + "."));
        if (segments.stream().anyMatch(s -> !s.getHeldToRules())) {
            notes.add("A reference or outside segment is there to compare with, and held to no rule.");
        }
        if (JudgePart.judges(past).stream().anyMatch(j -> j.getEdition().isEmpty())) {
            notes.add("An earlier version of the program did not write down which edition was in force.");
        }
        return notes;
    }

    private static Message printable(Message message) {
        Message.Builder changed = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isRepeated()) {
                List<Object> values = new ArrayList<>();
                for (Object value : (List<?>) entry.getValue()) {
                    values.add(printable(value));
                }
                changed.setField(field, values);
            } else {
                changed.setField(field, printable(entry.getValue()));
            }
        }
        return changed.build();
    }

    private static Object printable(Object value) {
        if (value instanceof Message part) {
            return printable(part);
        }
        return value instanceof String text ? Printable.line(text).replace('\t', ' ') : value;
    }
}
