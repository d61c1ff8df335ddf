package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import java.time.Instant;
import java.util.List;

/** The way to one receiver. Decides nothing but what an answer means. */
interface Sender extends AutoCloseable {
    /** How long one try may take as a whole, whatever the other side does, where its way asks for no more. */
    int PATIENCE_SECONDS = 30;

    /**
     * Tries once, within its deadline. Only the platform's look-up of names has none: it holds up this receiver and no other.
     *
     * @throws InterruptedException when this is being closed
     */
    Outcome send(Alert alert, Instant now) throws InterruptedException;

    /**
     * Tries once more for those who were left over.
     *
     * @param leftOver as {@link Outcome#leftOver} had them
     */
    default Outcome sendTo(List<String> leftOver, Alert alert, Instant now) throws InterruptedException {
        return send(alert, now);
    }

    /** Ends a try that is under way. */
    @Override
    void close();
}
