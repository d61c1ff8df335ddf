package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;

/** What happens to agents, told on the streams' threads: a listener must be quick and must not throw. */
public interface AgentListener {
    default void connected(ConnectedAgent agent) {}

    default void disconnected(SpiffeId agent, String why) {}

    /** More streams of one identity than stand beside each other: this one has to go. */
    default void crowded(ConnectedAgent gone, String why) {}

    /** How far a demanded round is: done of total targets. */
    default void progress(SpiffeId agent, String demand, int done, int total) {}
}
