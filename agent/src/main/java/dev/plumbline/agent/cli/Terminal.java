package dev.plumbline.agent.cli;

import java.io.Console;

/** Whether somebody watches: only a terminal has a line to redraw. */
public final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull")
    public static boolean isWatched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 there is a console without a terminal, too, and a method that tells.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }
}
