package dev.plumbline.agent.round;

import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import java.util.List;

/** Hears a round as it goes; called by one thread at a time, from the event loops, so it must not block for long. */
public interface RoundListener {
    /**
     * One probe ended.
     *
     * @param newEvidence what the observation names and this round did not name before
     */
    void observed(Observation observation, List<Evidence> newEvidence);

    /**
     * The helper answered.
     *
     * @param newEvidence what the echoes of the summary will name and this round did not name before
     */
    default void heard(List<Evidence> newEvidence) {}

    /** So many of the probes known to be due are done; confirmations raise the total. */
    default void progress(int done, int total) {}

    /** The round is over; nothing follows. */
    default void ended(RoundSummary summary) {}

    /** This one and then another hear the same. */
    default RoundListener and(RoundListener other) {
        RoundListener first = this;
        return new RoundListener() {
            @Override
            public void observed(Observation observation, List<Evidence> newEvidence) {
                first.observed(observation, newEvidence);
                other.observed(observation, newEvidence);
            }

            @Override
            public void progress(int done, int total) {
                first.progress(done, total);
                other.progress(done, total);
            }

            @Override
            public void ended(RoundSummary summary) {
                first.ended(summary);
                other.ended(summary);
            }
        };
    }
}
