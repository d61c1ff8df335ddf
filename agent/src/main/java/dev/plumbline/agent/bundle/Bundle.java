package dev.plumbline.agent.bundle;

import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that one round brought, and all that a judge elsewhere needs besides.
 *
 * @param plan what was to be probed; sealed
 * @param anchors what chains were to lead to on that host
 * @param observations in the order in which they ended
 * @param evidence each content once
 * @param closedAt when the facts were complete
 * @param elapsed from the first probe to the verdict, or to the end of the round where none was asked for
 * @param cutShortBy a sentence when the round did not end by itself, else empty
 */
public record Bundle(
        Asked asked,
        Plan plan,
        TrustAnchors anchors,
        List<Observation> observations,
        List<Evidence> evidence,
        RoundSummary summary,
        Instant closedAt,
        Duration elapsed,
        String cutShortBy) {
    public Bundle {
        observations = List.copyOf(observations);
        Map<Sha256, Evidence> once = new LinkedHashMap<>();
        evidence.forEach(e -> once.putIfAbsent(e.hash(), e));
        evidence = List.copyOf(once.values());
    }

    public boolean isComplete() {
        return cutShortBy.isEmpty();
    }

    /** What observations name and nobody kept. */
    public Set<Sha256> missing() {
        Set<Sha256> missing = new LinkedHashSet<>();
        observations.stream().flatMap(o -> o.attempts().stream()).forEach(a -> named(a).forEach(missing::add));
        evidence.forEach(e -> missing.remove(e.hash()));
        return missing;
    }

    private static Stream<Sha256> named(Attempt attempt) {
        Stream<Handshake> handshakes = Stream.concat(
                attempt.handshakes().stream(), attempt.smallSegments().flatMap(s -> s.handshake()).stream());
        return Stream.concat(
                handshakes.flatMap(h -> h.certificates().stream()),
                attempt.exchange().stream().flatMap(e -> e.evidence().stream()));
    }
}
