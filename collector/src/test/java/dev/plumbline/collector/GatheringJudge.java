package dev.plumbline.collector;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.judge.RoundJudge;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Hold;
import dev.plumbline.words.RoundSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A judge for tests: gathers who spoke in which round; an unfit agent is one that found something. */
abstract class GatheringJudge implements RoundJudge {
    private final TreeMap<Long, Map<AgentId, RoundSummary>> summaries = new TreeMap<>();
    private final TreeMap<Long, Set<AgentId>> heard = new TreeMap<>();

    private final List<Map.Entry<AgentId, Hold>> holds = new CopyOnWriteArrayList<>();

    /** In the order in which they came. */
    List<Map.Entry<AgentId, Hold>> holds() {
        return List.copyOf(holds);
    }

    abstract RoundVerdict judge(long round, Instant closedAt, List<AgentId> heard, List<AgentId> unfit);

    @Override
    public void accept(AgentId agent, Batch batch) {
        batch.holds().forEach(hold -> holds.add(Map.entry(agent, hold)));
        batch.observations()
                .forEach(o ->
                        heard.computeIfAbsent(o.round(), r -> new TreeSet<>()).add(agent));
        batch.summaries()
                .forEach(s -> summaries
                        .computeIfAbsent(s.round(), r -> new TreeMap<>())
                        .put(agent, s));
    }

    @Override
    public Set<Long> rounds() {
        return heard.keySet();
    }

    @Override
    public Set<AgentId> finished(long round) {
        return summaries.getOrDefault(round, Map.of()).keySet();
    }

    @Override
    public RoundVerdict judge(long round, Instant closedAt) {
        Map<AgentId, RoundSummary> of = summaries.getOrDefault(round, Map.of());
        if (of.values().stream().anyMatch(s -> s.environment().unfitReason().equals("bug"))) {
            throw new IllegalStateException("a bug that the test wants");
        }
        List<AgentId> unfit = of.entrySet().stream()
                .filter(e -> !e.getValue().environment().isFit())
                .map(Map.Entry::getKey)
                .toList();
        return judge(round, closedAt, List.copyOf(heard.getOrDefault(round, Set.of())), unfit);
    }

    @Override
    public void forgetBefore(long round) {
        summaries.headMap(round).clear();
        heard.headMap(round).clear();
    }
}
