package dev.plumbline.catalog.article;

import java.util.regex.Pattern;

/** What of a text is to be read: without what has no width, with one kind of blank. */
final class Lettering {
    /** Zero-width characters, soft hyphens, marks of direction, and control characters but those that part cells and lines. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\t\\n]]");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern FOOTNOTE =
            Pattern.compile("(?<=[^\\s*])\\s?([\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021\u00a7*]+)$");

    private Lettering() {}

    /** One line, one blank between words. */
    static String plain(String text) {
        return BLANKS.matcher(seen(text)).replaceAll(" ").strip();
    }

    /** The same text without what has no width. */
    static String seen(String text) {
        return UNSEEN.matcher(text).replaceAll("");
    }

    /** Without the marks of footnotes that it ends with. */
    static String unmarked(String cell) {
        return FOOTNOTE.matcher(cell).replaceFirst("");
    }

    /** For messages: not longer than a line. */
    static String quoted(String text) {
        String plain = plain(text.substring(0, Math.min(text.length(), 1_000)));
        return "'" + (plain.length() <= 80 ? plain : plain.substring(0, 77) + "...") + "'";
    }
}
