package dev.plumbline.agent.round;

import dev.plumbline.agent.environment.Survey;
import dev.plumbline.agent.environment.Surveyor;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.RoundSummary;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs rounds over many targets on one network. */
public final class RoundRunner {
    private final Network network;
    private final Suspicion suspicion;
    private final Surveyor surveyor;

    /** @param suspicion which observations are confirmed at once */
    public RoundRunner(Network network, Suspicion suspicion) {
        this(network, suspicion, Surveyor.of(network, Optional.empty()));
    }

    /** @param surveyor looks around the host beside each round */
    public RoundRunner(Network network, Suspicion suspicion, Surveyor surveyor) {
        this.network = network;
        this.suspicion = suspicion;
        this.surveyor = surveyor;
    }

    /**
     * Begins a round; everything in it ends by its own deadline. Cancelling the future ends the round without a summary:
     * nothing new is begun and nothing more is heard.
     */
    public CompletableFuture<RoundSummary> run(RoundOrder order, RoundSettings settings, RoundListener listener) {
        boolean somebodyWaits = settings.connectionsPerSecond() == 0;
        Survey survey = surveyor.begin(order.targets(), order.round(), somebodyWaits, settings.stageTimeout());
        return new Round(network, suspicion, survey, order, settings, listener).begin();
    }
}
