package dev.plumbline.collector.cli;

import com.google.protobuf.Timestamp;
import dev.plumbline.config.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as people write them. Pure. */
final class Moments {
    /** For the descriptions of options. */
    static final String FORMS = "2026-11-01 (its first moment in UTC), 2026-11-01T10:00:00Z, 2h or 3d (ago), now";

    private Moments() {}

    /**
     * @param what names it in the sentence, such as {@code --at}
     * @throws CommandFailure with the forms that would be right
     */
    static Instant parse(String what, String text, Instant now) throws CommandFailure {
        if (text.equals("now")) {
            return now;
        }
        try {
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return text.indexOf('T') > 0 ? OffsetDateTime.parse(text).toInstant() : now.minus(Durations.parse(text));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, what + ": '" + text + "' is no time; write " + FORMS);
        }
    }

    static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
