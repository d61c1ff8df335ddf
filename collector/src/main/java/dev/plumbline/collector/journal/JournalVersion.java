package dev.plumbline.collector.journal;

/** Which of its tables and columns a file has: one of an older program may lack some when it is only read. */
record JournalVersion(int number) {
    static final int LATEST = 7;

    private static final int FIRST_WITH_DECISIONS = 2;
    private static final int FIRST_WITH_RETENTION = 4;
    private static final int FIRST_WITH_EDITIONS = 5;
    private static final int FIRST_WITH_PATIENCE = 6;

    /** Closings, beginnings and sums. */
    boolean hasDecisions() {
        return number >= FIRST_WITH_DECISIONS;
    }

    boolean hasRetention() {
        return number >= FIRST_WITH_RETENTION;
    }

    boolean hasEditions() {
        return number >= FIRST_WITH_EDITIONS;
    }

    boolean hasPatience() {
        return number >= FIRST_WITH_PATIENCE;
    }
}
