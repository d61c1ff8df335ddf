package dev.plumbline.deploy.manual;

import java.util.Locale;

/** Text in the macros of man(7), which every {@code man} reads without another tool. */
final class Roff {
    private final StringBuilder text = new StringBuilder();

    /** @param source the program and its version; no date, so that the same source gives the same bytes */
    Roff(String title, String source) {
        line(".TH \"" + escaped(title.toUpperCase(Locale.ROOT)) + "\" \"1\" \"\" \"" + escaped(source)
                + "\" \"Plumbline\"");
    }

    Roff section(String name) {
        return line(".SH " + name);
    }

    /** A paragraph of the text. */
    Roff plain(String words) {
        return line(".PP").line(guarded(escaped(words)));
    }

    /** A line as it is, in the text's place. */
    Roff inline(String words) {
        return line(guarded(escaped(words)));
    }

    /** Lines that are not filled. */
    Roff verbatim(String lines) {
        line(".nf");
        lines.lines().forEach(l -> line(guarded(escaped(l))));
        return line(".fi");
    }

    /** What is explained, in bold, and the explanation. */
    Roff term(String term, String explanation) {
        line(".TP").line("\\fB" + escaped(term) + "\\fR");
        return line(guarded(escaped(explanation)));
    }

    private Roff line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** A hyphen would be set as a typographic one, and not be found by whoever searches for an option. */
    private static String escaped(String words) {
        return words.replace("\\", "\\e").replace("-", "\\-");
    }

    /** A line that begins so would be a macro. */
    private static String guarded(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
