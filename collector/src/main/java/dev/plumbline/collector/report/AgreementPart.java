package dev.plumbline.collector.report;

import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.collector.agreed.Maintenance;
import dev.plumbline.collector.agreed.Waiver;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.v1.ReportedAgreement;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Waivers and maintenance windows of the told segments, as they are declared now, that cover some time of the period; those that end
 * first before others. Whether they counted is told by the findings and requirements that name them.
 */
final class AgreementPart {
    private final Past past;
    private final Map<SegmentId, List<String>> reasons;
    private final List<FindingPart> findings;

    /**
     * @param reasons of the requirements of each told segment, as far as they name what was agreed
     * @param findings those that are told
     */
    AgreementPart(Past past, Map<SegmentId, List<String>> reasons, List<FindingPart> findings) {
        this.past = past;
        this.reasons = reasons;
        this.findings = findings;
    }

    /** All that may be named by somebody, of one segment. */
    static List<String> said(Past past, SegmentId segment) {
        return Stream.concat(
                        past.agreements().waivers().stream()
                                .filter(w -> w.segment().equals(segment))
                                .map(Waiver::said),
                        past.agreements().maintenance().stream()
                                .filter(m -> m.segments().contains(segment))
                                .map(Maintenance::said))
                .toList();
    }

    List<ReportedAgreement> messages() {
        Set<SegmentId> told = reasons.keySet();
        Period period = past.period();
        Stream<ReportedAgreement> waivers = past.agreements().waivers().stream()
                .filter(w -> told.contains(w.segment()) && w.ends().isAfter(period.from()))
                .map(this::waiver);
        Stream<ReportedAgreement> maintenance = past.agreements().maintenance().stream()
                .filter(m -> m.segments().stream().anyMatch(told::contains))
                .filter(m -> m.to().isAfter(period.from()) && m.from().isBefore(period.to()))
                .map(m -> maintenance(m, told));
        return Stream.concat(waivers, maintenance)
                // Of two that end together the one that stands first in the configuration.
                .sorted((a, b) -> Long.compare(a.getTo().getSeconds(), b.getTo().getSeconds()))
                .toList();
    }

    private ReportedAgreement waiver(Waiver waiver) {
        return begun("WAIVED", List.of(waiver.segment()), waiver.owner(), waiver.reason(), waiver.ends())
                .setMechanism(waiver.mechanism().map(Mechanism::id).orElse(""))
                .setScope(waiver.scope().toString())
                .setNamed(isNamed(waiver.said(), List.of(waiver.segment())))
                .build();
    }

    private ReportedAgreement maintenance(Maintenance work, Set<SegmentId> told) {
        List<SegmentId> segments =
                work.segments().stream().filter(told::contains).sorted().toList();
        return begun("MAINTENANCE", segments, work.owner(), work.reason(), work.to())
                .setFrom(timestamp(work.from()))
                .setNamed(isNamed(work.said(), segments))
                .build();
    }

    private boolean isNamed(String said, Collection<SegmentId> segments) {
        return findings.stream().anyMatch(f -> f.names(said, segments))
                || segments.stream()
                        .anyMatch(s -> reasons.getOrDefault(s, List.of()).contains(said));
    }

    private ReportedAgreement.Builder begun(
            String kind, Collection<SegmentId> segments, String owner, String reason, Instant ends) {
        return ReportedAgreement.newBuilder()
                .setKind(kind)
                .addAllSegments(segments.stream().map(SegmentId::value).toList())
                .setOwner(owner)
                .setReason(reason)
                .setTo(timestamp(ends))
                .setOver(!ends.isAfter(past.period().to()));
    }
}
