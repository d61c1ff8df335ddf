package dev.plumbline.deploy.campus;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One address of the fake Internet: the names that lead to it and what it speaks on each port. */
final class Machine {
    private final Set<String> names = new TreeSet<>();
    private final Map<Integer, EnumSet<HostKind>> ports = new TreeMap<>();

    Set<String> names() {
        return names;
    }

    void named(String name) {
        names.add(name);
    }

    void serves(int port, HostKind kind) {
        ports.computeIfAbsent(port, p -> EnumSet.noneOf(HostKind.class)).add(kind);
    }

    /** What is spoken on a port; empty when it is closed. */
    Set<HostKind> on(int port) {
        Set<HostKind> kinds = ports.get(port);
        return kinds == null ? Set.of() : kinds;
    }
}
