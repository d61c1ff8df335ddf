package dev.plumbline.collector.http;

import java.time.Duration;

/**
 * How long is waited for those who ask.
 *
 * @param keepAlive after so long without an event a stream says that it is there
 * @param farewell a stream that was ended is given up after so long
 * @param reading a connection that has not taken an answer so long after it was ready is cut
 */
record Patience(Duration keepAlive, Duration farewell, Duration reading) {
    /**
     * Proxies cut what says nothing for a minute, some for half of one; what a stream ends with is a sentence; and the largest page
     * takes some seconds over 10 Mbit/s.
     */
    static final Patience USUAL = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(30));
}
