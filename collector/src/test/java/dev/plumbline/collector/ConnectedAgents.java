package dev.plumbline.collector;

import dev.plumbline.collector.round.Connections;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Losses;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The agents that hold a stream, as the test says. What is demanded of them reaches nobody. */
public final class ConnectedAgents implements Connections {
    private final Map<AgentId, Losses> losses = new ConcurrentHashMap<>();
    private volatile Set<AgentId> agents;

    public ConnectedAgents(AgentId... agents) {
        this.agents = Set.of(agents);
    }

    /** These from now on, and no others. */
    public void become(AgentId... connected) {
        agents = Set.of(connected);
    }

    public void lose(AgentId agent, Losses lost) {
        losses.put(agent, lost);
    }

    @Override
    public Set<AgentId> connected() {
        return agents;
    }

    @Override
    public Map<AgentId, Losses> losses() {
        return Map.copyOf(losses);
    }

    @Override
    public void demand(String id, long round) {}

    @Override
    public void listen(ProgressListener listener) {}
}
