package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One probe of one target: resolve, then every address of both families and, where one is found, a proxy, on one event loop. */
public final class TargetProbe {
    private final Network network;
    private final Pass pass;
    private final Target target;
    private final String host;
    private final EventLoop loop;
    private final Set<InetAddress> ownAddresses = new HashSet<>();
    private final Map<InetAddress, String> names = new HashMap<>();
    private final Instant startedAt;
    private final long start;

    private TargetProbe(Network network, Pass pass, Target target) {
        this.network = network;
        this.pass = pass;
        this.target = target;
        this.host = target.hostInRound(pass.round());
        this.loop = network.loops().next();
        this.startedAt = network.ticker().instant();
        this.start = network.ticker().nanos();
    }

    /**
     * Probes the target; completes normally within three stage time-outs, four with the
     * names of a pool, besides what its connections wait for their turn.
     */
    public static CompletableFuture<Probed> run(Network network, Pass pass, Target target) {
        TargetProbe probe = new TargetProbe(network, pass, target);
        if (target.probe() == ProbeKind.NAME_TEXT) {
            return pass.resolution()
                    .ask(probe.host, DnsRecordType.TXT)
                    .thenApplyAsync(lookups -> probe.probed(Resolved.of(lookups), List.of()), probe.loop);
        }
        CompletableFuture<List<Tried>> proxied = ProxiedProbe.run(network, pass, target, probe.host, probe.loop);
        return pass.resolution()
                .addresses(probe.host)
                .thenComposeAsync(probe::widened, probe.loop)
                .thenComposeAsync(resolved -> probe.attempt(resolved, proxied), probe.loop);
    }

    /** With the rest of a pool, once the round's own name has shown that there are answers. */
    private CompletableFuture<Resolved> widened(Resolved own) {
        ownAddresses.addAll(own.addresses());
        names.putAll(own.names());
        if (pass.pools().filter(p -> p.sweeps(target)).isEmpty()
                || own.addresses().isEmpty()) {
            return CompletableFuture.completedFuture(own);
        }
        Pools pools = pass.pools().get();
        Map<InetAddress, String> known = pools.of(target.id());
        if (!known.isEmpty()) {
            known.forEach(names::putIfAbsent);
            return CompletableFuture.completedFuture(own.with(known.keySet()));
        }
        List<String> others =
                target.hosts().stream().filter(name -> !name.equals(host)).toList();
        return new PoolNames(pass.resolution(), loop, others, pass.stageTimeout())
                .run()
                .thenApply(found -> {
                    Resolved whole = own.and(found);
                    names.putAll(whole.names());
                    pools.keep(target.id(), names);
                    return whole;
                });
    }

    private CompletableFuture<Probed> attempt(Resolved resolved, CompletableFuture<List<Tried>> proxied) {
        if (target.probe() == ProbeKind.NAME_ABSENT) {
            return CompletableFuture.completedFuture(probed(resolved, List.of()));
        }
        if (resolved.isRefused()) {
            return proxied.thenApply(
                    none -> new Probed(probed(resolved, List.of()).observation(), List.of(), true));
        }
        List<CompletableFuture<List<Tried>>> families = new ArrayList<>();
        List<CompletableFuture<Void>> talked = new ArrayList<>();
        for (boolean four : new boolean[] {true, false}) {
            List<InetAddress> addresses = resolved.addresses().stream()
                    .filter(address -> address instanceof Inet4Address == four)
                    .toList();
            FamilyProbe family = new FamilyProbe(network, pass, target, host, loop, ordered(addresses), names);
            families.add(family.run());
            talked.add(family.talked());
        }
        pass.distances()
                .linger(
                        CompletableFuture.allOf(talked.get(0), talked.get(1), proxied),
                        CompletableFuture.allOf(families.get(0), families.get(1)));
        families.add(proxied);
        return CompletableFuture.allOf(families.toArray(CompletableFuture[]::new))
                .thenApply(none -> {
                    List<Tried> all = new ArrayList<>();
                    families.forEach(family -> all.addAll(family.join()));
                    return probed(resolved, all);
                });
    }

    /** Those of the round's own name are talked to before those of others. */
    private List<InetAddress> ordered(List<InetAddress> addresses) {
        List<InetAddress> ordered = new ArrayList<>(AddressWindow.order(
                addresses.stream().filter(ownAddresses::contains).toList(), pass.round()));
        ordered.addAll(AddressWindow.order(
                addresses.stream().filter(a -> !ownAddresses.contains(a)).toList(), pass.round()));
        return ordered;
    }

    private Probed probed(Resolved resolved, List<Tried> tried) {
        List<Attempt> attempts = tried.stream().map(Tried::attempt).toList();
        Set<Evidence> evidence = new LinkedHashSet<>();
        tried.forEach(one -> evidence.addAll(one.evidence()));
        long from = start - earlier(resolved).toNanos();
        long to = network.ticker().nanos();
        Observation observation = new Observation(
                target.id(),
                pass.round(),
                pass.tryNumber(),
                startedAt,
                network.ticker().since(start),
                resolved.lookups(),
                attempts,
                pass.lag().worst(from, to),
                pass.queue().worst(from, to));
        return new Probed(observation, List.copyOf(evidence));
    }

    /** By how much a question that several probes share was asked before this probe began. */
    private Duration earlier(Resolved resolved) {
        return resolved.lookups().stream()
                .map(lookup -> Duration.between(lookup.startedAt(), startedAt))
                .filter(span -> !span.isNegative())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
