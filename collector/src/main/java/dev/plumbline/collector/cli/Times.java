package dev.plumbline.collector.cli;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as they are printed, always UTC. */
final class Times {
    private static final DateTimeFormatter FOR_PEOPLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** Firewall logs are searched by these, so they keep milliseconds. */
    private static final DateTimeFormatter FOR_LOGS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    static Instant instant(Timestamp at) {
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }

    static String forPeople(Timestamp at) {
        return forPeople(instant(at));
    }

    static String forPeople(Instant at) {
        return FOR_PEOPLE.format(at);
    }

    static String forLogs(Timestamp at) {
        return FOR_LOGS.format(instant(at));
    }
}
