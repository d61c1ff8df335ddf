package dev.plumbline.agent.net;

import dev.plumbline.words.WhoAnswered;
import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Finds who answers for several ports of one address: every port with the usual TTL, then hop by hop, a few hops at
 * once, until TCP answers, then the TTL with which it does. Needs epoll. Ends by itself within half a minute, mostly in five seconds.
 */
public final class PathWalk {
    /** Of all ports together; what does not fit stays unmeasured. */
    public static final int MOST_CONNECTS = 120;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(3);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(700);
    /** ICMPv6 is often heard by the second SYN only, which leaves after a second. */
    private static final Duration SHORTEST_WAIT_IPV6 = Duration.ofMillis(1300);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(1500);
    private static final int HOPS_AT_ONCE = 6;
    private static final int MOST_HOPS = 30;
    /** So many silent hops in a row, and nothing more is heard of a port that is silent with the usual TTL, too. */
    private static final int HOPS_INTO_SILENCE = 6;
    /** A search for the arriving TTL, as it usually goes. */
    private static final int SEARCH_CONNECTS = 18;

    private final Network network;
    private final EventLoop loop;
    private final InetAddress address;
    private final Consumer<String> progress;
    private final Map<Integer, Found> ports = new LinkedHashMap<>();
    private int connects;

    /** @param progress told what is under way, on the loop */
    public PathWalk(Network network, InetAddress address, List<Integer> ports, Consumer<String> progress) {
        this.network = network;
        this.loop = network.loops().next();
        this.address = address;
        this.progress = progress;
        ports.forEach(port -> this.ports.put(port, new Found(port)));
    }

    /** What is known of one port so far. */
    private static final class Found {
        private final int port;
        private final List<HopAnswer> hops = new ArrayList<>();
        private HopAnswer answer = HopAnswer.NOT_ASKED;
        private Duration roundTrip = Duration.ZERO;
        private int arrivingTtl = WhoAnswered.NOT_MEASURED;

        Found(int port) {
            this.port = port;
        }

        PortPath path() {
            return new PortPath(port, answer, roundTrip, hops, arrivingTtl);
        }

        void heard(Connection connection) {
            HopAnswer hop = HopAnswer.of(connection.failure());
            hops.add(hop);
            if (hop.isTcp() && roundTrip(connection).compareTo(roundTrip) < 0) {
                roundTrip = roundTrip(connection);
            }
        }

        boolean isOver() {
            int size = hops.size();
            boolean silent = size >= HOPS_INTO_SILENCE
                    && hops.subList(size - HOPS_INTO_SILENCE, size).stream().allMatch(HopAnswer.SILENCE::equals);
            return size >= MOST_HOPS
                    || answer == HopAnswer.NOT_ASKED
                    || hops.stream().anyMatch(HopAnswer::isTcp)
                    || (silent && !answer.isTcp());
        }
    }

    /**
     * Walks; the future completes on the loop, always normally.
     *
     * @throws IllegalStateException without epoll, whose socket options it needs
     */
    public CompletableFuture<List<PortPath>> walk() {
        if (!network.loops().isEpoll()) {
            throw new IllegalStateException("a path needs epoll");
        }
        progress.accept("asking " + ports.size() + " ports");
        return each(this::first)
                .thenCompose(none -> hops(1))
                .thenCompose(none -> arriving(new ArrayList<>(ports.values())))
                .thenApply(none -> ports.values().stream().map(Found::path).toList());
    }

    /** Connections made. */
    public int connects() {
        return connects;
    }

    private CompletableFuture<Void> each(Function<Found, CompletableFuture<Void>> ask) {
        return CompletableFuture.allOf(ports.values().stream().map(ask).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> first(Found found) {
        connects++;
        return network.connector().tcp(loop, at(found.port), FIRST_WAIT).thenAccept(connection -> {
            connection.close();
            found.answer = HopAnswer.of(connection.failure());
            found.roundTrip = roundTrip(connection);
        });
    }

    private CompletableFuture<Void> hops(int from) {
        List<Found> open = ports.values().stream().filter(f -> !f.isOver()).toList();
        int kept = SEARCH_CONNECTS
                * (int) ports.values().stream().filter(f -> f.answer.isTcp()).count();
        int each = open.isEmpty() ? 0 : Math.min(HOPS_AT_ONCE, (MOST_CONNECTS - kept - connects) / open.size());
        if (each <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        progress.accept("hops " + from + " to " + (from + each - 1));
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        for (Found found : open) {
            asked.add(hops(found, from, each));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenCompose(none -> hops(from + each));
    }

    private CompletableFuture<Void> hops(Found found, int from, int count) {
        TtlAsk ask = ask(found);
        connects += count;
        List<CompletableFuture<Connection>> answers =
                IntStream.range(from, from + count).mapToObj(ask::withTtl).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenRun(() -> answers.forEach(answer -> found.heard(answer.join())));
    }

    /** The kernel's where it has one: a program's own first connection is slow. */
    private static Duration roundTrip(Connection connection) {
        return connection.synRoundTrip().isZero() ? connection.elapsed() : connection.synRoundTrip();
    }

    /** One port after the other, so that each may use what the ones before it left. */
    private CompletableFuture<Void> arriving(List<Found> open) {
        if (open.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Found found = open.remove(0);
        if (!found.answer.isTcp()) {
            return arriving(open);
        }
        progress.accept("TTL of what port " + found.port + " answers");
        TtlAsk ask = ask(found);
        return ask.arrivingTtl(MOST_CONNECTS - connects).thenCompose(ttl -> {
            found.arrivingTtl = ttl;
            connects += ask.asked();
            return arriving(open);
        });
    }

    private TtlAsk ask(Found found) {
        Duration wait = found.roundTrip.multipliedBy(4);
        Duration shortest = address instanceof Inet4Address ? SHORTEST_WAIT : SHORTEST_WAIT_IPV6;
        Duration bounded =
                wait.compareTo(shortest) < 0 ? shortest : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return new TtlAsk(network, loop, at(found.port), bounded, 1);
    }

    private InetSocketAddress at(int port) {
        return new InetSocketAddress(address, port);
    }
}
