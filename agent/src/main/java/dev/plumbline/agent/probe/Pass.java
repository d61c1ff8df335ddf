package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.LagMeter;
import dev.plumbline.agent.net.QueueMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * What all probes of one pass over the targets share.
 *
 * @param pools present when all names of a pool are resolved and every address is connected to, in place of the round's own
 *     name's; the same for all passes of a round
 */
public record Pass(
        long round,
        int tryNumber,
        Duration stageTimeout,
        Resolution resolution,
        LagMeter lag,
        QueueMeter queue,
        Distances distances,
        Optional<Pools> pools) {
    public Pass(
            long round,
            int tryNumber,
            Duration stageTimeout,
            Resolution resolution,
            LagMeter lag,
            QueueMeter queue,
            Distances distances) {
        this(round, tryNumber, stageTimeout, resolution, lag, queue, distances, Optional.empty());
    }

    /** The same for when somebody waits for the whole picture. */
    public Pass withWhole(Pools pools) {
        return new Pass(round, tryNumber, stageTimeout, resolution, lag, queue, distances, Optional.of(pools));
    }

    boolean confirming() {
        return tryNumber > 1;
    }
}
