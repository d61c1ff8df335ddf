package dev.plumbline.agent.schedule;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The measuring half of the agent, as the schedule sees it. */
@FunctionalInterface
public interface Prober {
    /**
     * Begins a round.
     *
     * @return completes with the summary when the round is over; cancelling it ends the round without one
     */
    CompletableFuture<RoundSummary> run(Assignment assignment, Listener listener);

    /** How far the round under way is. Any thread. */
    default Progress progress() {
        return Progress.NONE;
    }

    /** Hears a round as it goes; it never blocks. */
    interface Listener {
        /** One probe ended; the evidence is what this round did not bring before. */
        void observed(Observation observation, List<Evidence> evidence);

        /** Evidence that the summary will name. */
        default void heard(List<Evidence> evidence) {}

        void progress(int done, int total);
    }
}
