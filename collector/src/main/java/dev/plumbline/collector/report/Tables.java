package dev.plumbline.collector.report;

import com.google.protobuf.Timestamp;
import dev.plumbline.v1.ExcusedTime;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.FindingChange;
import dev.plumbline.v1.JudgedBy;
import dev.plumbline.v1.NotMeasured;
import dev.plumbline.v1.Report;
import dev.plumbline.v1.ReportedAgreement;
import dev.plumbline.v1.ReportedAnswer;
import dev.plumbline.v1.ReportedCoverage;
import dev.plumbline.v1.ReportedEdition;
import dev.plumbline.v1.ReportedFinding;
import dev.plumbline.v1.ReportedRequirement;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.v1.TimeShares;
import dev.plumbline.v1.TimeStretch;
import dev.plumbline.v1.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A report as a ZIP of CSV tables, which are stored as they are: what a compressor writes differs from one to another. Times are in
 * UTC, lengths in seconds, shares in millionths of the period; lists within a field are separated by blanks. README has the columns.
 */
final class Tables {
    /** In all of them. Of the first day that a ZIP can say Java writes a time in this host's zone beside it. */
    private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Report report;

    private Tables(Report report) {
        this.report = report;
    }

    static byte[] of(Report report) {
        Tables tables = new Tables(report);
        Map<String, Csv> files = new LinkedHashMap<>();
        files.put("report.csv", tables.report());
        files.put("segments.csv", tables.segments());
        files.put("answers.csv", tables.answers());
        files.put("requirements.csv", tables.requirements());
        files.put("silences.csv", tables.silences());
        files.put("not-measured.csv", tables.notMeasured());
        files.put("findings.csv", tables.findings());
        files.put("evidence.csv", tables.evidence());
        files.put("history.csv", tables.history());
        files.put("excused.csv", tables.excused());
        files.put("agreements.csv", tables.agreements());
        files.put("judged-by.csv", tables.judgedBy());
        files.put("editions.csv", tables.editions());
        return zip(files);
    }

    private static byte[] zip(Map<String, Csv> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, Csv> file : files.entrySet()) {
                byte[] content = file.getValue().toString().getBytes(StandardCharsets.UTF_8);
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(WRITTEN);
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private Csv report() {
        Csv csv = new Csv("site", "segment", "from", "to", "verdict", "remembered_from", "notes");
        csv.row(List.of(
                report.getSiteId(),
                report.getSegment(),
                Figures.moment(report.getFrom()),
                Figures.moment(report.getTo()),
                report.getVerdict(),
                time(report.hasRememberedFrom(), report.getRememberedFrom()),
                String.join(" ", report.getNotesList())));
        return csv;
    }

    private Csv segments() {
        Csv csv = new Csv(
                "segment",
                "name",
                "kind",
                "roles",
                "cidrs",
                "egress_group",
                "held_to_rules",
                "heard_seconds",
                "silences",
                "targets",
                "required",
                "required_measured");
        for (ReportedSegment segment : report.getSegmentsList()) {
            ReportedCoverage coverage = segment.getCoverage();
            csv.row(List.of(
                    segment.getId(),
                    segment.getDisplayName(),
                    segment.getKind(),
                    String.join(" ", segment.getRolesList()),
                    String.join(" ", segment.getCidrsList()),
                    segment.getEgressGroup(),
                    flag(segment.getHeldToRules()),
                    Figures.seconds(coverage.getHeard()),
                    number(coverage.getSilences()),
                    number(coverage.getTargets()),
                    number(coverage.getRequired()),
                    number(coverage.getRequiredMeasured())));
        }
        return csv;
    }

    private static final String[] SHARES = {
        "met_per_million",
        "waived_per_million",
        "broken_per_million",
        "unknown_per_million",
        "met_seconds",
        "waived_seconds",
        "broken_seconds",
        "undecided_seconds",
        "silent_seconds",
        "not_judged_seconds",
        "not_remembered_seconds"
    };

    private static List<String> shares(TimeShares shares) {
        return List.of(
                number(shares.getMetPerMillion()),
                number(shares.getWaivedPerMillion()),
                number(shares.getBrokenPerMillion()),
                number(shares.getUnknownPerMillion()),
                Figures.seconds(shares.getMet()),
                Figures.seconds(shares.getWaived()),
                Figures.seconds(shares.getBroken()),
                Figures.seconds(shares.getUndecided()),
                Figures.seconds(shares.getSilent()),
                Figures.seconds(shares.getNotJudged()),
                Figures.seconds(shares.getNotRemembered()));
    }

    private Csv answers() {
        Csv csv = new Csv(all(List.of("segment", "question"), List.of(SHARES)).toArray(String[]::new));
        for (ReportedSegment segment : report.getSegmentsList()) {
            for (ReportedAnswer answer : segment.getAnswersList()) {
                csv.row(all(List.of(segment.getId(), answer.getQuestion()), shares(answer.getShares()))
                        .toList());
            }
        }
        return csv;
    }

    private Csv requirements() {
        List<String> columns = List.of(
                "segment",
                "requirement",
                "breaches",
                "longest_breach_from",
                "longest_breach_to",
                "longest_breach_seconds",
                "longest_breach_open",
                "longest_breach_begun_before",
                "verdict",
                "because");
        List<String> works = Stream.of(SHARES).map(s -> "still_works_" + s).toList();
        Csv csv = new Csv(
                Stream.concat(all(columns, List.of(SHARES)), works.stream()).toArray(String[]::new));
        for (ReportedSegment segment : report.getSegmentsList()) {
            for (ReportedRequirement requirement : segment.getRequirementsList()) {
                boolean isBroken = requirement.hasLongestBreach();
                TimeStretch longest = requirement.getLongestBreach();
                List<String> told = List.of(
                        segment.getId(),
                        requirement.getId(),
                        number(requirement.getBreaches()),
                        time(isBroken, longest.getFrom()),
                        time(isBroken, longest.getTo()),
                        isBroken ? Figures.seconds(longest.getLasted()) : "",
                        isBroken ? flag(longest.getOpen()) : "",
                        isBroken ? flag(longest.getBegunBefore()) : "",
                        requirement.getVerdict(),
                        requirement.getBecause());
                csv.row(Stream.concat(
                                all(told, shares(requirement.getRule())), shares(requirement.getStillWorks()).stream())
                        .toList());
            }
        }
        return csv;
    }

    private Csv silences() {
        Csv csv = new Csv("segment", "from", "to", "seconds", "open", "begun_before");
        for (ReportedSegment segment : report.getSegmentsList()) {
            for (TimeStretch silence : segment.getCoverage().getLongestSilencesList()) {
                csv.row(List.of(
                        segment.getId(),
                        Figures.moment(silence.getFrom()),
                        Figures.moment(silence.getTo()),
                        Figures.seconds(silence.getLasted()),
                        flag(silence.getOpen()),
                        flag(silence.getBegunBefore())));
            }
        }
        return csv;
    }

    private Csv notMeasured() {
        Csv csv = new Csv(
                "segment",
                "target",
                "service",
                "required",
                "state",
                "because",
                "measured_seconds",
                "not_measured_seconds");
        for (ReportedSegment segment : report.getSegmentsList()) {
            for (NotMeasured target : segment.getCoverage().getNotMeasuredList()) {
                csv.row(List.of(
                        segment.getId(),
                        target.getTargetId(),
                        target.getService(),
                        flag(target.getRequired()),
                        target.getState(),
                        target.getBecause(),
                        Figures.seconds(target.getMeasured()),
                        Figures.seconds(target.getNotMeasured())));
            }
        }
        return csv;
    }

    private Csv findings() {
        Csv csv = new Csv(
                "finding",
                "place",
                "mechanism",
                "scope",
                "severity",
                "sentence",
                "remedy",
                "targets",
                "opened_at",
                "closed_at",
                "reopened_at",
                "times_reopened",
                "open_seconds",
                "known_at");
        for (ReportedFinding reported : report.getFindingsList()) {
            Finding finding = reported.getFinding();
            csv.row(List.of(
                    finding.getId(),
                    finding.getPlace(),
                    finding.getMechanism(),
                    finding.getScope(),
                    finding.getSeverity(),
                    finding.getSentence(),
                    finding.getRemedy(),
                    String.join(" ", finding.getTargetIdsList()),
                    Figures.moment(finding.getOpenedAt()),
                    time(finding.hasClosedAt(), finding.getClosedAt()),
                    time(finding.hasReopenedAt(), finding.getReopenedAt()),
                    number(finding.getTimesReopened()),
                    Figures.seconds(reported.getOpen()),
                    Figures.moment(reported.getKnownAt())));
        }
        return csv;
    }

    private Csv evidence() {
        Csv csv = new Csv("finding", "at", "transport", "local", "remote", "target", "segment", "agent", "saw");
        for (ReportedFinding reported : report.getFindingsList()) {
            for (Witness witness : reported.getFinding().getWitnessesList()) {
                csv.row(List.of(
                        reported.getFinding().getId(),
                        Figures.moment(witness.getAt()),
                        witness.getTransport(),
                        witness.getLocal(),
                        witness.getRemote(),
                        witness.getTargetId(),
                        witness.getSegment(),
                        witness.getAgent(),
                        witness.getSaw()));
            }
        }
        return csv;
    }

    private Csv history() {
        Csv csv = new Csv("finding", "at", "kind", "said");
        for (ReportedFinding reported : report.getFindingsList()) {
            for (FindingChange change : reported.getFinding().getHistoryList()) {
                csv.row(List.of(
                        reported.getFinding().getId(),
                        Figures.moment(change.getAt()),
                        change.getKind(),
                        change.getSaid()));
            }
        }
        return csv;
    }

    private Csv excused() {
        Csv csv = new Csv("finding", "from", "to", "excuse", "said");
        for (ReportedFinding reported : report.getFindingsList()) {
            for (ExcusedTime excused : reported.getExcusedList()) {
                csv.row(List.of(
                        reported.getFinding().getId(),
                        Figures.moment(excused.getFrom()),
                        Figures.moment(excused.getTo()),
                        excused.getExcuse(),
                        excused.getSaid()));
            }
        }
        return csv;
    }

    private Csv agreements() {
        Csv csv = new Csv("kind", "segments", "mechanism", "scope", "owner", "reason", "from", "to", "over", "named");
        for (ReportedAgreement agreement : report.getAgreementsList()) {
            csv.row(List.of(
                    agreement.getKind(),
                    String.join(" ", agreement.getSegmentsList()),
                    agreement.getMechanism(),
                    agreement.getScope(),
                    agreement.getOwner(),
                    agreement.getReason(),
                    time(agreement.hasFrom(), agreement.getFrom()),
                    Figures.moment(agreement.getTo()),
                    flag(agreement.getOver()),
                    flag(agreement.getNamed())));
        }
        return csv;
    }

    private Csv judgedBy() {
        Csv csv = new Csv("from", "to", "edition", "rules_of_version", "configuration");
        for (JudgedBy judge : report.getJudgedByList()) {
            csv.row(List.of(
                    Figures.moment(judge.getFrom()),
                    Figures.moment(judge.getTo()),
                    judge.getEdition(),
                    judge.getProgram(),
                    judge.getConfiguration()));
        }
        return csv;
    }

    private Csv editions() {
        Csv csv = new Csv("edition", "title", "date", "derived", "source");
        for (ReportedEdition edition : report.getEditionsList()) {
            csv.row(List.of(
                    edition.getId(),
                    edition.getTitle(),
                    edition.getDate(),
                    flag(edition.getDerived()),
                    edition.getSource()));
        }
        return csv;
    }

    private static Stream<String> all(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both.stream();
    }

    private static String time(boolean present, Timestamp at) {
        return present ? Figures.moment(at) : "";
    }

    private static String number(int number) {
        return Integer.toString(number);
    }

    private static String flag(boolean flag) {
        return flag ? "yes" : "no";
    }
}
