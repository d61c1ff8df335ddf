package dev.plumbline.agent.round;

import dev.plumbline.agent.environment.Survey;
import dev.plumbline.agent.environment.Surveyor;
import dev.plumbline.agent.helper.HelperControl;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.schedule.Progress;
import dev.plumbline.words.RoundSummary;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs rounds over many targets on one network. */
public final class RoundRunner {
    private final Network network;
    private final Suspicion suspicion;
    private final Surveyor surveyor;
    private final HelperControl control;
    private volatile @Nullable Round latest;

    /** @param suspicion which observations are confirmed at once */
    public RoundRunner(Network network, Suspicion suspicion) {
        this(network, suspicion, HelperControl.NONE);
    }

    /** @param control what is asked once in each round beside its targets */
    public RoundRunner(Network network, Suspicion suspicion, HelperControl control) {
        this(network, suspicion, Surveyor.of(network, Optional.empty()), control);
    }

    /** @param surveyor looks around the host beside each round */
    public RoundRunner(Network network, Suspicion suspicion, Surveyor surveyor) {
        this(network, suspicion, surveyor, HelperControl.NONE);
    }

    /** With both. */
    public RoundRunner(Network network, Suspicion suspicion, Surveyor surveyor, HelperControl control) {
        this.network = network;
        this.suspicion = suspicion;
        this.surveyor = surveyor;
        this.control = control;
    }

    /**
     * Begins a round; everything in it ends by its own deadline. Cancelling the future ends the round without a summary:
     * nothing new is begun and nothing more is heard.
     */
    public CompletableFuture<RoundSummary> run(RoundOrder order, RoundSettings settings, RoundListener listener) {
        boolean somebodyWaits = settings.connectionsPerSecond() == 0;
        Survey survey = surveyor.begin(order.targets(), order.round(), somebodyWaits, settings.stageTimeout());
        Round round = new Round(network, suspicion, survey, control, order, settings, listener);
        latest = round;
        return round.begin();
    }

    /** Of the round that was begun last. Any thread. */
    public Progress progress() {
        Round now = latest;
        return now == null ? Progress.NONE : now.progress();
    }
}
