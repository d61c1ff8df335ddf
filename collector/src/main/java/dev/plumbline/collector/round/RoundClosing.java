package dev.plumbline.collector.round;

import dev.plumbline.words.AgentId;
import java.time.Instant;
import java.util.Set;

/** Decides when an open round is closed. Pure. */
public final class RoundClosing {
    private RoundClosing() {}

    /** Why a round is closed, or that it is not yet. */
    public enum Decision {
        /** Somebody's summary is missing and may still come. */
        WAIT,
        /** Every agent that is waited for has its summary in. */
        COMPLETE,
        /** Somebody is missing and the grace has ended. */
        OVERDUE
    }

    /**
     * @param awaited agents that were connected when the round began or that have reported since
     * @param finished agents whose summary is in
     */
    public static Decision decide(Set<AgentId> awaited, Set<AgentId> finished, Instant deadline, Instant now) {
        if (!awaited.isEmpty() && finished.containsAll(awaited)) {
            return Decision.COMPLETE;
        }
        return now.isBefore(deadline) ? Decision.WAIT : Decision.OVERDUE;
    }
}
