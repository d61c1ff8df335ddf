package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.policy.Policy;
import dev.plumbline.words.Lookup;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The names of one pass over the targets: each is asked once and shared by all targets that want it. */
public final class Resolution {
    private final Network network;
    private final List<InetSocketAddress> resolvers;
    private final Duration timeout;
    private final Map<Question, CompletableFuture<List<Lookup>>> asked = new ConcurrentHashMap<>();

    /** @param timeout for a name, all resolvers and re-sends included; more than 3 s outside tests */
    public Resolution(Network network, Duration timeout) {
        this.network = network;
        this.resolvers = network.resolvers();
        this.timeout = timeout;
    }

    /** Asks for A and AAAA at the same time; what the network's policy refuses is not asked, and not among the addresses. */
    public CompletableFuture<Resolved> addresses(String name) {
        Policy policy = network.policy();
        if (Resolved.isLiteral(name)) {
            return CompletableFuture.completedFuture(
                    new Resolved(List.of(), List.of(Resolved.literal(name))).under(policy));
        }
        if (policy.refusesName(name).isPresent()) {
            return CompletableFuture.completedFuture(Resolved.REFUSED);
        }
        return ask(name, DnsRecordType.A).thenCombine(ask(name, DnsRecordType.AAAA), (four, six) -> {
            List<Lookup> both = new ArrayList<>(four);
            both.addAll(six);
            return Resolved.of(both).under(policy);
        });
    }

    CompletableFuture<List<Lookup>> ask(String name, DnsRecordType type) {
        return asked.computeIfAbsent(new Question(name, type.name()), question -> {
            ResolverRace race = new ResolverRace(network, network.loops().next(), name, type, resolvers, timeout);
            return race.run();
        });
    }

    private record Question(String name, String type) {}
}
