package dev.plumbline.agent.net;

import dev.plumbline.agent.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Everything a probe touches the network with; closing it closes the event loops. */
public final class Network implements AutoCloseable {
    private final Loops loops;
    private final Ticker ticker;
    private final Connector connector;
    private final DnsClient dns;
    private final Handshaker handshaker;
    private final List<InetAddress> sources;
    private final List<InetSocketAddress> resolvers;
    private final boolean host;

    private Network(
            Loops loops,
            Ticker ticker,
            Connector connector,
            Handshaker handshaker,
            List<InetAddress> sources,
            List<InetSocketAddress> resolvers,
            boolean host) {
        this.loops = loops;
        this.ticker = ticker;
        this.connector = connector;
        this.dns = new DnsClient(connector, ticker);
        this.handshaker = handshaker;
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
        return new Network(
                loops,
                ticker,
                new Connector(loops, dialer, sources, ticker),
                Handshaker.best(ticker),
                List.copyOf(sources),
                List.copyOf(resolvers),
                host);
    }

    /** The same loops, with every TCP connection led through a proxy; closing it closes this one too. */
    public Network through(ProxyWay way) {
        return new Network(loops, ticker, connector.through(way), handshaker, sources, resolvers, host);
    }

    /** True for this host's own network as it is, whose ambient settings count; false with seams. */
    public boolean isOfHost() {
        return host;
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
