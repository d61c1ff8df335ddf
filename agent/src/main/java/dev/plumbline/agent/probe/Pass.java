package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.LagMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * What all probes of one pass over the targets share.
 *
 * @param proxies which targets are tried through a proxy too
 * @param pools present when all names of a pool are resolved and every address is connected to, in place of the round's own
 *     name's; the same for all passes of a round
 */
public record Pass(
        long round,
        int tryNumber,
        Duration stageTimeout,
        Resolution resolution,
        LagMeter lag,
        Distances distances,
        Proxies proxies,
        Optional<Pools> pools) {
    public Pass(
            long round,
            int tryNumber,
            Duration stageTimeout,
            Resolution resolution,
            LagMeter lag,
            Distances distances) {
        this(round, tryNumber, stageTimeout, resolution, lag, distances, Proxies.NONE, Optional.empty());
    }

    /** The same, with some targets tried through a proxy too. */
    public Pass with(Proxies tried) {
        return new Pass(round, tryNumber, stageTimeout, resolution, lag, distances, tried, pools);
    }

    /** The same for when somebody waits for the whole picture. */
    public Pass withWhole(Pools whole) {
        return new Pass(round, tryNumber, stageTimeout, resolution, lag, distances, proxies, Optional.of(whole));
    }

    boolean confirming() {
        return tryNumber > 1;
    }
}
