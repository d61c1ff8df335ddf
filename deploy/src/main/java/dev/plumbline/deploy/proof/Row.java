package dev.plumbline.deploy.proof;

/** One line of the table: sends something, looks at what happened, counts what was lost. */
interface Row {
    /** What {@code --only} calls it: lower-case letters and hyphens. */
    String id();

    /**
     * Tries it.
     *
     * @throws Trouble when it could not be tried to its end, which fails the row
     */
    Outcome run(Ground ground) throws Trouble, InterruptedException;
}
