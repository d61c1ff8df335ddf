package dev.plumbline.collector.report;

import static dev.plumbline.collector.report.Shares.duration;

import dev.plumbline.collector.finding.State;
import dev.plumbline.v1.NotMeasured;
import dev.plumbline.v1.ReportedCoverage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How much of a segment was looked at: when it was heard, and which of its targets were measured. */
final class CoveragePart {
    /** That are told: the longest. */
    private static final int SILENCES = 20;

    /** What was not measured for less of the period is not worth a line. */
    private static final int LEAST_PART = 100;

    private final Past.OfSegment past;
    private final Period period;
    private final Optional<Instant> knownFrom;
    private final Timeline heard;

    CoveragePart(Past.OfSegment past, Period period, Optional<Instant> knownFrom) {
        this.past = past;
        this.period = period;
        this.knownFrom = knownFrom;
        this.heard = Timeline.of(
                period,
                first().map(at -> List.of(new Turn(at, Standing.MET))).orElse(List.of()),
                past.silences(),
                knownFrom);
    }

    private Optional<Instant> first() {
        return past.requirements().stream().findFirst().map(Past.Judged::since);
    }

    ReportedCoverage message() {
        List<Timeline.Stretch> silences = heard.of(Standing.SILENT);
        ReportedCoverage.Builder message = ReportedCoverage.newBuilder()
                .setHeard(duration(heard.total(Standing.MET)))
                .setSilences(silences.size())
                .setTargets(past.targets().size());
        silences.stream()
                .sorted(Comparator.comparing((Timeline.Stretch s) -> s.period().length())
                        .reversed()
                        .thenComparing(s -> s.period().from()))
                .limit(SILENCES)
                .sorted(Comparator.comparing(s -> s.period().from()))
                .forEach(s -> message.addLongestSilences(SegmentPart.stretch(heard, s)));
        for (Past.OfTarget target : past.targets()) {
            Shares shares = Shares.of(timeline(target));
            Duration measured = shares.part(Standing.MET);
            Duration missed = shares.part(Standing.UNDECIDED).plus(shares.part(Standing.NOT_JUDGED));
            if (target.required()) {
                message.setRequired(message.getRequired() + 1);
                message.setRequiredMeasured(message.getRequiredMeasured() + (measured.isZero() ? 0 : 1));
            }
            if (isTold(measured, missed)) {
                message.addNotMeasured(notMeasured(target, measured, missed));
            }
        }
        return message.build();
    }

    private boolean isTold(Duration measured, Duration missed) {
        return !missed.isZero()
                && (measured.isZero() || missed.compareTo(period.length().dividedBy(LEAST_PART)) >= 0);
    }

    /** Met is here: measured. Before the segment was judged first nobody was there to measure. */
    private Timeline timeline(Past.OfTarget target) {
        List<Turn> turns = target.spells().stream()
                .map(s -> new Turn(s.since(), standing(s.state())))
                .toList();
        Optional<Instant> from = knownFrom.flatMap(at ->
                first().map(judged -> SegmentPart.later(SegmentPart.later(at, target.readFrom()), first())));
        return Timeline.of(period, turns, past.silences(), from);
    }

    private static Standing standing(State state) {
        return switch (state) {
            case OK, BLOCKED, INTERCEPTED, PROXIED, IMPAIRED, DOWN, MAINTENANCE, WAIVED, FLAPPING, OPTIONAL_OFF ->
                Standing.MET;
            case INSUFFICIENT -> Standing.UNDECIDED;
            case NOT_YET_RUN -> Standing.NOT_JUDGED;
        };
    }

    private static NotMeasured notMeasured(Past.OfTarget target, Duration measured, Duration missed) {
        Optional<Past.Spell> last = target.spells().stream()
                .filter(s -> standing(s.state()) != Standing.MET)
                .reduce((earlier, later) -> later);
        return NotMeasured.newBuilder()
                .setTargetId(target.target().value())
                .setService(target.service())
                .setRequired(target.required())
                .setState(last.map(Past.Spell::state).orElse(State.NOT_YET_RUN).name())
                .setBecause(last.map(Past.Spell::because).orElse("no round had looked at it"))
                .setMeasured(duration(measured))
                .setNotMeasured(duration(missed))
                .build();
    }
}
