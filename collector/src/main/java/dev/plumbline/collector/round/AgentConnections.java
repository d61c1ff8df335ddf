package dev.plumbline.collector.round;

import dev.plumbline.collector.ingest.AgentListener;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Losses;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connected agents of the gateway. */
public final class AgentConnections implements Connections {
    private static final Logger LOG = LoggerFactory.getLogger(AgentConnections.class);

    private final Agents agents;

    public AgentConnections(Agents agents) {
        this.agents = agents;
    }

    @Override
    public Set<AgentId> connected() {
        return agents.connected().stream()
                .map(ConnectedAgent::identity)
                .map(AgentConnections::agent)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<AgentId, Losses> losses() {
        Map<AgentId, Losses> told = new HashMap<>();
        for (ConnectedAgent connected : agents.connected()) {
            if (!connected.losses().isNone()) {
                agent(connected.identity()).ifPresent(agent -> told.put(agent, connected.losses()));
            }
        }
        return told;
    }

    @Override
    public void demand(String id, long round) {
        LOG.info("demand {} sent to {} agents", id, agents.demand(id, round).size());
    }

    @Override
    public void listen(ProgressListener listener) {
        agents.listen(new AgentListener() {
            @Override
            public void progress(SpiffeId identity, String demand, int done, int total) {
                agent(identity).ifPresent(a -> listener.progress(a, demand, done, total));
            }
        });
    }

    /** Identities allow more letters than names of agents do. */
    private static Optional<AgentId> agent(SpiffeId identity) {
        try {
            return identity.segment().map(s -> new AgentId(s, identity.name()));
        } catch (IllegalArgumentException e) {
            LOG.warn("agent {} is not looked at: {}", identity, e.getMessage());
            return Optional.empty();
        }
    }
}
