package dev.plumbline.collector.round;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.Losses;
import java.util.Map;
import java.util.Set;

/** The agents that hold a stream at this moment, as rounds need to know them. */
public interface Connections {
    Set<AgentId> connected();

    /** What the connected ones could not keep, as far as they have told. */
    default Map<AgentId, Losses> losses() {
        return Map.of();
    }

    /** Asks every connected agent for a whole round now. Does not wait. */
    void demand(String id, long round);

    /** Tells the progress of demands from now on, on any thread. */
    void listen(ProgressListener listener);

    /** How far an agent is with a demand. */
    interface ProgressListener {
        void progress(AgentId agent, String demand, int done, int total);
    }
}
