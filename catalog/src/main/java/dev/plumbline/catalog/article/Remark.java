package dev.plumbline.catalog.article;

/**
 * Something about a line of the document that whoever imports it has to know.
 *
 * @param line from 1
 * @param said a sentence or two, without file and line
 */
public record Remark(int line, String said) implements Comparable<Remark> {
    @Override
    public int compareTo(Remark other) {
        return Integer.compare(line, other.line);
    }
}
