package dev.plumbline.collector.ingest;

import dev.plumbline.identity.SpiffeId;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * The agents that are connected now; may be used from any thread. One identity has one stream, unless its key is on several
 * hosts: then each has its own, so that an operator sees them all and decides.
 */
public final class Agents {
    private final Revocations revocations;
    private final Map<SpiffeId, List<Live>> streams = new ConcurrentHashMap<>();
    private final Map<SpiffeId, UUID> first = new ConcurrentHashMap<>();
    private final List<AgentListener> listeners = new CopyOnWriteArrayList<>();

    // Those that have not said hello among them. Guarded by all.
    private final Set<AgentStream> all = new HashSet<>();
    private final Tally<Neighbourhood> ofAddress = new Tally<>();
    private final Tally<Seat> ofOne = new Tally<>();

    private final LongAdder refused = new LongAdder();

    /** An identity at a place. */
    private record Seat(SpiffeId identity, Neighbourhood at) {}

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
        return greeted().stream()
                .map(AgentStream::state)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ConnectedAgent::segment)
                        .thenComparing(ConnectedAgent::name)
                        .thenComparing(ConnectedAgent::since))
                .toList();
    }

    /** The streams of one identity, the oldest first. */
    public List<ConnectedAgent> connected(SpiffeId identity) {
        return streams.getOrDefault(identity, List.of()).stream()
                .map(l -> l.stream().state())
                .flatMap(Optional::stream)
                .toList();
    }

    private List<AgentStream> greeted() {
        return streams.values().stream().flatMap(List::stream).map(Live::stream).toList();
    }

    /**
     * Asks every connected agent for a whole round now.
     *
     * @param round epoch milliseconds that name the round
     * @return those who were asked
     */
    public List<ConnectedAgent> demand(String id, long round) {
        return greeted().stream()
                .filter(s -> s.demand(id, round))
                .map(AgentStream::state)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Sends each agent its plan where that has changed. */
    public void replan() {
        greeted().forEach(AgentStream::replan);
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

    /** The collector goes away: every stream ends as soon as what it brought is durable. */
    void drain() {
        List<AgentStream> ending;
        synchronized (all) {
            ending = List.copyOf(all);
        }
        ending.forEach(AgentStream::drain);
    }

    public void listen(AgentListener listener) {
        listeners.add(listener);
    }

    /**
     * A stream begins, of whom nothing is known but the identity.
     *
     * @return why it may not
     */
    Optional<Status> enter(AgentStream stream) {
        Seat seat = seat(stream);
        synchronized (all) {
            if (all.size() >= Bounds.STREAMS) {
                return full("the collector has", all.size());
            }
            if (ofAddress.of(seat.at()) >= Bounds.STREAMS_OF_ADDRESS) {
                return full(seat.at() + " has", ofAddress.of(seat.at()));
            }
            // One that takes the place of a dead one, and one that has not said hello, are there for a moment only.
            if (ofOne.of(seat) >= Bounds.CLONES + Bounds.STREAMS_OF_ONE) {
                return full(seat.identity() + " at " + seat.at() + " has", ofOne.of(seat));
            }
            all.add(stream);
            ofAddress.enter(seat.at());
            ofOne.enter(seat);
        }
        return Optional.empty();
    }

    int streams() {
        synchronized (all) {
            return all.size();
        }
    }

    long refusedStreams() {
        return refused.sum();
    }

    private static Seat seat(AgentStream stream) {
        return new Seat(stream.identity(), stream.guest().neighbourhood());
    }

    private Optional<Status> full(String whose, int streams) {
        refused.increment();
        return Optional.of(Status.RESOURCE_EXHAUSTED.withDescription(
                whose + " " + streams + " streams, and no more are taken; try again later"));
    }

    /**
     * A stream has said who it is: the newer one of one host takes the place of its older, that of another host stands beside it,
     * as long as there are places.
     *
     * @return false when it was refused
     */
    boolean join(AgentStream stream, ConnectedAgent agent) {
        SpiffeId identity = agent.identity();
        UUID known = first.computeIfAbsent(identity, id -> agent.incarnation());
        List<Live> replaced = new ArrayList<>();
        List<Live> crowdedOut = new ArrayList<>();
        Live next = new Live(stream, agent);
        streams.compute(identity, (id, older) -> {
            List<Live> live = new ArrayList<>(older == null ? List.of() : older);
            Places.Decision decision =
                    Places.decide(live.stream().map(Live::agent).toList(), agent, known);
            if (!decision.isAdmitted()) {
                crowdedOut.add(next);
                return List.copyOf(live);
            }
            for (Live one : live) {
                if (decision.replaced().contains(one.agent())) {
                    replaced.add(one);
                } else if (decision.givesWay().filter(one.agent()::equals).isPresent()) {
                    crowdedOut.add(one);
                }
            }
            live.removeAll(replaced);
            live.removeAll(crowdedOut);
            live.add(next);
            return List.copyOf(live);
        });
        Status newer = Status.ABORTED.withDescription("a newer stream of " + identity + " took the place of this one");
        replaced.forEach(l -> l.stream().refuse(newer));
        crowdedOut.forEach(this::sendAway);
        if (crowdedOut.contains(next)) {
            return false;
        }
        // After it is among the live: a revocation meanwhile finds it there, and one before is found here.
        if (revocations.isRevoked(identity)) {
            stream.refuse(Identity.revoked(identity));
            return false;
        }
        listeners.forEach(l -> l.connected(agent));
        return true;
    }

    /** Never without a word: the agent, the log and whoever listens are told. */
    private void sendAway(Live crowdedOut) {
        String why = crowdedOut.agent().identity() + " has " + Bounds.CLONES
                + " streams of other installations: its key was copied; see plumbline agents, and revoke it or let the host join"
                + " anew (plumbline invite --agent)";
        listeners.forEach(l -> l.crowded(crowdedOut.agent(), why));
        crowdedOut.stream().refuse(Status.RESOURCE_EXHAUSTED.withDescription(why));
    }

    void leave(AgentStream stream, SpiffeId identity, String why) {
        synchronized (all) {
            if (all.remove(stream)) {
                Seat seat = seat(stream);
                ofAddress.leave(seat.at());
                ofOne.leave(seat);
            }
        }
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
