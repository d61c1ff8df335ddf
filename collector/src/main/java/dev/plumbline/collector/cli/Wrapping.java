package dev.plumbline.collector.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at blanks. Pure. */
public final class Wrapping {
    private Wrapping() {}

    /** At least one line; a word longer than the width stays whole, so that it can be copied. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.strip().split(" +", -1)) {
                if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.length() > 0 ? " " : "").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** The same, each line behind an indent and the first behind a label of the same length. */
    public static List<String> labelled(String label, String text, int width) {
        String indent = " ".repeat(label.length());
        List<String> lines = new ArrayList<>();
        for (String line : wrap(text, width - label.length())) {
            lines.add((lines.isEmpty() ? label : indent) + line);
        }
        return lines;
    }
}
