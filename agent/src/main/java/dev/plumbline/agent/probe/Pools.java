package dev.plumbline.agent.probe;

import dev.plumbline.words.TargetId;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of whole pools as the first pass of a round found them, so that a later pass confirms every address and not
 * those that a resolver names by then. Any thread.
 */
public final class Pools {
    private final Map<TargetId, Map<InetAddress, String>> found = new ConcurrentHashMap<>();

    /** Addresses with the name that led to each; empty when no pass has found any yet. */
    Map<InetAddress, String> of(TargetId target) {
        return found.getOrDefault(target, Map.of());
    }

    void keep(TargetId target, Map<InetAddress, String> addresses) {
        found.put(target, new LinkedHashMap<>(addresses));
    }
}
