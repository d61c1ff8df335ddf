package dev.plumbline.collector.report;

import static dev.plumbline.collector.report.Shares.duration;
import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.store.VerdictMessages;
import dev.plumbline.v1.ExcusedTime;
import dev.plumbline.v1.ReportedFinding;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is told of one incident: for how long it was open in the period, when it was excused, and how it was known at the end. */
final class FindingPart {
    private final Past.Form latest;
    private final Period period;
    private final List<Excused> open;

    /** A time in which it was open. */
    private record Excused(Period period, Optional<Excuse> excuse) {}

    FindingPart(Past.OfIncident past, Period period) {
        this.latest = past.latest();
        this.period = period;
        this.open = open(past.forms(), period);
    }

    private static List<Excused> open(List<Past.Form> forms, Period period) {
        List<Excused> open = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            Incident incident = forms.get(i).incident();
            Instant until = i + 1 < forms.size() ? forms.get(i + 1).since() : period.to();
            if (incident.isOpen()) {
                Period.between(forms.get(i).since(), until)
                        .flatMap(p -> p.within(period))
                        .ifPresent(
                                p -> add(open, new Excused(p, incident.finding().excuse())));
            }
        }
        return open;
    }

    /** As one where nothing but the sentence changed. */
    private static void add(List<Excused> open, Excused next) {
        if (!open.isEmpty()) {
            Excused last = open.get(open.size() - 1);
            if (last.excuse().equals(next.excuse())
                    && last.period().to().equals(next.period().from())) {
                Period both = new Period(last.period().from(), next.period().to());
                open.set(open.size() - 1, new Excused(both, last.excuse()));
                return;
            }
        }
        open.add(next);
    }

    Incident incident() {
        return latest.incident();
    }

    /** What came late is judged together, so that it may be opened and closed at one time. */
    boolean wasThere() {
        return !open.isEmpty()
                || Stream.concat(Stream.of(incident().openedAt()), incident().reopenedAt().stream())
                        .anyMatch(at -> !at.isBefore(period.from()) && at.isBefore(period.to()));
    }

    private Duration open() {
        return open.stream().map(e -> e.period().length()).reduce(Duration.ZERO, Duration::plus);
    }

    /** There, and nobody answered for it. */
    boolean wasUnexcused() {
        return open.isEmpty()
                ? incident().finding().excuse().isEmpty()
                : open.stream().anyMatch(e -> e.excuse().isEmpty());
    }

    /** Whether it was excused by what a segment was agreed; what is told of the site may be excused by any. */
    boolean names(String said, Collection<SegmentId> segments) {
        return incident().finding().place().segment().map(segments::contains).orElse(true)
                && Stream.concat(
                                open.stream().flatMap(e -> e.excuse().stream()), incident().finding().excuse().stream())
                        .anyMatch(e -> e.said().equals(said));
    }

    ReportedFinding message() {
        ReportedFinding.Builder message = ReportedFinding.newBuilder()
                .setFinding(VerdictMessages.message(incident()))
                .setKnownAt(timestamp(latest.since()))
                .setOpen(duration(open()));
        for (Excused time : open) {
            time.excuse()
                    .ifPresent(excuse -> message.addExcused(ExcusedTime.newBuilder()
                            .setFrom(timestamp(time.period().from()))
                            .setTo(timestamp(time.period().to()))
                            .setExcuse(excuse.kind().name())
                            .setSaid(excuse.said())));
        }
        return message.build();
    }
}
