package dev.plumbline.agent.round;

import dev.plumbline.agent.net.Network;
import dev.plumbline.words.RoundSummary;
import java.util.concurrent.CompletableFuture;

/** Runs rounds over many targets on one network. */
public final class RoundRunner {
    private final Network network;
    private final Suspicion suspicion;

    /** @param suspicion which observations are confirmed at once */
    public RoundRunner(Network network, Suspicion suspicion) {
        this.network = network;
        this.suspicion = suspicion;
    }

    /**
     * Begins a round; everything in it ends by its own deadline. Cancelling the future ends the round without a summary:
     * nothing new is begun and nothing more is heard.
     */
    public CompletableFuture<RoundSummary> run(RoundOrder order, RoundSettings settings, RoundListener listener) {
        return new Round(network, suspicion, order, settings, listener).begin();
    }
}
