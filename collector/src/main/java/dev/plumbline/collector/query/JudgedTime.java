package dev.plumbline.collector.query;

import java.time.Duration;
import java.time.Instant;

/** How far the judge is. While it reads what came before, it closes rounds at the times at which that came. */
public interface JudgedTime {
    /**
     * Waits until nothing that was closed by a time can be added any more.
     *
     * @return false when that takes longer than the patience
     */
    boolean await(Instant at, Duration patience) throws InterruptedException;
}
