package dev.plumbline.collector.ingest;

import java.time.Duration;

/**
 * How long a stream waits for its agent.
 *
 * @param hello from the stream's beginning
 * @param reading while something waits to be read
 * @param message from its first to its last byte
 * @param farewell after the stream's end, until the connection is cut
 */
record Patience(Duration hello, Duration reading, Duration message, Duration farewell) {
    static final Patience STANDARD = new Patience(Bounds.HELLO, Bounds.READING, Bounds.MESSAGE, Bounds.FAREWELL);
}
