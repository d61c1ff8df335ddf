package dev.plumbline.agent.probe;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.TargetId;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of whole pools as the first pass of a round found them, so that a later pass confirms every address and not
 * those that a resolver names by then. Any thread.
 */
public final class Pools {
    private final Map<TargetId, Map<InetAddress, String>> found = new ConcurrentHashMap<>();
    private static final int FALLBACK = 443;

    private final Set<TargetId> swept;

    /**
     * @param targets in any order: of several that share a pool only the one on the pool's own port is asked of every member,
     *     for the fallback port of the same machines goes round by round
     */
    public Pools(List<Target> targets) {
        Map<String, TargetId> first = new LinkedHashMap<>();
        targets.stream()
                .filter(t -> t.poolSize() > 0)
                .sorted(Comparator.comparing((Target t) -> t.port() == FALLBACK).thenComparing(Target::id))
                .forEach(t -> first.putIfAbsent(t.host(), t.id()));
        this.swept = Set.copyOf(first.values());
    }

    /** Every member of the target's pool is to be asked. */
    boolean sweeps(Target target) {
        return swept.contains(target.id());
    }

    /** Addresses with the name that led to each; empty when no pass has found any yet. */
    Map<InetAddress, String> of(TargetId target) {
        return found.getOrDefault(target, Map.of());
    }

    void keep(TargetId target, Map<InetAddress, String> addresses) {
        found.put(target, new LinkedHashMap<>(addresses));
    }
}
