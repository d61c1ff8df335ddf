package dev.plumbline.collector.report;

import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.catalog.Edition;
import dev.plumbline.v1.JudgedBy;
import dev.plumbline.v1.ReportedEdition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** By which rules, edition and configuration was judged, and when. */
final class JudgePart {
    private JudgePart() {}

    /** A collector that began anew and judged by the same is no change. */
    static List<JudgedBy> judges(Past past) {
        List<JudgedBy> all = new ArrayList<>();
        for (int i = 0; i < past.judges().size(); i++) {
            Past.Judge judge = past.judges().get(i);
            Instant until = i + 1 < past.judges().size()
                    ? past.judges().get(i + 1).since()
                    : past.period().to();
            Period.between(judge.since(), until)
                    .flatMap(p -> p.within(past.period()))
                    .ifPresent(p -> add(all, message(judge, p)));
        }
        return all;
    }

    private static JudgedBy message(Past.Judge judge, Period period) {
        return JudgedBy.newBuilder()
                .setFrom(timestamp(period.from()))
                .setTo(timestamp(period.to()))
                .setProgram(judge.program())
                .setEdition(judge.edition())
                .setConfiguration(judge.configuration())
                .build();
    }

    private static void add(List<JudgedBy> all, JudgedBy next) {
        int last = all.size() - 1;
        if (last >= 0 && isSame(all.get(last), next)) {
            all.set(last, all.get(last).toBuilder().setTo(next.getTo()).build());
        } else {
            all.add(next);
        }
    }

    private static boolean isSame(JudgedBy one, JudgedBy other) {
        return one.getProgram().equals(other.getProgram())
                && one.getEdition().equals(other.getEdition())
                && one.getConfiguration().equals(other.getConfiguration());
    }

    static List<ReportedEdition> editions(Past past) {
        Set<String> inForce = judges(past).stream().map(JudgedBy::getEdition).collect(Collectors.toSet());
        return past.editions().stream()
                .filter(e -> inForce.contains(e.id()))
                .map(JudgePart::edition)
                .toList();
    }

    private static ReportedEdition edition(Edition edition) {
        return ReportedEdition.newBuilder()
                .setId(edition.id())
                .setTitle(edition.title())
                .setDate(edition.date())
                .setDerived(edition.derived())
                .setSource(edition.source())
                .build();
    }
}
