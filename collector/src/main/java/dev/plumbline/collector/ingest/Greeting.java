package dev.plumbline.collector.ingest;

import dev.plumbline.v1.Hello;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An agent's hello, made harmless: what it says of itself is shown to people and written to logs.
 *
 * @param version without what controls a terminal or a line, and not longer than a version is
 * @param planHash empty when it has none, or none that is a hash
 */
record Greeting(UUID incarnation, String version, String planHash, Instant agentTime) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{1," + Bounds.NAME_LENGTH + "}");

    /**
     * @throws WireException when it names no incarnation or no time
     */
    static Greeting of(Hello hello) throws WireException {
        return new Greeting(
                Fields.uuid(hello.getIncarnation(), "hello.incarnation"),
                harmless(hello.getAgentVersion(), Bounds.VERSION_LENGTH),
                HASH.matcher(hello.getPlanHash()).matches() ? hello.getPlanHash() : "",
                Fields.instant(hello.hasAgentTime(), hello.getAgentTime(), "hello.agent_time"));
    }

    /** Cut, and with a question mark in the place of each character that is not seen as itself. */
    static String harmless(String text, int longest) {
        StringBuilder harmless = new StringBuilder();
        text.codePoints().limit(longest).map(c -> isSeen(c) ? c : '?').forEach(harmless::appendCodePoint);
        return harmless.toString();
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
