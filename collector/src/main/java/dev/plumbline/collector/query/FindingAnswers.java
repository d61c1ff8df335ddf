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
    private final StoredFindings stored;

    FindingAnswers(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.stored = new StoredFindings(knowledge.store());
    }

    List<Incident> open(When when) {
        return knowledge.known(when).openIncidents();
    }

    /** With a time since, open and closed ones that became otherwise. */
    List<Finding> findings(boolean includeClosed, String place, When when) throws Refusal {
        if (!place.isEmpty()) {
            knowledge.declared().checkPlace(place);
        }
        return listed(includeClosed || when.since().isPresent(), when).stream()
                .filter(l ->
                        place.isEmpty() || l.incident().finding().place().word().equals(place))
                .filter(l -> when.since()
                        .filter(since -> !lastChange(l.incident()).isAfter(since))
                        .isEmpty())
                .map(StoredFindings.Listed::message)
                .toList();
    }

    private List<StoredFindings.Listed> listed(boolean includeClosed, When when) {
        if (when.isNow()) {
            return includeClosed ? stored.all() : stored.open();
        }
        Known known = knowledge.known(when);
        return StoredFindings.inOrder(includeClosed ? known.incidents() : known.openIncidents());
    }

    /**
     * What to write into which box.
     *
     * @param dialect empty = every one that has something to write
     */
    GetRemedyResponse remedy(String id, String dialect, When when) throws Refusal {
        Incident incident = listed(true, when).stream()
                .map(StoredFindings.Listed::incident)
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
