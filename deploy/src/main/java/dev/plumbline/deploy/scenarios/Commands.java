package dev.plumbline.deploy.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Running other programs: the one way in which the runner touches the world. */
interface Commands {
    /**
     * Runs a program to its end.
     *
     * @throws Trouble when it cannot be started or takes longer than the limit (it is ended then)
     */
    Ran run(List<String> command, Duration limit) throws Trouble;

    /**
     * Starts a program that is to go on, its output going to a log file.
     *
     * @throws Trouble when it cannot be started
     */
    Daemon start(String name, List<String> command, Path log) throws Trouble;

    /** A program that came to its end. */
    record Ran(List<String> command, int exit, String output, String errors) {
        /** Its errors, or its output where there are none, on one line. */
        String said() {
            String text = errors.isBlank() ? output : errors;
            return text.isBlank() ? "nothing" : text.strip().replaceAll("\\s*\\R\\s*", " | ");
        }

        /**
         * The same, when the exit code is one of those allowed.
         *
         * @throws Trouble otherwise
         */
        Ran expecting(Integer... exits) throws Trouble {
            if (!List.of(exits).contains(exit)) {
                throw new Trouble(String.join(" ", command) + " ended with " + exit + " and said: " + said());
            }
            return this;
        }
    }

    /** A program that goes on. */
    interface Daemon {
        String name();

        boolean alive();

        /** Asks it to end, waits, and ends it. */
        void stop();

        /** What it wrote last, on one line. */
        String lastWords();
    }
}
