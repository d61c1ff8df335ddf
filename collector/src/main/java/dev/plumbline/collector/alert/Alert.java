package dev.plumbline.collector.alert;

import dev.plumbline.collector.finding.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message about a cause, in no receiver's form yet. All texts are single lines without controls, and bounded.
 *
 * @param id of this message, the same however often it is tried: a receiver that has it already may drop it
 * @param key of the cause, the same from its opening to its end: what receivers put together by
 * @param finding id of the incident; empty where it is about none
 * @param place a segment, {@code site} or {@code apple}
 * @param segments on which it was seen
 * @param cause id of the mechanism
 * @param since when the cause was opened, or came back
 * @param ended when it was over; of {@link Kind#RESOLVED} alone
 * @param at when this was decided
 * @param services that targets of the finding belong to
 * @param said what is new, as a sentence; may be empty
 * @param dialect that {@code lines} are written in; empty where they are no configuration
 * @param lines of the remedy, or of a summary
 * @param link to more; may be empty
 */
public record Alert(
        Kind kind,
        String id,
        String key,
        String finding,
        String site,
        String place,
        List<String> segments,
        String cause,
        String scope,
        Severity severity,
        String sentence,
        String said,
        Instant since,
        Optional<Instant> ended,
        Instant at,
        List<String> services,
        String remedy,
        String dialect,
        List<String> lines,
        String link) {
    /** What happened. */
    public enum Kind {
        OPENED("opened"),
        /** Its scope moved. */
        CHANGED("changed"),
        RESOLVED("resolved"),
        /** Nothing happened: it is told again for receivers that forget what they do not hear of. */
        ONGOING("ongoing"),
        /** What came and went in quiet hours. */
        SUMMARY("summary"),
        /** Nothing happened: somebody tries the receiver. */
        TEST("test");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is printed and sent. */
        public String word() {
            return word;
        }
    }

    public Alert {
        segments = List.copyOf(segments);
        services = List.copyOf(services);
        lines = List.copyOf(lines);
        if (id.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException(
                    "an alert has an id and a key, or receivers could not tell it from others");
        }
        if ((kind == Kind.RESOLVED) != ended.isPresent()) {
            throw new IllegalArgumentException(
                    kind.word() + " " + key + ": what is resolved ended, and nothing else did");
        }
    }

    /** The same cause, over. */
    Alert resolved(String newId, Instant end, Instant now, String why) {
        return new Alert(
                Kind.RESOLVED,
                newId,
                key,
                finding,
                site,
                place,
                segments,
                cause,
                scope,
                severity,
                sentence,
                why,
                since,
                Optional.of(end),
                now,
                services,
                remedy,
                dialect,
                lines,
                link);
    }
}
