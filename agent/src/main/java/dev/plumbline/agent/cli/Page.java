package dev.plumbline.agent.cli;

import java.io.PrintWriter;
import java.util.List;

/** Plain text that no printer or mail program breaks: at most 100 columns, words wrapped, numbers to the right. */
final class Page {
    static final int COLUMNS = 100;

    private final PrintWriter out;

    Page(PrintWriter out) {
        this.out = out;
    }

    void line(String text) {
        out.println(text);
    }

    /** A paragraph that begins with a mark; further lines are set in below its first word. */
    void wrapped(String mark, String text) {
        StringBuilder line = new StringBuilder(mark);
        boolean bare = true;
        for (String word : text.split(" ", -1)) {
            if (!bare && line.length() + 1 + word.length() > COLUMNS) {
                out.println(line);
                line = new StringBuilder(" ".repeat(mark.length()));
                bare = true;
            }
            line.append(bare ? "" : " ").append(word);
            bare = false;
        }
        out.println(line);
    }

    /** Cells by width, a negative one is set to the right; a first cell that is too long has a line of its own. */
    void row(List<Integer> widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            int width = Math.abs(widths.get(i));
            String gap = " ".repeat(Math.max(0, width - cells.get(i).length()));
            line.append(widths.get(i) < 0 ? gap + cells.get(i) : cells.get(i) + gap);
            if (i == 0 && cells.get(i).length() > width) {
                out.println(line);
                line = new StringBuilder(" ".repeat(width));
            }
            line.append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
