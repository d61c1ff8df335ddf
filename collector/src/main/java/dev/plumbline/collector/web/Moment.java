package dev.plumbline.collector.web;

import com.google.protobuf.Timestamp;
import dev.plumbline.config.Durations;
import io.grpc.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as people write them, in UTC. Pure. */
final class Moment {
    private static final String FORMS =
            "2026-11-01, 2026-11-01T10:00 (in UTC), 2026-11-01T10:00:00+01:00, or 2h or 3d (ago)";

    private Moment() {}

    /**
     * @param field names it in the sentence
     * @throws io.grpc.StatusRuntimeException with the forms that would be right
     */
    static Instant parse(String field, String text, Instant now) {
        try {
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (text.indexOf('T') < 0) {
                return now.minus(Durations.parse(text));
            }
            boolean hasZone = text.matches(".*(Z|[+-]\\d{2}:?\\d{2})");
            return hasZone
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(field + ": '" + text + "' is no time; write " + FORMS)
                    .asRuntimeException();
        }
    }

    static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
