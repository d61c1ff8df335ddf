package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who answered for an address, without privilege: the kernel is told to ignore answers that arrive with too low a TTL, and
 * to send SYNs that die after a few hops. Two and a half seconds at most, besides what
 * its connections wait for their turn; needs epoll for the socket options.
 *
 * <p>An ICMP answer has no arriving TTL to search for, and an expired TTL looks just like it: then only the sibling and
 * the canary are measured.
 */
public final class DistanceMeter {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(450);
    private static final Duration PORT_WAIT = Duration.ofMillis(700);
    private static final int MAX_HOPS = 12;
    private static final int FULL_TTL = 64;
    private static final int HTTPS = 443;
    private static final int COURIER = 5223;

    private static final ChannelOption<Integer> IP_TTL = new IntegerUnixChannelOption("IP_TTL", 0, 2);
    private static final ChannelOption<Integer> IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", 0, 21);
    private static final ChannelOption<Integer> IPV6_UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", 41, 16);
    private static final ChannelOption<Integer> IPV6_MINHOPCOUNT =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", 41, 73);

    private final Network network;
    private final EventLoop loop;
    private final InetSocketAddress remote;
    private final boolean reset;

    /** @param reset whether the address answered with a RST, else with an ICMP error */
    public DistanceMeter(Network network, EventLoop loop, InetSocketAddress remote, boolean reset) {
        this.network = network;
        this.loop = loop;
        this.remote = remote;
        this.reset = reset;
    }

    /** Always completes normally, on the loop; {@link WhoAnswered#NOTHING} where the options are not at hand. */
    public CompletableFuture<WhoAnswered> measure() {
        if (!network.loops().isEpoll()) {
            return CompletableFuture.completedFuture(WhoAnswered.NOTHING);
        }
        int canaryPort = canaryPort(remote.getPort());
        int knownPort = remote.getPort() == HTTPS ? COURIER : HTTPS;
        CompletableFuture<PortAnswer> canary = ask(canaryPort);
        CompletableFuture<PortAnswer> known = ask(knownPort);
        return canary.thenCombine(known, (c, k) -> c.spoke() ? new Ports(c, c) : new Ports(c, k))
                .thenCompose(this::distances);
    }

    /** A port that nothing should listen on: the next one, unless Apple uses it. */
    static int canaryPort(int port) {
        int next = port == 65535 ? 65534 : port + 1;
        return switch (next) {
            case 80, 443, 2195, 2196, 2197, 5223 -> canaryPort(next);
            default -> next;
        };
    }

    private CompletableFuture<WhoAnswered> distances(Ports ports) {
        Duration wait = wait(ports.sibling().elapsed());
        CompletableFuture<Integer> arriving = reset ? search(remote, wait) : notMeasured();
        CompletableFuture<Integer> hop = reset ? sweep(wait) : notMeasured();
        CompletableFuture<Integer> sibling =
                ports.sibling().spoke() ? search(at(ports.sibling().port()), wait) : notMeasured();
        return arriving.thenCombine(sibling, (own, other) -> new int[] {own, other})
                .thenCombine(
                        hop,
                        (ttls, answering) -> new WhoAnswered(
                                ttls[0],
                                ttls[1],
                                ports.sibling().port(),
                                ports.sibling().failure(),
                                answering,
                                ports.canary().port(),
                                ports.canary().failure()));
    }

    private static CompletableFuture<Integer> notMeasured() {
        return CompletableFuture.completedFuture(WhoAnswered.NOT_MEASURED);
    }

    /** Four round trips, within what the whole measurement may take. */
    static Duration wait(Duration roundTrip) {
        Duration wait = roundTrip.multipliedBy(4);
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private CompletableFuture<PortAnswer> ask(int port) {
        return network.connector().tcp(loop, at(port), PORT_WAIT).thenApply(connection -> {
            connection.close();
            return new PortAnswer(port, connection.failure(), connection.elapsed());
        });
    }

    private CompletableFuture<Integer> search(InetSocketAddress to, Duration wait) {
        return turn(new TtlSearch(), to, wait);
    }

    private CompletableFuture<Integer> turn(TtlSearch search, InetSocketAddress to, Duration wait) {
        List<Integer> thresholds = search.thresholds();
        if (thresholds.isEmpty()) {
            return verified(search.arriving().orElse(WhoAnswered.NOT_MEASURED), to, wait);
        }
        return answeredAt(twice(thresholds), minimum(), to, wait).thenCompose(answered -> {
            search.heard(thresholds, answered);
            return turn(search, to, wait);
        });
    }

    /** A wrong distance would accuse the wrong box: one threshold higher must stay silent when asked three times. */
    private CompletableFuture<Integer> verified(int arriving, InetSocketAddress to, Duration wait) {
        if (arriving == WhoAnswered.NOT_MEASURED || arriving == 255) {
            return CompletableFuture.completedFuture(arriving);
        }
        int above = arriving + 1;
        return answeredAt(List.of(above, above, above), minimum(), to, wait)
                .thenApply(answered -> answered.isEmpty() ? arriving : WhoAnswered.NOT_MEASURED);
    }

    /** One lost packet must not look like silence. */
    private static List<Integer> twice(List<Integer> values) {
        return values.stream().flatMap(value -> Stream.of(value, value)).toList();
    }

    private ChannelOption<Integer> minimum() {
        return isIpv6() ? IPV6_MINHOPCOUNT : IP_MINTTL;
    }

    private CompletableFuture<Integer> sweep(Duration wait) {
        List<Integer> hops = IntStream.rangeClosed(1, MAX_HOPS).boxed().toList();
        return answeredAt(twice(hops), isIpv6() ? IPV6_UNICAST_HOPS : IP_TTL, remote, wait)
                .thenApply(answered ->
                        answered.stream().mapToInt(Integer::intValue).min().orElse(WhoAnswered.NOT_MEASURED));
    }

    /** Connects once for each value of the option, all at once, and says which values brought a SYN-ACK or a RST. */
    private CompletableFuture<List<Integer>> answeredAt(
            List<Integer> values, ChannelOption<Integer> option, InetSocketAddress to, Duration wait) {
        CompletableFuture<List<Integer>> answered = CompletableFuture.completedFuture(List.of());
        for (int value : values) {
            CompletableFuture<Boolean> one = network.connector()
                    .tcp(loop, to, wait, Map.of(option, value))
                    .thenApply(connection -> {
                        connection.channel().ifPresent(this::leave);
                        return connection.failure().isNone()
                                || connection.failure().kind() == FailureKind.CONNECT_RESET;
                    });
            answered = answered.thenCombine(one, (before, spoke) -> {
                List<Integer> all = new ArrayList<>(before);
                if (spoke) {
                    all.add(value);
                }
                return all;
            });
        }
        return answered;
    }

    /** The FIN must reach the peer, so the lowered TTL is raised first. */
    private void leave(Channel channel) {
        channel.config().setOption(isIpv6() ? IPV6_UNICAST_HOPS : IP_TTL, FULL_TTL);
        channel.close();
    }

    private boolean isIpv6() {
        return remote.getAddress().getAddress().length == 16;
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
