package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One probe of one target: resolve, then every address of both families and, where one is found, a proxy, on one event loop. */
public final class TargetProbe {
    private final Network network;
    private final Pass pass;
    private final Target target;
    private final String host;
    private final EventLoop loop;
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
     * Probes the target; completes normally within three stage time-outs.
     *
     * @throws IllegalArgumentException for a kind that {@link Probes#supports} denies
     */
    public static CompletableFuture<Probed> run(Network network, Pass pass, Target target) {
        if (!Probes.supports(target.probe())) {
            throw new IllegalArgumentException(
                    "target " + target.id() + ": no probe for " + target.probe().word());
        }
        TargetProbe probe = new TargetProbe(network, pass, target);
        CompletableFuture<List<Tried>> proxied = ProxiedProbe.run(network, pass, target, probe.host, probe.loop);
        return pass.resolution()
                .addresses(probe.host)
                .thenComposeAsync(resolved -> probe.attempt(resolved, proxied), probe.loop);
    }

    private CompletableFuture<Probed> attempt(Resolved resolved, CompletableFuture<List<Tried>> proxied) {
        if (target.probe() == ProbeKind.NAME_ABSENT) {
            return CompletableFuture.completedFuture(probed(resolved, List.of()));
        }
        List<CompletableFuture<List<Tried>>> families = new ArrayList<>();
        for (boolean four : new boolean[] {true, false}) {
            List<InetAddress> addresses = resolved.addresses().stream()
                    .filter(address -> address instanceof Inet4Address == four)
                    .toList();
            List<InetAddress> ordered = AddressWindow.order(addresses, pass.round());
            families.add(new FamilyProbe(network, pass, target, host, loop, ordered).run());
        }
        families.add(proxied);
        return CompletableFuture.allOf(families.toArray(CompletableFuture[]::new))
                .thenApply(none -> {
                    List<Tried> all = new ArrayList<>();
                    families.forEach(family -> all.addAll(family.join()));
                    return probed(resolved, all);
                });
    }

    private Probed probed(Resolved resolved, List<Tried> tried) {
        List<Attempt> attempts = tried.stream().map(Tried::attempt).toList();
        Set<Evidence> evidence = new LinkedHashSet<>();
        tried.forEach(one -> evidence.addAll(one.evidence()));
        Observation observation = new Observation(
                target.id(),
                pass.round(),
                pass.tryNumber(),
                startedAt,
                network.ticker().since(start),
                resolved.lookups(),
                attempts,
                pass.lag()
                        .worst(
                                start - earlier(resolved).toNanos(),
                                network.ticker().nanos()));
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
