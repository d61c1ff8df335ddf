package dev.plumbline.agent.net;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.revocation.RevocationPoints;
import dev.plumbline.agent.time.SiteTime;
import dev.plumbline.agent.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Everything a probe touches the network with; closing it closes the event loops. */
public final class Network implements AutoCloseable {
    private final Loops loops;
    private final SiteTime ticker;
    private final Connector connector;
    private final Pace pace;
    private final Waits waits;
    private final DnsClient dns;
    private final Handshaker handshaker;
    private final RevocationPoints revocation;
    private final Sources sources;
    private final List<InetSocketAddress> resolvers;
    private final boolean host;
    private final Policy policy;

    private Network(
            Loops loops,
            SiteTime ticker,
            Connector connector,
            Pace pace,
            Waits waits,
            DnsClient dns,
            Handshaker handshaker,
            Sources sources,
            List<InetSocketAddress> resolvers,
            boolean host,
            Policy policy) {
        this.loops = loops;
        this.ticker = ticker;
        this.connector = connector;
        this.pace = pace;
        this.waits = waits;
        this.dns = dns;
        this.handshaker = handshaker;
        this.revocation = handshaker.revocation();
        this.sources = sources;
        this.resolvers = resolvers;
        this.host = host;
        this.policy = policy;
    }

    /** This host's network as it is. */
    public static Network ofHost() {
        return open(Dialer.direct(), List.of(), List.of(), true);
    }

    /**
     * A network with seams.
     *
     * @param sources local addresses to leave from, empty = the kernel's choice
     * @param resolvers empty = those of resolv.conf, read anew for every round
     */
    public static Network open(Dialer dialer, List<InetAddress> sources, List<InetSocketAddress> resolvers) {
        return open(dialer, sources, resolvers, false);
    }

    private static Network open(
            Dialer dialer, List<InetAddress> sources, List<InetSocketAddress> resolvers, boolean host) {
        Loops loops = Loops.open();
        SiteTime ticker = new SiteTime(Ticker.system());
        Connector connector = new Connector(loops, dialer, sources, ticker);
        return new Network(
                loops,
                ticker,
                connector,
                Pace.unbounded(ticker),
                new Waits(null),
                new DnsClient(connector, ticker),
                Handshaker.best(ticker),
                Sources.of(sources),
                List.copyOf(resolvers),
                host,
                Policy.ANYTHING);
    }

    /** The same network at the same pace, with every TCP connection led through a proxy. Closing either closes both. */
    public Network through(ProxyWay way) {
        return view(connector.through(way), pace, waits);
    }

    /** True for this host's own network as it is, whose ambient settings count; false with seams. */
    public boolean isOfHost() {
        return host;
    }

    /**
     * The same network for one round: every TCP connection waits for its turn, but those to resolvers, whose questions
     * have a deadline as a whole. Closing either closes both.
     */
    public Network paced(Pace pace) {
        Waits own = new Waits(null);
        return view(connector.paced(pace, own), pace, own);
    }

    /** The same network at the same pace, with an account of its own for what waits inside it. */
    public Network apart() {
        Waits own = new Waits(waits);
        return view(connector.paced(pace, own), pace, own);
    }

    /**
     * The same loops and TLS contexts for another segment of this host: its sockets leave from there, its names are asked
     * of its own resolvers, and what its certificates say of revocation is its own. Closing either closes both.
     */
    public Network leaving(Leaving leaving) {
        Connector own = connector.leaving(leaving.sources());
        return new Network(
                loops,
                ticker,
                own,
                pace,
                waits,
                new DnsClient(own.under(Policy.ANYTHING), ticker),
                handshaker.apart(),
                leaving.sources(),
                leaving.resolvers().isEmpty() ? resolvers : leaving.resolvers(),
                host,
                policy);
    }

    /**
     * The same network, on which nothing is asked or sent that the policy refuses; questions to the host's own resolvers are
     * held against it by their name alone. Closing either closes both.
     */
    public Network under(Policy rule) {
        return new Network(
                loops, ticker, connector.under(rule), pace, waits, dns, handshaker, sources, resolvers, host, rule);
    }

    /** What may be asked and sent. */
    public Policy policy() {
        return policy;
    }

    private Network view(Connector connector, Pace pace, Waits waits) {
        return new Network(loops, ticker, connector, pace, waits, dns, handshaker, sources, resolvers, host, policy);
    }

    /** For how long connections of this network wait or waited for their turn: no deadline counts that time. */
    public long waitedNanos() {
        return waits.sumNanos();
    }

    public Loops loops() {
        return loops;
    }

    public Ticker ticker() {
        return ticker;
    }

    /** The same, to be told of the collector's clock; shared by every view of this network. */
    public SiteTime siteTime() {
        return ticker;
    }

    public Connector connector() {
        return connector;
    }

    public DnsClient dns() {
        return dns;
    }

    public Handshaker handshaker() {
        return handshaker;
    }

    /** What the certificates of this network's handshakes say of their revocation. */
    public RevocationPoints revocation() {
        return revocation;
    }

    /** The local addresses that probes are bound to now; empty where nothing is bound, and where an interface has none. */
    public List<InetAddress> sources() {
        return sources.now();
    }

    /** True when probes leave from certain addresses alone. */
    public boolean isBound() {
        return sources.isBound();
    }

    /** The resolvers to ask now. */
    public List<InetSocketAddress> resolvers() {
        return resolvers.isEmpty() ? Resolvers.ofHost() : resolvers;
    }

    @Override
    public void close() {
        loops.close();
    }
}
