package dev.plumbline.deploy.campus;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The truth of the fake Internet: which name leads where, and what lives at an address. Filled once, then only read. */
final class Zone {
    /** What a name has. An alias has nothing else. */
    record Entry(String alias, List<InetAddress> addresses, List<String> texts) {
        static Entry empty() {
            return new Entry("", new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<InetAddress, Machine> machines = new LinkedHashMap<>();
    private final Set<String> served = new HashSet<>();
    private final boolean ipv6;

    /** @param ipv6 false where this host has no IPv6 loopback: then no name has an IPv6 address */
    Zone(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** True for a name that has records or names below it: such a name is no NXDOMAIN (RFC 8020). */
    boolean exists(String name) {
        return entries.containsKey(name) || entries.keySet().stream().anyMatch(n -> n.endsWith("." + name));
    }

    Optional<Machine> machine(InetAddress address) {
        return Optional.ofNullable(machines.get(address));
    }

    /** True for a name that some machine serves: a web server holds a certificate for each of them. */
    boolean isServed(String name) {
        return served.contains(name);
    }

    void alias(String name, String target) {
        entries.put(name, new Entry(target, List.of(), List.of()));
    }

    void text(String name, String value) {
        entries.computeIfAbsent(name, n -> Entry.empty()).texts().add(value);
    }

    void address(String name, String literal) {
        InetAddress address = Block.address(literal);
        if (address instanceof Inet6Address && !ipv6) {
            return;
        }
        entries.computeIfAbsent(name, n -> Entry.empty()).addresses().add(address);
        machines.computeIfAbsent(address, a -> new Machine());
    }

    /** Lets every machine that {@code name} leads to speak {@code kind} on {@code port}. */
    void serve(String name, int port, HostKind kind) {
        for (InetAddress address : resolve(name)) {
            Machine machine = machines.get(address);
            if (machine != null) {
                machine.named(name);
                served.add(name);
                machine.serves(port, kind);
            }
        }
    }

    List<InetAddress> resolve(String name) {
        List<String> chain = chain(name);
        return entry(chain.get(chain.size() - 1)).map(Entry::addresses).orElse(List.of());
    }

    /** The name and what its aliases lead to, in order. */
    List<String> chain(String name) {
        List<String> chain = new ArrayList<>(List.of(name));
        String alias = entry(name).map(Entry::alias).orElse("");
        while (!alias.isEmpty()) {
            chain.add(alias);
            alias = entry(alias).map(Entry::alias).orElse("");
        }
        return chain;
    }
}
