package dev.plumbline.collector.delivery;

import dev.plumbline.collector.finding.Incident;
import java.time.Instant;
import java.util.List;

/** The incidents as they are known now. */
public interface IncidentSource {
    List<Incident> open();

    /** Those that were closed at this time or later. */
    List<Incident> closedSince(Instant since);
}
