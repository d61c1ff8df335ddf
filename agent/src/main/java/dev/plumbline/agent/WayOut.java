package dev.plumbline.agent;

import dev.plumbline.agent.environment.HostEnvironment;
import dev.plumbline.agent.forecast.Families;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.probe.Resolution;
import dev.plumbline.agent.probe.Resolved;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** From where a network leaves, and how many addresses the names of a plan lead to. */
final class WayOut {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 20;

    private WayOut() {}

    /** Addresses that probes leave from; asking for a route sends nothing. */
    static List<String> of(Network network) {
        return HostEnvironment.sources(network);
    }

    static boolean has(Network network, boolean ipv4) {
        return of(network).stream().anyMatch(address -> address.indexOf(':') < 0 == ipv4);
    }

    static Set<String> poolNames(Plan plan) {
        return plan.targets().stream()
                .filter(target -> target.poolSize() > 0)
                .flatMap(target -> target.hosts().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Asks for every name of the plan once, a few at a time; a name without an answer counts no address. */
    static Map<String, Families> resolve(Network network, Plan plan) {
        List<String> names = plan.targets().stream()
                .filter(target -> !target.probe().asksNamesOnly())
                .map(Target::hosts)
                .flatMap(List::stream)
                .distinct()
                .toList();
        Resolution resolution = new Resolution(network, PATIENCE);
        Map<String, Families> found = new HashMap<>();
        for (int i = 0; i < names.size(); i += AT_ONCE) {
            Map<String, CompletableFuture<Resolved>> asked = new HashMap<>();
            names.subList(i, Math.min(names.size(), i + AT_ONCE))
                    .forEach(name -> asked.put(name, resolution.addresses(name)));
            asked.forEach((name, answer) -> found.put(name, families(answer.join())));
        }
        return found;
    }

    private static Families families(Resolved resolved) {
        int four = (int) resolved.addresses().stream()
                .filter(Inet4Address.class::isInstance)
                .count();
        return new Families(four, resolved.addresses().size() - four);
    }
}
