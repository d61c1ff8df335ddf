package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import java.time.Instant;

/** The way to one receiver. Decides nothing but what an answer means. */
interface Sender extends AutoCloseable {
    /** How long one try may take as a whole, whatever the other side does. */
    int PATIENCE_SECONDS = 30;

    /**
     * Tries once, for {@link #PATIENCE_SECONDS} at most.
     *
     * @throws InterruptedException when this is being closed
     */
    Outcome send(Alert alert, Instant now) throws InterruptedException;

    /** Ends a try that is under way. */
    @Override
    void close();
}
