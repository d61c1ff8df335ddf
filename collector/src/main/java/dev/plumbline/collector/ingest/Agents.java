package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The agents that are connected now; may be used from any thread. One identity has one stream, unless its key is on several
 * hosts: then each has its own, so that an operator sees them all and decides.
 */
public final class Agents {
    /** More clones than these are not told apart: the oldest stream gives way. */
    private static final int STREAMS_OF_ONE = 4;

    private final Revocations revocations;
    private final Map<SpiffeId, List<Live>> streams = new ConcurrentHashMap<>();
    private final List<AgentListener> listeners = new CopyOnWriteArrayList<>();

    /** A stream, and who it was when it joined: that can be read without the stream's lock. */
    private record Live(AgentStream stream, ConnectedAgent agent) {}

    /** Nobody is revoked. */
    public Agents() {
        this(Revocations.NONE);
    }

    public Agents(Revocations revocations) {
        this.revocations = revocations;
    }

    /** Ordered by segment and name; an identity as often as it has streams, the oldest first. */
    public List<ConnectedAgent> connected() {
        return all().stream()
                .map(AgentStream::state)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ConnectedAgent::segment)
                        .thenComparing(ConnectedAgent::name)
                        .thenComparing(ConnectedAgent::since))
                .toList();
    }

    private List<AgentStream> all() {
        return streams.values().stream().flatMap(List::stream).map(Live::stream).toList();
    }

    /**
     * Asks every connected agent for a whole round now.
     *
     * @param round epoch milliseconds that name the round
     * @return those who were asked
     */
    public List<ConnectedAgent> demand(String id, long round) {
        return all().stream()
                .filter(s -> s.demand(id, round))
                .map(AgentStream::state)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Sends each agent its plan where that has changed. */
    public void replan() {
        all().forEach(AgentStream::replan);
    }

    /**
     * Ends the streams of an identity that was just revoked.
     *
     * @return how many there were
     */
    public int end(SpiffeId revoked) {
        List<Live> live = streams.getOrDefault(revoked, List.of());
        live.forEach(l -> l.stream().refuse(Identity.revoked(revoked)));
        return live.size();
    }

    public void listen(AgentListener listener) {
        listeners.add(listener);
    }

    /** The newer stream of one host takes the place of its older; that of another host stands beside it. */
    void join(AgentStream stream, ConnectedAgent agent) {
        SpiffeId identity = agent.identity();
        List<Live> replaced = new ArrayList<>();
        streams.compute(identity, (id, older) -> {
            List<Live> live = new ArrayList<>(older == null ? List.of() : older);
            live.stream().filter(l -> l.agent().isSameHost(agent)).forEach(replaced::add);
            live.removeAll(replaced);
            if (live.size() >= STREAMS_OF_ONE) {
                replaced.add(live.remove(0));
            }
            live.add(new Live(stream, agent));
            return List.copyOf(live);
        });
        Status why = Status.ABORTED.withDescription("a newer stream of " + identity + " took the place of this one");
        replaced.forEach(l -> l.stream().refuse(why));
        // After it is among the live: a revocation meanwhile finds it there, and one before is found here.
        if (revocations.isRevoked(identity)) {
            stream.refuse(Identity.revoked(identity));
            return;
        }
        listeners.forEach(l -> l.connected(agent));
    }

    void leave(AgentStream stream, SpiffeId identity, String why) {
        boolean[] last = {false};
        streams.computeIfPresent(identity, (id, live) -> {
            List<Live> left = live.stream().filter(l -> l.stream() != stream).toList();
            last[0] = left.isEmpty() && left.size() < live.size();
            return left.isEmpty() ? null : left;
        });
        if (last[0]) {
            listeners.forEach(l -> l.disconnected(identity, why));
        }
    }

    void progress(SpiffeId identity, String demand, int done, int total) {
        listeners.forEach(l -> l.progress(identity, demand, done, total));
    }
}
