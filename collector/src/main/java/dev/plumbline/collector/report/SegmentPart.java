package dev.plumbline.collector.report;

import static dev.plumbline.collector.report.Shares.duration;
import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.v1.ReportedAnswer;
import dev.plumbline.v1.ReportedRequirement;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.v1.TimeStretch;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is told of one segment: its requirements with the shares of the period, and the answers to what is asked of it as a whole. */
final class SegmentPart {
    private final Past.OfSegment past;
    private final Period period;
    private final Optional<Instant> knownFrom;

    SegmentPart(Past.OfSegment past, Past all) {
        this.past = past;
        this.period = all.period();
        this.knownFrom = all.rememberedFrom().map(at -> later(at, past.readFrom()));
    }

    static Instant later(Instant at, Optional<Instant> other) {
        return other.filter(at::isBefore).orElse(at);
    }

    boolean isHeldToRules() {
        return !past.segment().kind().isControl();
    }

    /** Of all requirements together. */
    Shares rules() {
        return Shares.of(all(r -> true, Standing::ofRule));
    }

    /** Whether some requirement was what it was by this agreement, at some time of the period. */
    boolean names(String said) {
        List<Past.Judged> all = past.requirements();
        return IntStream.range(0, all.size())
                .filter(i -> i + 1 == all.size() || all.get(i + 1).since().isAfter(period.from()))
                .mapToObj(all::get)
                .flatMap(judged -> judged.requirements().stream())
                .anyMatch(r -> r.because().contains(said));
    }

    ReportedSegment message() {
        Segment segment = past.segment();
        ReportedSegment.Builder message = ReportedSegment.newBuilder()
                .setId(segment.id().value())
                .setDisplayName(segment.name())
                .setKind(Words.of(segment.kind()))
                .addAllRoles(segment.roles().stream().sorted().map(Words::of).toList())
                .addAllCidrs(segment.cidrs())
                .setEgressGroup(segment.egressGroup())
                .setHeldToRules(isHeldToRules())
                .setCoverage(new CoveragePart(past, period, knownFrom).message());
        if (isHeldToRules()) {
            message.addAnswers(answer("rules", rules()));
            if (segment.roles().contains(Role.DEVICE)) {
                message.addAnswers(answer(
                        "devices", Shares.of(all(r -> !Duties.isOfServers(r.id()), Standing::ofWorking))));
            }
            if (segment.roles().contains(Role.MDM_SERVER)) {
                message.addAnswers(answer(
                        "servers", Shares.of(all(r -> !Duties.isOfDevices(r.id()), Standing::ofWorking))));
            }
        }
        ids().forEach(id -> message.addRequirements(requirement(id)));
        return message.build();
    }

    private static ReportedAnswer answer(String question, Shares shares) {
        return ReportedAnswer.newBuilder()
                .setQuestion(question)
                .setShares(shares.message())
                .build();
    }

    /** Of those that were judged in the period: in the latest order, then those that are no longer. */
    private Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        for (int i = past.requirements().size() - 1; i >= 0; i--) {
            past.requirements().get(i).requirements().forEach(r -> ids.add(r.id()));
        }
        return ids;
    }

    private ReportedRequirement requirement(String id) {
        Timeline rule = one(id, Standing::ofRule);
        Timeline works = one(id, Standing::ofWorking);
        ReportedRequirement.Builder message = ReportedRequirement.newBuilder()
                .setId(id)
                .setRule(Shares.of(rule).message())
                .setStillWorks(Shares.of(works).message())
                .setBreaches(rule.of(Standing.BROKEN).size());
        rule.longest(Standing.BROKEN).ifPresent(longest -> message.setLongestBreach(stretch(rule, longest)));
        Timeline.Stretch last = rule.stretches().get(rule.stretches().size() - 1);
        return message.setVerdict(verdict(last.standing()).name())
                .setBecause(because(id, last.standing()))
                .build();
    }

    static TimeStretch stretch(Timeline timeline, Timeline.Stretch stretch) {
        return TimeStretch.newBuilder()
                .setFrom(timestamp(stretch.period().from()))
                .setTo(timestamp(stretch.period().to()))
                .setLasted(duration(stretch.period().length()))
                .setOpen(timeline.isOpen(stretch))
                .setBegunBefore(timeline.isBegunBefore(stretch))
                .build();
    }

    private static Verdict verdict(Standing standing) {
        return switch (standing) {
            case MET, WAIVED -> Verdict.MET;
            case BROKEN -> Verdict.BROKEN;
            case UNDECIDED, SILENT, NOT_JUDGED, NOT_REMEMBERED -> Verdict.INSUFFICIENT;
        };
    }

    private String because(String id, Standing standing) {
        return switch (standing) {
            case SILENT -> "nothing of the segment came in time";
            case NOT_JUDGED -> "it was not judged";
            case NOT_REMEMBERED -> "nothing is remembered of it";
            case MET, WAIVED, BROKEN, UNDECIDED ->
                last().flatMap(j -> find(j, id)).map(Requirement::because).orElse("");
        };
    }

    private Optional<Past.Judged> last() {
        return past.requirements().stream().reduce((earlier, later) -> later);
    }

    private static Optional<Requirement> find(Past.Judged judged, String id) {
        return judged.requirements().stream().filter(r -> r.id().equals(id)).findFirst();
    }

    private Timeline one(String id, Function<Requirement, Standing> answer) {
        return timeline(judged -> find(judged, id).map(answer).orElse(Standing.NOT_JUDGED));
    }

    private Timeline all(Predicate<Requirement> asked, Function<Requirement, Standing> answer) {
        return timeline(judged -> {
            Stream<Requirement> some = judged.requirements().stream().filter(asked);
            return Standing.ofAll(some.map(answer).toList());
        });
    }

    private Timeline timeline(Function<Past.Judged, Standing> standing) {
        List<Turn> turns = past.requirements().stream()
                .map(judged -> new Turn(judged.since(), standing.apply(judged)))
                .toList();
        return Timeline.of(period, turns, past.silences(), knownFrom);
    }
}
