package dev.plumbline.collector.report;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times, lengths and shares as people read them: of no locale, and in UTC. */
public final class Figures {
    private static final int MILLION = 1_000_000;

    private Figures() {}

    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** To the second, such as {@code 2026-11-01T10:00:00Z}. */
    public static String time(Timestamp at) {
        return time(Instant.ofEpochSecond(at.getSeconds()));
    }

    /** As exactly as it is known, so that a firewall's log can be searched. */
    public static String moment(Timestamp at) {
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).toString();
    }

    /** The two greatest units, such as {@code 3 d 4 h}. */
    public static String length(com.google.protobuf.Duration message) {
        Duration length = Duration.ofSeconds(message.getSeconds(), message.getNanos());
        if (length.toDays() > 0) {
            return two(length.toDays(), "d", length.toHoursPart(), "h");
        }
        if (length.toHours() > 0) {
            return two(length.toHours(), "h", length.toMinutesPart(), "min");
        }
        if (length.toMinutes() > 0) {
            return two(length.toMinutes(), "min", length.toSecondsPart(), "s");
        }
        return length.isZero() || length.toSeconds() > 0 ? length.toSeconds() + " s" : "< 1 s";
    }

    private static String two(long many, String unit, long rest, String smaller) {
        return many + " " + unit + (rest == 0 ? "" : " " + rest + " " + smaller);
    }

    /** With two digits, such as {@code 99.93 %}: neither 100 nor 0 where it is not so. */
    public static String percent(int perMillion) {
        if (perMillion == 0 || perMillion == MILLION) {
            return perMillion * 100 / MILLION + " %";
        }
        return perMillion < 100 ? "< 0.01 %" : decimal(perMillion / 100) + " %";
    }

    /** As a length in a drawing, such as {@code 12.3456%}. */
    public static String part(int perMillion) {
        return perMillion / 10_000 + "."
                + Integer.toString(10_000 + perMillion % 10_000).substring(1) + "%";
    }

    /** @param parts of ten thousand */
    private static String decimal(int parts) {
        return parts / 100 + "." + parts % 100 / 10 + parts % 10;
    }

    /** Seconds with as many digits as there are, for tables that are computed with. */
    static String seconds(com.google.protobuf.Duration length) {
        String whole = Long.toString(length.getSeconds());
        if (length.getNanos() == 0) {
            return whole;
        }
        String nanos = Integer.toString(1_000_000_000 + length.getNanos()).substring(1);
        return whole + "." + nanos.replaceAll("0+$", "");
    }
}
