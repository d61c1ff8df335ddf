package dev.plumbline.collector.people;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that are under way, by the token that they were begun with. Any thread. */
final class OpenCalls {
    private final Map<String, Set<EndableCall<?, ?>>> byToken = new ConcurrentHashMap<>();

    void add(String tokenId, EndableCall<?, ?> call) {
        byToken.compute(tokenId, (id, calls) -> {
            Set<EndableCall<?, ?>> all = calls == null ? ConcurrentHashMap.newKeySet() : calls;
            all.add(call);
            return all;
        });
    }

    void remove(String tokenId, EndableCall<?, ?> call) {
        byToken.computeIfPresent(tokenId, (id, calls) -> {
            calls.remove(call);
            return calls.isEmpty() ? null : calls;
        });
    }

    void end(String tokenId) {
        List.copyOf(byToken.getOrDefault(tokenId, Set.of())).forEach(EndableCall::end);
    }

    /** Ends those whose token has ended. */
    void endThoseOver() {
        byToken.values().forEach(calls -> calls.forEach(EndableCall::endIfOver));
    }
}
