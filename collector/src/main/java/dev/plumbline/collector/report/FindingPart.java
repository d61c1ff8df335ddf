package dev.plumbline.collector.report;

import static dev.plumbline.collector.report.Shares.duration;
import static dev.plumbline.collector.store.VerdictMessages.timestamp;

import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.store.VerdictMessages;
import dev.plumbline.v1.ExcusedTime;
import dev.plumbline.v1.ReportedFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is told of one incident: for how long it was open in the period, when it was excused, and how it was known at the end. */
final class FindingPart {
    private final Past.OfIncident past;
    private final List<Excused> open;

    /** A time in which it was open. */
    private record Excused(Period period, Optional<Excuse> excuse) {}

    FindingPart(Past.OfIncident past, Period period) {
        this.past = past;
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
        return past.latest();
    }

    boolean wasOpen() {
        return !open.isEmpty();
    }

    private Duration open(Predicate<Excused> which) {
        return open.stream().filter(which).map(e -> e.period().length()).reduce(Duration.ZERO, Duration::plus);
    }

    Duration openUnexcused() {
        return open(e -> e.excuse().isEmpty());
    }

    ReportedFinding message() {
        ReportedFinding.Builder message = ReportedFinding.newBuilder()
                .setFinding(VerdictMessages.message(incident()))
                .setOpen(duration(open(e -> true)));
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
