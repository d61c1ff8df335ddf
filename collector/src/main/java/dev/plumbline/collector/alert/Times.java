package dev.plumbline.collector.alert;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as people are told them, always UTC. */
final class Times {
    private static final DateTimeFormatter FOR_PEOPLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    static String forPeople(Instant at) {
        return FOR_PEOPLE.format(at);
    }
}
