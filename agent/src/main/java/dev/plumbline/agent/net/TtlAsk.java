package dev.plumbline.agent.net;

import dev.plumbline.words.FailureKind;
import dev.plumbline.words.WhoAnswered;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks one port at which distance it answers, by short connections with TTL options; all on one loop. */
final class TtlAsk {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(450);
    private static final int TIMES_TO_BE_SURE = 3;

    private final Network network;
    private final EventLoop loop;
    private final InetSocketAddress remote;
    private final TtlOptions options;
    private final Duration wait;
    private final int times;
    private int asked;
    private int most = Integer.MAX_VALUE;

    /**
     * @param wait for an answer; silence takes all of it
     * @param times how often each value is asked, so that one lost packet does not look like silence
     */
    TtlAsk(Network network, EventLoop loop, InetSocketAddress remote, Duration wait, int times) {
        this.network = network;
        this.loop = loop;
        this.remote = remote;
        this.options = TtlOptions.of(remote.getAddress());
        this.wait = wait;
        this.times = times;
    }

    /** Four round trips, within what a measurement may take. */
    static Duration wait(Duration roundTrip) {
        Duration wait = roundTrip.multipliedBy(4);
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** The TTL with which the SYN-ACK or RST arrives, {@link WhoAnswered#NOT_MEASURED} when it stays unsure. */
    CompletableFuture<Integer> arrivingTtl() {
        return turn(TtlSearch.arriving(), true);
    }

    /** The same with so many connections at most; {@link WhoAnswered#NOT_MEASURED} when they do not suffice. */
    CompletableFuture<Integer> arrivingTtl(int connections) {
        most = asked + connections;
        return arrivingTtl();
    }

    /** Connections made so far. */
    int asked() {
        return asked;
    }

    /** The smallest outgoing TTL that brings a SYN-ACK or RST, {@link WhoAnswered#NOT_MEASURED} when it stays unsure. */
    CompletableFuture<Integer> answeringHop() {
        return turn(TtlSearch.hops(), false);
    }

    private CompletableFuture<Integer> turn(TtlSearch search, boolean arriving) {
        List<Integer> thresholds = search.thresholds();
        if (thresholds.isEmpty()) {
            return verified(search.highest().orElse(WhoAnswered.NOT_MEASURED), arriving);
        }
        if (asked + thresholds.size() * times + TIMES_TO_BE_SURE > most) {
            return CompletableFuture.completedFuture(WhoAnswered.NOT_MEASURED);
        }
        return answeredAt(thresholds, times, arriving).thenCompose(answered -> {
            search.heard(thresholds, answered);
            return turn(search, arriving);
        });
    }

    /** A wrong distance would accuse the wrong box: one threshold higher must stay silent when asked three times. */
    private CompletableFuture<Integer> verified(int highest, boolean arriving) {
        if (highest == WhoAnswered.NOT_MEASURED) {
            return CompletableFuture.completedFuture(highest);
        }
        int found = arriving ? highest : TtlSearch.hops(highest);
        if (found == (arriving ? 255 : 1)) {
            return CompletableFuture.completedFuture(found);
        }
        return answeredAt(List.of(highest + 1), TIMES_TO_BE_SURE, arriving)
                .thenApply(answered -> answered.isEmpty() ? found : WhoAnswered.NOT_MEASURED);
    }

    /** Connects for each threshold, all at once, and says at which of them a SYN-ACK or a RST came. */
    private CompletableFuture<List<Integer>> answeredAt(List<Integer> thresholds, int times, boolean arriving) {
        CompletableFuture<List<Integer>> answered = CompletableFuture.completedFuture(List.of());
        for (int threshold : Collections.nCopies(times, thresholds).stream()
                .flatMap(List::stream)
                .toList()) {
            CompletableFuture<Boolean> one = arriving ? hearsFrom(threshold) : reaches(TtlSearch.hops(threshold));
            answered = answered.thenCombine(one, (before, spoke) -> {
                List<Integer> all = new ArrayList<>(before);
                if (spoke) {
                    all.add(threshold);
                }
                return all;
            });
        }
        return answered;
    }

    private CompletableFuture<Boolean> hearsFrom(int leastTtl) {
        return connect(Map.of(options.arriving(), leastTtl)).thenApply(TtlAsk::spoke);
    }

    private CompletableFuture<Boolean> reaches(int ttl) {
        return withTtl(ttl).thenApply(TtlAsk::spoke);
    }

    /** One connection whose SYN dies after so many hops; already closed again. */
    CompletableFuture<Connection> withTtl(int ttl) {
        return connect(Map.of(options.outgoing(), ttl));
    }

    private CompletableFuture<Connection> connect(Map<ChannelOption<Integer>, Integer> set) {
        asked++;
        return network.connector().tcp(loop, remote, wait, set).thenApply(connection -> {
            connection.channel().ifPresent(options::leave);
            return connection;
        });
    }

    /** TCP answered, in one way or the other. */
    static boolean spoke(Connection connection) {
        return connection.failure().isNone() || connection.failure().kind() == FailureKind.CONNECT_RESET;
    }
}
