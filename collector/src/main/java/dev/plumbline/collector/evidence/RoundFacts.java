package dev.plumbline.collector.evidence;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The set of facts of one round. Adding the same fact twice, or in another order, makes the same set. */
public final class RoundFacts {
    private static final Comparator<Observation> IN_ORDER =
            Comparator.comparingInt(Observation::tryNumber).thenComparing(Observation::startedAt);

    private final Map<AgentId, Map<TargetId, Set<Observation>>> observations = new TreeMap<>();
    private final Map<AgentId, RoundSummary> summaries = new HashMap<>();

    public void add(AgentId agent, Observation observation) {
        observations
                .computeIfAbsent(agent, a -> new TreeMap<>())
                .computeIfAbsent(observation.target(), t -> new LinkedHashSet<>())
                .add(observation);
    }

    public void add(AgentId agent, RoundSummary summary) {
        summaries.put(agent, summary);
    }

    /** Adds what a batch says of this round. */
    public void addAll(AgentId agent, Batch batch, long round) {
        batch.observations().stream().filter(o -> o.round() == round).forEach(o -> add(agent, o));
        batch.summaries().stream().filter(s -> s.round() == round).forEach(s -> add(agent, s));
    }

    /** Agents with any fact or summary. */
    public Set<AgentId> agents() {
        Set<AgentId> all = new LinkedHashSet<>(observations.keySet());
        all.addAll(summaries.keySet());
        return all;
    }

    /** Agents whose summary is in. */
    public Set<AgentId> finished() {
        return Set.copyOf(summaries.keySet());
    }

    public Optional<RoundSummary> summary(AgentId agent) {
        return Optional.ofNullable(summaries.get(agent));
    }

    /** Observations of an agent by target, each list in order of tries. */
    public Map<TargetId, List<Observation>> of(AgentId agent) {
        Map<TargetId, List<Observation>> ordered = new TreeMap<>();
        observations.getOrDefault(agent, Map.of()).forEach((target, set) -> {
            ordered.put(target, inOrder(set));
        });
        return ordered;
    }

    /** What an agent observed of one target, in order of tries. */
    public List<Observation> of(AgentId agent, TargetId target) {
        return inOrder(observations.getOrDefault(agent, Map.of()).getOrDefault(target, Set.of()));
    }

    private static List<Observation> inOrder(Set<Observation> tries) {
        List<Observation> list = new ArrayList<>(tries);
        list.sort(IN_ORDER);
        return list;
    }
}
