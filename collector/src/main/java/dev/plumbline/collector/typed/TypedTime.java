package dev.plumbline.collector.typed;

import dev.plumbline.config.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** A time as people write it, in UTC unless it says something else. */
public final class TypedTime {
    /** What may be written. */
    public static final String FORMS =
            "2026-11-01 (its first moment in UTC), 2026-11-01T10:00 (UTC), 2026-11-01T10:00:00+01:00, 2h or 3d (ago), now";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern ZONED = Pattern.compile(".*(Z|[+-]\\d{2}:?\\d{2})");

    private TypedTime() {}

    /** @throws IllegalArgumentException with the forms that would be right */
    public static Instant parse(String text, Instant now) {
        if (text.equals("now")) {
            return now;
        }
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (text.indexOf('T') < 0) {
                return now.minus(Durations.parse(text));
            }
            return ZONED.matcher(text).matches()
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no time; write " + FORMS, e);
        }
    }
}
