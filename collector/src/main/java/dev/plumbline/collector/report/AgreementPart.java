package dev.plumbline.collector.report;

import static dev.plumbline.collector.store.VerdictMessages.timestamp;

import dev.plumbline.collector.agreed.Maintenance;
import dev.plumbline.collector.agreed.Waiver;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.v1.ReportedAgreement;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waivers and maintenance windows of the told segments that counted at some time of the period, those that end first before others. */
final class AgreementPart {
    private AgreementPart() {}

    static List<ReportedAgreement> of(Past past) {
        Set<SegmentId> told =
                past.segments().stream().map(s -> s.segment().id()).collect(Collectors.toSet());
        Period period = past.period();
        Stream<ReportedAgreement> waivers = past.agreements().waivers().stream()
                .filter(w -> told.contains(w.segment()) && w.ends().isAfter(period.from()))
                .map(w -> waiver(w, period));
        Stream<ReportedAgreement> maintenance = past.agreements().maintenance().stream()
                .filter(m -> m.segments().stream().anyMatch(told::contains))
                .filter(m -> m.to().isAfter(period.from()) && m.from().isBefore(period.to()))
                .map(m -> maintenance(m, told, period));
        return Stream.concat(waivers, maintenance)
                // Of two that end together the one that stands first in the configuration.
                .sorted((a, b) -> Long.compare(a.getTo().getSeconds(), b.getTo().getSeconds()))
                .toList();
    }

    private static ReportedAgreement waiver(Waiver waiver, Period period) {
        return begun("WAIVED", List.of(waiver.segment()), waiver.owner(), waiver.reason(), waiver.ends(), period)
                .setMechanism(waiver.mechanism().map(Mechanism::id).orElse(""))
                .setScope(waiver.scope().toString())
                .build();
    }

    private static ReportedAgreement maintenance(Maintenance work, Set<SegmentId> told, Period period) {
        List<SegmentId> segments =
                work.segments().stream().filter(told::contains).sorted().toList();
        return begun("MAINTENANCE", segments, work.owner(), work.reason(), work.to(), period)
                .setFrom(timestamp(work.from()))
                .build();
    }

    private static ReportedAgreement.Builder begun(
            String kind, Collection<SegmentId> segments, String owner, String reason, Instant ends, Period period) {
        return ReportedAgreement.newBuilder()
                .setKind(kind)
                .addAllSegments(segments.stream().map(SegmentId::value).toList())
                .setOwner(owner)
                .setReason(reason)
                .setTo(timestamp(ends))
                .setOver(!ends.isAfter(period.to()));
    }
}
