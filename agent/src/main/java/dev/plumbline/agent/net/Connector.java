package dev.plumbline.agent.net;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Opens TCP connections and connected UDP sockets; what prevents them is a value. A TCP connection waits for its turn
 * first, and its time-out begins when it does.
 */
public final class Connector {
    private final Loops loops;
    private final Dialer dialer;
    private final Sources sources;
    private final Ticker ticker;
    private final Pace pace;
    /** Of the host's policy, whatever else is asked for at the same time. */
    private final Pace limit;

    private final Waits waits;
    private final Optional<ProxyWay> way;
    private final Policy policy;

    /** @param sources local addresses to leave from, one of a family at most; empty = the kernel's choice */
    public Connector(Loops loops, Dialer dialer, List<InetAddress> sources, Ticker ticker) {
        this(
                loops,
                dialer,
                Sources.of(sources),
                ticker,
                Pace.unbounded(ticker),
                Pace.unbounded(ticker),
                new Waits(null),
                Optional.empty(),
                Policy.ANYTHING);
    }

    private Connector(
            Loops loops,
            Dialer dialer,
            Sources sources,
            Ticker ticker,
            Pace pace,
            Pace limit,
            Waits waits,
            Optional<ProxyWay> way,
            Policy policy) {
        this.loops = loops;
        this.dialer = dialer;
        this.sources = sources;
        this.ticker = ticker;
        this.pace = pace;
        this.limit = limit;
        this.waits = waits;
        this.way = way;
        this.policy = policy;
    }

    /** One whose every TCP connection leads through the proxy to the way's host, whatever remote is asked for. */
    Connector through(ProxyWay proxied) {
        return new Connector(loops, dialer, sources, ticker, pace, limit, waits, Optional.of(proxied), policy);
    }

    /** The same, at this pace, with its waits counted there. */
    Connector paced(Pace pace, Waits waits) {
        return new Connector(loops, dialer, sources, ticker, pace, limit, waits, way, policy);
    }

    /** The same, which sends no packet where this policy refuses it, and connects no more often, in all that is made of it. */
    Connector under(Policy rule) {
        Pace atMost = rule.connectionsPerSecond() == 0
                ? Pace.unbounded(ticker)
                : new Pace(ticker, rule.connectionsPerSecond(), 1);
        return new Connector(loops, dialer, sources, ticker, pace, atMost, waits, way, rule);
    }

    /** The same, leaving from there. */
    Connector leaving(Sources from) {
        return new Connector(loops, dialer, from, ticker, pace, limit, waits, way, policy);
    }

    /** Connects within the time-out once it is its turn; the future completes on the loop, always normally. */
    public CompletableFuture<Connection> tcp(EventLoop loop, InetSocketAddress remote, Duration timeout) {
        return tcp(loop, remote, timeout, Map.of());
    }

    /** The same with socket options set before the SYN leaves. */
    public CompletableFuture<Connection> tcp(
            EventLoop loop, InetSocketAddress remote, Duration timeout, Map<ChannelOption<Integer>, Integer> options) {
        if (way.isPresent()) {
            return direct(loop, way.get().proxy(), timeout, options)
                    .thenComposeAsync(connection -> onward(connection, timeout.minus(connection.elapsed())), loop);
        }
        return direct(loop, remote, timeout, options);
    }

    private CompletableFuture<Connection> onward(Connection connection, Duration left) {
        ProxyWay proxied = way.orElseThrow();
        if (connection.channel().isEmpty()) {
            return CompletableFuture.completedFuture(connection);
        }
        Channel channel = connection.channel().get();
        if (!proxied.tunnels()) {
            absolute(channel, proxied);
            return CompletableFuture.completedFuture(connection);
        }
        return Tunnel.open(channel, proxied, left)
                .thenApply(answer -> answer.isOpen() ? connection : refused(connection, answer));
    }

    /** Requests on this connection to a proxy will name their host. */
    public static void absolute(Channel channel, ProxyWay way) {
        Tail.addBefore(channel, new AbsoluteForm(way));
    }

    private static Connection refused(Connection connection, ProxyAnswer answer) {
        Failure failure = answer.failure().isNone()
                ? Failure.of(FailureKind.EXCHANGE_CLOSED, "the proxy answered " + answer.status())
                : answer.failure();
        return new Connection(
                connection.remote(),
                Optional.empty(),
                connection.local(),
                connection.startedAt(),
                failure,
                connection.elapsed(),
                connection.synRoundTrip());
    }

    private CompletableFuture<Connection> direct(
            EventLoop loop, InetSocketAddress remote, Duration timeout, Map<ChannelOption<Integer>, Integer> options) {
        Optional<String> refused = policy.refuses(Transport.TCP, remote.getAddress(), remote.getPort());
        if (refused.isPresent()) {
            return refused(loop, remote, refused.get());
        }
        Bootstrap bootstrap = loops.tcp(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(timeout))
                .option(ChannelOption.TCP_NODELAY, true);
        options.forEach(bootstrap::option);
        long wait = pace.take();
        waits.add(ticker.nanos(), wait);
        return open(bootstrap, loop, remote, wait);
    }

    /** A UDP socket that hears the remote and its ICMP errors only. */
    public CompletableFuture<Connection> udp(EventLoop loop, InetSocketAddress remote) {
        Optional<String> refused = policy.refuses(Transport.UDP, remote.getAddress(), remote.getPort());
        return refused.isPresent() ? refused(loop, remote, refused.get()) : open(loops.udp(loop), loop, remote, -1);
    }

    /** Before a socket is made: the last word, whoever asks. */
    private CompletableFuture<Connection> refused(EventLoop loop, InetSocketAddress remote, String why) {
        Failure failure = Failure.of(FailureKind.LOCAL, "refused by the agent's own policy: " + why);
        return CompletableFuture.supplyAsync(
                () -> new Connection(
                        remote,
                        Optional.empty(),
                        Endpoint.NONE,
                        ticker.instant(),
                        failure,
                        Duration.ZERO,
                        Duration.ZERO),
                loop);
    }

    /** @param waitNanos until its turn, 0 when that is now, negative for what needs none */
    private CompletableFuture<Connection> open(
            Bootstrap bootstrap, EventLoop loop, InetSocketAddress remote, long waitNanos) {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        bootstrap.handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                Tail.install(channel);
            }
        });
        if (waitNanos > 0) {
            loop.schedule(() -> begin(bootstrap, loop, remote, opened, true), waitNanos, TimeUnit.NANOSECONDS);
        } else if (loop.inEventLoop()) {
            begin(bootstrap, loop, remote, opened, waitNanos == 0);
        } else {
            loop.execute(() -> begin(bootstrap, loop, remote, opened, waitNanos == 0));
        }
        return opened;
    }

    private void begin(
            Bootstrap bootstrap,
            EventLoop loop,
            InetSocketAddress remote,
            CompletableFuture<Connection> opened,
            boolean paced) {
        long more = paced ? Math.max(pace.begin(), limit.begin()) : 0;
        if (more > 0) {
            waits.add(ticker.nanos(), more);
            loop.schedule(() -> connect(bootstrap, loop, remote, opened), more, TimeUnit.NANOSECONDS);
        } else {
            connect(bootstrap, loop, remote, opened);
        }
    }

    private void connect(
            Bootstrap bootstrap, EventLoop loop, InetSocketAddress remote, CompletableFuture<Connection> opened) {
        Instant startedAt = ticker.instant();
        long start = ticker.nanos();
        InetSocketAddress dialled = dialer.dial(remote);
        Optional<InetAddress> source = sources.towards(dialled.getAddress());
        if (sources.isBound() && source.isEmpty()) {
            Failure lacking = sources.lacking(dialled.getAddress());
            opened.complete(new Connection(
                    remote, Optional.empty(), Endpoint.NONE, startedAt, lacking, ticker.since(start), Duration.ZERO));
            return;
        }
        ChannelFuture connecting = source.map(local -> bootstrap.connect(dialled, new InetSocketAddress(local, 0)))
                .orElseGet(() -> bootstrap.connect(dialled));
        // Read while the socket still is one: NIO forgets the address when the connect fails.
        SocketAddress early = connecting.channel().localAddress();
        connecting.addListener(done -> {
            Duration elapsed = ticker.since(start);
            Channel channel = connecting.channel();
            SocketAddress late = channel.localAddress();
            Endpoint local = Endpoints.of(late == null ? early : late);
            Throwable cause = connecting.cause();
            if (!loop.inEventLoop()) {
                // Where no socket could be made, Netty tells it on a thread of its own.
                Failure failure = FailureClassifier.connecting(cause == null ? new IllegalStateException() : cause);
                loop.execute(() -> opened.complete(
                        new Connection(remote, Optional.empty(), local, startedAt, failure, elapsed, Duration.ZERO)));
            } else if (cause == null) {
                opened.complete(new Connection(
                        remote, Optional.of(channel), local, startedAt, Failure.none(), elapsed, roundTrip(channel)));
            } else {
                Failure failure = located(FailureClassifier.connecting(cause), dialled);
                opened.complete(
                        new Connection(remote, Optional.empty(), local, startedAt, failure, elapsed, Duration.ZERO));
            }
        });
    }

    /** The native transport reports a missing route and an unreachable host alike; only the former is this host's own. */
    private static Failure located(Failure failure, InetSocketAddress dialled) {
        boolean ours = failure.kind() == FailureKind.HOST_UNREACHABLE && !Routes.leadTo(dialled);
        return ours ? Failure.of(FailureKind.NETWORK_UNREACHABLE, "no route from this host") : failure;
    }

    private static Duration roundTrip(Channel channel) {
        if (channel instanceof EpollSocketChannel epoll) {
            return Duration.ofNanos(epoll.tcpInfo().rtt() * 1000L);
        }
        return Duration.ZERO;
    }

    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }
}
