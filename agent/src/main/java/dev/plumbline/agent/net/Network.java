package dev.plumbline.agent.net;

import dev.plumbline.agent.revocation.RevocationPoints;
import dev.plumbline.agent.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Everything a probe touches the network with; closing it closes the event loops. */
public final class Network implements AutoCloseable {
    private final Loops loops;
    private final Ticker ticker;
    private final Connector connector;
    private final Pace pace;
    private final Waits waits;
    private final DnsClient dns;
    private final Handshaker handshaker;
    private final RevocationPoints revocation;
    private final List<InetAddress> sources;
    private final List<InetSocketAddress> resolvers;
    private final boolean host;

    private Network(
            Loops loops,
            Ticker ticker,
            Connector connector,
            Pace pace,
            Waits waits,
            DnsClient dns,
            Handshaker handshaker,
            List<InetAddress> sources,
            List<InetSocketAddress> resolvers,
            boolean host) {
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
        Ticker ticker = Ticker.system();
        Connector connector = new Connector(loops, dialer, sources, ticker);
        return new Network(
                loops,
                ticker,
                connector,
                Pace.unbounded(ticker),
                new Waits(null),
                new DnsClient(connector, ticker),
                Handshaker.best(ticker),
                List.copyOf(sources),
                List.copyOf(resolvers),
                host);
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

    private Network view(Connector connector, Pace pace, Waits waits) {
        return new Network(loops, ticker, connector, pace, waits, dns, handshaker, sources, resolvers, host);
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

    /** The local addresses that probes are bound to; empty = the kernel's choice. */
    public List<InetAddress> sources() {
        return sources;
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
