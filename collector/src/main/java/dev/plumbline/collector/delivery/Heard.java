package dev.plumbline.collector.delivery;

import dev.plumbline.words.Printable;

/** What others said, for sentences: one line, bounded, without controls. */
final class Heard {
    private static final int LONGEST = 200;

    private Heard() {}

    static String of(String text) {
        String line = Printable.line(text.strip());
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    /** Of an exception of the platform's: its class says what its message leaves out. */
    static String of(Throwable e) {
        String said = e.getMessage();
        return e.getClass().getSimpleName() + (said == null ? "" : ": " + of(said));
    }
}
