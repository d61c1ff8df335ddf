package dev.plumbline.words;

import java.util.regex.Pattern;

/** What peers wrote, such as names in certificates and in DNS, and answers, for a terminal: shown, and not obeyed. Pure. */
public final class Printable {
    /** Controls but the tabulator, marks of format such as those that turn the direction of writing, ends of lines and paragraphs. */
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t]]");

    /** Between the values of a JSON text stand such line ends and blanks alone; whatever else is obeyed stands in a string. */
    private static final Pattern OBEYED_IN_JSON = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t\\r\\n]]");

    private Printable() {}

    /** One line; a question mark stands for each character that would be obeyed, also for line ends. */
    public static String line(String text) {
        return OBEYED.matcher(text).replaceAll("?");
    }

    /** A whole JSON text that says the same: what would be obeyed is escaped (RFC 8259 section 7). */
    public static String json(String text) {
        return OBEYED_IN_JSON.matcher(text).replaceAll(found -> escaped(found.group()));
    }

    private static String escaped(String characters) {
        StringBuilder escaped = new StringBuilder();
        for (char each : characters.toCharArray()) {
            // Twice: a backslash is a mark of its own in a replacement.
            escaped.append("\\\\u").append(String.format("%04x", (int) each));
        }
        return escaped.toString();
    }
}
