package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Transport;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final Map<Integer, Long> pending = new TreeMap<>();
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
        pending.put(index, network.ticker().nanos());
        network.dns().ask(loop, name, type, resolvers.get(index), left).thenAccept(lookup -> heard(index, lookup));
        loop.schedule(() -> askFrom(index + 1), PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void heard(int index, Lookup lookup) {
        if (ended.isDone()) {
            return;
        }
        running--;
        pending.remove(index);
        lookups.add(lookup);
        if (isDefinitive(lookup.failure().kind())) {
            pending.forEach(this::overtaken);
            ended.complete(List.copyOf(lookups));
            return;
        }
        askFrom(next);
        if (running == 0) {
            ended.complete(List.copyOf(lookups));
        }
    }

    /** A resolver that stayed silent for so long that the next was asked, which answered, is a fact of its own. */
    private void overtaken(int index, long askedAt) {
        Duration waited = network.ticker().since(askedAt);
        if (waited.compareTo(PATIENCE) >= 0) {
            lookups.add(new Lookup(
                    name,
                    type.name(),
                    Endpoints.of(resolvers.get(index)),
                    Transport.UDP,
                    network.ticker().instant().minus(waited),
                    waited,
                    Failure.of(FailureKind.DNS_SILENT, "another resolver answered meanwhile"),
                    -1,
                    false,
                    List.of(),
                    List.of(),
                    1));
        }
    }

    /** An answer that another resolver could only repeat. */
    private static boolean isDefinitive(FailureKind kind) {
        return kind == FailureKind.NONE || kind == FailureKind.NXDOMAIN || kind == FailureKind.NO_DATA;
    }
}
