package dev.plumbline.collector.web;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.report.Figures;
import dev.plumbline.wire.Fields;
import java.time.Duration;
import java.time.Instant;

/** Times and lengths for pages: in UTC, of no locale. Pure. */
public final class Times {
    private Times() {}

    /** As machines read it. */
    public static String iso(Timestamp at) {
        return Figures.time(at);
    }

    /** As people do, such as {@code 2026-11-01 10:00:05}. */
    public static String text(Timestamp at) {
        return Figures.time(at).replace('T', ' ').replace("Z", "");
    }

    public static String text(Instant at) {
        return text(Fields.timestamp(at));
    }

    /** As exactly as it is known, so that a firewall's log can be searched. */
    public static String moment(Timestamp at) {
        return Figures.moment(at).replace('T', ' ').replace("Z", "");
    }

    /** Such as {@code 3 d 4 h}. */
    public static String length(Duration length) {
        return Figures.length(com.google.protobuf.Duration.newBuilder()
                .setSeconds(length.getSeconds())
                .setNanos(length.getNano())
                .build());
    }

    /** Milliseconds with one digit below ten, such as {@code 9.2}. */
    public static String millis(long micros) {
        return micros < 10_000 ? micros / 1_000 + "." + micros % 1_000 / 100 : Long.toString((micros + 500) / 1_000);
    }
}
