package dev.plumbline.collector.remedy;

/**
 * How long a box must remember a connection that says nothing: devices let up to an hour pass between two keep-alives, the least
 * that vendors advise is 30 minutes.
 */
final class Quiet {
    static final int SECONDS = 3_900;
    static final String HOURS = "1:05:00";

    private Quiet() {}
}
