package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.LagMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What all probes of one pass over the targets share.
 *
 * @param distances how many distances may still be measured: each takes dozens of short connections
 * @param pools present when all names of a pool are resolved and every address is connected to, in place of the round's own
 *     name's; the same for all passes of a round
 */
public record Pass(
        long round,
        int tryNumber,
        Duration stageTimeout,
        Resolution resolution,
        LagMeter lag,
        Semaphore distances,
        Optional<Pools> pools) {
    /** Enough to tell who resets; a segment that resets everything is told by the first. */
    private static final int MOST_DISTANCES = 4;

    public Pass(long round, int tryNumber, Duration stageTimeout, Resolution resolution, LagMeter lag) {
        this(round, tryNumber, stageTimeout, resolution, lag, new Semaphore(MOST_DISTANCES), Optional.empty());
    }

    /** The same for when somebody waits for the whole picture. */
    public Pass withWhole(Pools pools) {
        return new Pass(round, tryNumber, stageTimeout, resolution, lag, distances, Optional.of(pools));
    }

    boolean confirming() {
        return tryNumber > 1;
    }
}
