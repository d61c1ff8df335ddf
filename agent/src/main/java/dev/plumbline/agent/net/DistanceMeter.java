package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Who answered for an address, without privilege: the kernel is told to ignore answers that arrive with too low a TTL, and
 * to send SYNs that die after a few hops. Two and a half seconds at most, besides what its connections wait for their
 * turn; needs epoll for the socket options, and without it only the canary is measured.
 *
 * <p>An ICMP answer has no arriving TTL to search for, and an expired TTL looks just like it: then only the sibling and
 * the canary are measured.
 */
public final class DistanceMeter {
    private static final Duration PORT_WAIT = Duration.ofMillis(700);
    private static final int HTTPS = 443;
    private static final int COURIER = 5223;
    private static final int ACCUSING = 2;
    private static final int HEALTHY = 1;

    private final Network network;
    private final EventLoop loop;
    private final InetSocketAddress remote;

    public DistanceMeter(Network network, EventLoop loop, InetSocketAddress remote) {
        this.network = network;
        this.loop = loop;
        this.remote = remote;
    }

    /**
     * How a port answers that must be closed on the same address: one connection, 0.7 s at most. Always completes normally,
     * on the loop.
     */
    public CompletableFuture<WhoAnswered> canary() {
        return ask(canaryPort(remote.getPort())).thenApply(c -> WhoAnswered.canary(c.port(), c.failure()));
    }

    /**
     * Canary and distances of a port that accepts, about 35 connections. Always completes normally, on the loop.
     *
     * @param roundTrip of the connection that stands
     * @param hurry when it completes, what is known by then is the answer
     */
    public CompletableFuture<WhoAnswered> healthy(Duration roundTrip, CompletableFuture<Void> hurry) {
        CompletableFuture<WhoAnswered> canary = canary();
        if (!network.loops().isEpoll()) {
            return canary;
        }
        TtlAsk ask = new TtlAsk(network, loop, remote, TtlAsk.wait(roundTrip), HEALTHY);
        CompletableFuture<Integer> hop = ask.answeringHop();
        CompletableFuture<Integer> arriving = ask.arrivingTtl();
        CompletableFuture<Void> cut = new CompletableFuture<>();
        hurry.thenRun(() -> loop.execute(() -> cut.complete(null)));
        return CompletableFuture.anyOf(CompletableFuture.allOf(hop, arriving), cut)
                .thenCombine(
                        canary,
                        (either, who) -> new WhoAnswered(
                                arriving.getNow(WhoAnswered.NOT_MEASURED),
                                WhoAnswered.NOT_MEASURED,
                                0,
                                Failure.none(),
                                hop.getNow(WhoAnswered.NOT_MEASURED),
                                who.canaryPort(),
                                who.canaryFailure()));
    }

    /**
     * Everything about a port that failed at some stage, about 130 connections. Always completes normally, on the loop;
     * {@link WhoAnswered#NOTHING} where the options are not at hand.
     *
     * @param speaksTcp the address answered with a SYN-ACK or RST, else with an ICMP error
     */
    public CompletableFuture<WhoAnswered> failing(boolean speaksTcp) {
        if (!network.loops().isEpoll()) {
            return CompletableFuture.completedFuture(WhoAnswered.NOTHING);
        }
        int knownPort = remote.getPort() == HTTPS ? COURIER : HTTPS;
        CompletableFuture<PortAnswer> canary = ask(canaryPort(remote.getPort()));
        CompletableFuture<PortAnswer> known = ask(knownPort);
        return canary.thenCombine(known, (c, k) -> c.spoke() ? new Ports(c, c) : new Ports(c, k))
                .thenCompose(ports -> distances(ports, speaksTcp));
    }

    /** A port that nothing should listen on: the next one, unless Apple uses it. */
    public static int canaryPort(int port) {
        int next = port == 65535 ? 65534 : port + 1;
        return switch (next) {
            case 80, 443, 2195, 2196, 2197, 5223 -> canaryPort(next);
            default -> next;
        };
    }

    private CompletableFuture<WhoAnswered> distances(Ports ports, boolean speaksTcp) {
        PortAnswer sibling = ports.sibling();
        Duration wait = TtlAsk.wait(sibling.elapsed());
        TtlAsk own = new TtlAsk(network, loop, remote, wait, ACCUSING);
        CompletableFuture<Integer> arriving = speaksTcp ? own.arrivingTtl() : notMeasured();
        CompletableFuture<Integer> hop = speaksTcp ? own.answeringHop() : notMeasured();
        CompletableFuture<Integer> other = sibling.spoke()
                ? new TtlAsk(network, loop, at(sibling.port()), wait, ACCUSING).arrivingTtl()
                : notMeasured();
        return CompletableFuture.allOf(arriving, hop, other)
                .thenApply(all -> new WhoAnswered(
                        arriving.join(),
                        other.join(),
                        sibling.port(),
                        sibling.failure(),
                        hop.join(),
                        ports.canary().port(),
                        ports.canary().failure()));
    }

    private static CompletableFuture<Integer> notMeasured() {
        return CompletableFuture.completedFuture(WhoAnswered.NOT_MEASURED);
    }

    private CompletableFuture<PortAnswer> ask(int port) {
        return network.connector().tcp(loop, at(port), PORT_WAIT).thenApply(connection -> {
            connection.close();
            return new PortAnswer(port, connection.failure(), connection.elapsed());
        });
    }

    private InetSocketAddress at(int port) {
        return new InetSocketAddress(remote.getAddress(), port);
    }

    private record Ports(PortAnswer canary, PortAnswer sibling) {}

    private record PortAnswer(int port, Failure failure, Duration elapsed) {
        boolean spoke() {
            return failure.isNone() || failure.kind() == FailureKind.CONNECT_RESET;
        }
    }
}
