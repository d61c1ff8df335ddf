package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.LagMeter;
import java.time.Duration;

/** What all probes of one pass over the targets share. */
public record Pass(
        long round, int tryNumber, Duration stageTimeout, Resolution resolution, LagMeter lag, Distances distances) {

    boolean confirming() {
        return tryNumber > 1;
    }
}
