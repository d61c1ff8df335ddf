package dev.plumbline.metrics;

/** The metrics of a program as a page, for whatever port shows it. Any thread. */
public interface Exposition {
    /**
     * All values as they are now, or as they were within the last second.
     *
     * @param accept the header Accept of the question, empty where it has none: OpenMetrics is given to whoever names it, the
     *     older text format to everybody else
     */
    Page page(String accept);

    /**
     * What is answered.
     *
     * @param body UTF-8, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, written once and handed to a socket
    record Page(String contentType, byte[] body) {}
}
