package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Causes;
import dev.plumbline.collector.finding.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Incidents that a test opens and closes. */
final class LiveIncidents implements IncidentSource {
    private final Map<String, Incident> all = new ConcurrentSkipListMap<>();

    void put(Incident incident) {
        all.put(incident.id(), incident);
    }

    void close(String id, Instant at) {
        all.computeIfPresent(id, (key, i) -> Causes.closed(i, at));
    }

    @Override
    public List<Incident> open() {
        return all.values().stream().filter(Incident::isOpen).toList();
    }

    @Override
    public List<Incident> closedSince(Instant since) {
        return all.values().stream()
                .filter(i -> i.closedAt().filter(at -> !at.isBefore(since)).isPresent())
                .toList();
    }
}
