package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Network;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One question to the host's resolvers in their order: the next is asked when one fails or stays silent for a while,
 * and the silent one may still answer. All methods run on the loop.
 */
final class ResolverRace {
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    private final Network network;
    private final EventLoop loop;
    private final String name;
    private final DnsRecordType type;
    private final List<InetSocketAddress> resolvers;
    private final Duration timeout;
    private final long start;
    private final List<Lookup> lookups = new ArrayList<>();
    private final CompletableFuture<List<Lookup>> ended = new CompletableFuture<>();
    private int next;
    private int running;

    ResolverRace(
            Network network,
            EventLoop loop,
            String name,
            DnsRecordType type,
            List<InetSocketAddress> resolvers,
            Duration timeout) {
        this.network = network;
        this.loop = loop;
        this.name = name;
        this.type = type;
        this.resolvers = resolvers;
        this.timeout = timeout;
        this.start = network.ticker().nanos();
    }

    CompletableFuture<List<Lookup>> run() {
        loop.execute(() -> askFrom(0));
        return ended;
    }

    private void askFrom(int index) {
        Duration left = timeout.minus(network.ticker().since(start));
        if (ended.isDone() || index != next || index >= resolvers.size() || left.isNegative() || left.isZero()) {
            return;
        }
        next++;
        running++;
        network.dns().ask(loop, name, type, resolvers.get(index), left).thenAccept(this::heard);
        loop.schedule(() -> askFrom(index + 1), PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void heard(Lookup lookup) {
        running--;
        lookups.add(lookup);
        if (isDefinitive(lookup.failure().kind())) {
            ended.complete(List.copyOf(lookups));
            return;
        }
        askFrom(next);
        if (running == 0) {
            ended.complete(List.copyOf(lookups));
        }
    }

    /** An answer that another resolver could only repeat. */
    private static boolean isDefinitive(FailureKind kind) {
        return kind == FailureKind.NONE || kind == FailureKind.NXDOMAIN || kind == FailureKind.NO_DATA;
    }
}
