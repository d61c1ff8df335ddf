package dev.plumbline.collector;

import dev.plumbline.collector.delivery.IncidentSource;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.store.Store;
import java.time.Instant;
import java.util.List;

/** The incidents of the store. */
record StoredIncidents(Store store) implements IncidentSource {
    @Override
    public List<Incident> open() {
        return store.openIncidents();
    }

    @Override
    public List<Incident> closedSince(Instant since) {
        return store.incidentsClosedSince(since);
    }
}
