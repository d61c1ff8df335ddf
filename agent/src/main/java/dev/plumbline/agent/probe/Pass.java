package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.LagMeter;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * What all probes of one pass over the targets share.
 *
 * @param proxies which targets are tried through a proxy too
 * @param distances how many distances may still be measured: each takes dozens of short connections
 */
public record Pass(
        long round,
        int tryNumber,
        Duration stageTimeout,
        Resolution resolution,
        LagMeter lag,
        Proxies proxies,
        Semaphore distances) {
    /** Enough to tell who resets; a segment that resets everything is told by the first. */
    private static final int MOST_DISTANCES = 4;

    public Pass(
            long round, int tryNumber, Duration stageTimeout, Resolution resolution, LagMeter lag, Proxies proxies) {
        this(round, tryNumber, stageTimeout, resolution, lag, proxies, new Semaphore(MOST_DISTANCES));
    }

    boolean confirming() {
        return tryNumber > 1;
    }
}
