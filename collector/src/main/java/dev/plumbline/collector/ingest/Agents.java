package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The agents that are connected now, one stream each; may be used from any thread. */
public final class Agents {
    private final Map<SpiffeId, AgentStream> streams = new ConcurrentHashMap<>();
    private final List<AgentListener> listeners = new CopyOnWriteArrayList<>();

    /** Ordered by segment and name. */
    public List<ConnectedAgent> connected() {
        return streams.values().stream()
                .map(AgentStream::state)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ConnectedAgent::segment).thenComparing(ConnectedAgent::name))
                .toList();
    }

    /**
     * Asks every connected agent for a whole round now.
     *
     * @param round epoch milliseconds that name the round
     * @return those who were asked
     */
    public List<ConnectedAgent> demand(String id, long round) {
        return streams.values().stream()
                .filter(s -> s.demand(id, round))
                .map(AgentStream::state)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Sends each agent its plan where that has changed. */
    public void replan() {
        streams.values().forEach(AgentStream::replan);
    }

    public void listen(AgentListener listener) {
        listeners.add(listener);
    }

    /** The newer stream of an identity takes the place of the older. */
    void join(AgentStream stream, ConnectedAgent agent) {
        AgentStream older = streams.put(agent.identity(), stream);
        if (older != null && older != stream) {
            older.replaced();
        }
        listeners.forEach(l -> l.connected(agent));
    }

    void leave(AgentStream stream, SpiffeId identity, String why) {
        if (streams.remove(identity, stream)) {
            listeners.forEach(l -> l.disconnected(identity, why));
        }
    }

    void progress(SpiffeId identity, String demand, int done, int total) {
        listeners.forEach(l -> l.progress(identity, demand, done, total));
    }
}
