package dev.plumbline.collector.query;

import static dev.plumbline.collector.store.VerdictMessages.message;

import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetRemedyResponse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The findings, with what mends them. */
final class FindingAnswers {
    private final Knowledge knowledge;

    FindingAnswers(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    List<Incident> open(When when) {
        return knowledge.known(when).openIncidents();
    }

    /** With a time since, open and closed ones that became otherwise. */
    List<Finding> findings(boolean includeClosed, String place, When when) throws Refusal {
        if (!place.isEmpty()) {
            knowledge.declared().checkPlace(place);
        }
        Known known = knowledge.known(when);
        List<Incident> incidents =
                includeClosed || when.since().isPresent() ? known.incidents() : known.openIncidents();
        return incidents.stream()
                .filter(i -> place.isEmpty() || i.finding().place().word().equals(place))
                .filter(i -> when.since()
                        .filter(since -> !lastChange(i).isAfter(since))
                        .isEmpty())
                .sorted(Comparator.comparing((Incident i) -> i.isOpen() ? 0 : 1)
                        .thenComparing(i -> i.finding().severity())
                        .thenComparing(i -> i.finding().place())
                        .thenComparing(Incident::openedAt)
                        .thenComparing(Incident::id))
                .map(i -> message(i))
                .toList();
    }

    /**
     * What to write into which box.
     *
     * @param dialect empty = every one that has something to write
     */
    GetRemedyResponse remedy(String id, String dialect) throws Refusal {
        Incident incident = knowledge.store().incidents().stream()
                .filter(i -> i.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "finding_id",
                        "there is no finding '" + id + "'; plumbline findings --all lists them with their ids"));
        GetRemedyResponse.Builder all = GetRemedyResponse.newBuilder().setFinding(message(incident));
        WrittenRemedies.of(knowledge.declared().order(incident.id(), incident.finding()), dialect)
                .forEach(all::addConfigurations);
        return all.build();
    }

    static Instant lastChange(Incident incident) {
        return Stream.of(
                        Stream.of(incident.openedAt()),
                        incident.closedAt().stream(),
                        incident.reopenedAt().stream(),
                        incident.history().changes().stream().map(Change::at))
                .flatMap(all -> all)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
