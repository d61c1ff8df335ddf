package dev.plumbline.agent.cli;

import dev.plumbline.words.Printable;
import java.io.PrintWriter;
import java.util.function.UnaryOperator;

/** Writes to a terminal what may hold texts of peers: each text is made printable, and line ends come of println alone. */
final class PrintableWriter extends PrintWriter {
    private final UnaryOperator<String> printable;

    private PrintableWriter(PrintWriter out, UnaryOperator<String> printable) {
        super(out);
        this.printable = printable;
    }

    /** For lines, each of them printed by itself. */
    static PrintWriter lines(PrintWriter out) {
        return new PrintableWriter(out, Printable::line);
    }

    /** For a JSON text, in whatever pieces it comes. */
    static PrintWriter json(PrintWriter out) {
        return new PrintableWriter(out, Printable::json);
    }

    @Override
    public void write(int character) {
        write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] text, int from, int length) {
        write(new String(text, from, length));
    }

    @Override
    public void write(String text, int from, int length) {
        String shown = printable.apply(text.substring(from, from + length));
        super.write(shown, 0, shown.length());
    }
}
