package dev.plumbline.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** One file of tab-separated lines being read: {@code #} begins a comment line, every problem is kept with file and line. */
final class Tsv {
    private final String file;
    private final List<String> problems;

    Tsv(String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Lines that hold something. */
    List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            String line = all[i].stripTrailing();
            if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(new Line(i + 1, Arrays.asList(line.split("\t", -1))));
            }
        }
        return lines;
    }

    void problem(int line, String column, String sentence) {
        problems.add(file + ":" + line + ": " + (column.isEmpty() ? "" : column + ": ") + sentence);
    }

    /** One line, its cells asked by column. */
    final class Line {
        private final int number;
        private final List<String> cells;

        private Line(int number, List<String> cells) {
            this.number = number;
            this.cells = cells;
        }

        int number() {
            return number;
        }

        /** True when it has as many cells as columns; otherwise that is noted as a problem. Trailing empty cells may be left out. */
        boolean fits(int least, int most, String columns) {
            if (cells.size() < least || cells.size() > most) {
                problem(number, "", "has " + cells.size() + " cells; right would be the columns " + columns);
                return false;
            }
            return true;
        }

        /** Empty when the line ends before; a lone dash stays a dash. */
        String cell(int column) {
            return column < cells.size() ? cells.get(column).strip() : "";
        }

        /** A cell made into a value by a function that throws IllegalArgumentException with a sentence. */
        <T> T value(int column, String name, Function<String, T> parser, T standIn) {
            try {
                return parser.apply(cell(column));
            } catch (NumberFormatException e) {
                problem(number, name, "'" + cell(column) + "' is no whole number");
            } catch (IllegalArgumentException e) {
                problem(number, name, String.valueOf(e.getMessage()));
            }
            return standIn;
        }
    }
}
