package dev.plumbline.catalog.allowlist;

import java.util.ArrayList;
import java.util.List;

/** An allow-list while one language writes it. */
final class Draft {
    final Allowlist list;
    private final Format format;
    private final List<String> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    Draft(Allowlist list, Format format) {
        this.list = list;
        this.format = format;
    }

    void line(String line) {
        lines.add(line);
    }

    void lines(List<String> more) {
        lines.addAll(more);
    }

    void remark(String text) {
        lines.add(format.comment(text));
    }

    /** Who asks for what the next lines let out. */
    void cite(List<Pass> passes) {
        passes.forEach(p -> remark(p.said() + ": " + p.cited()));
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void gap(Pass pass, String why) {
        gaps.add(new Gap(pass, why));
    }

    /** Comments first: whose list it is, what to know, what is missing. */
    Written finish() {
        List<String> all = new ArrayList<>();
        if (format.hasComments()) {
            all.add(format.comment("What " + list.place() + " has to reach under " + list.edition() + ": "
                    + list.passes().size() + " pairs of host and port, by plumbline catalog export"));
            all.add(format.comment(list.edition() + ": " + list.source()));
            notes.forEach(n -> all.add(format.comment(n)));
            list.optional()
                    .forEach(p -> all.add(format.comment(
                            "Left out, an administrator may (--with-optional): " + p.said() + ": " + p.cited())));
            gaps.forEach(g -> all.add(format.comment(
                    "NOT LET OUT: " + g + "; asked for by " + g.pass().cited())));
        }
        all.addAll(lines);
        return new Written(all, notes, gaps);
    }
}
