package dev.plumbline.collector.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What the answer of an HTTP server means for the message. */
final class HttpAnswer {
    private HttpAnswer() {}

    /**
     * Only what says that this very message is wrong, or that there will never be anybody, ends it: a wrong address or secret is
     * somebody's to mend, and the message waits for that. It waits with all others, which would be answered the same.
     */
    static Outcome of(int status, String body, Optional<String> retryAfter, Instant now) {
        String said = "the answer was " + status + (body.isBlank() ? "" : " (" + Heard.of(body) + ")");
        if (status >= 200 && status < 300) {
            return Outcome.delivered(said);
        }
        return switch (status) {
            case 400, 410, 413, 415, 422 -> Outcome.refused(said);
            case 429, 503 ->
                Outcome.busy(said, retryAfter.map(r -> pause(r, now)).orElse(Duration.ZERO));
            default -> Outcome.nobody(status / 100 == 3 ? said + "; redirections are not followed" : said);
        };
    }

    /** Seconds, or a date (RFC 9110 section 10.2.3); what is neither asks for nothing. */
    static Duration pause(String retryAfter, Instant now) {
        String text = retryAfter.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration span = Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return span.isNegative() ? Duration.ZERO : span;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
