package dev.plumbline.collector.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.judge.SiteJudge;
import dev.plumbline.collector.judge.TestPki;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the verdict on every firewall. */
final class VerdictPropertiesTest {
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 6, 9, 30, 42, 66, 82, 101})
    void orderAndDuplicatesChangeNothing(long seed) {
        Trial trial = new Trial(seed, pki);
        List<Map.Entry<AgentId, Batch>> batches = new ArrayList<>();
        Random random = new Random(seed);
        trial.batches().forEach((agent, batch) -> {
            List<Observation> twice = new ArrayList<>(batch.observations());
            twice.addAll(batch.observations());
            Collections.shuffle(twice, random);
            batches.add(Map.entry(agent, with(batch, twice)));
            batches.add(Map.entry(agent, batch));
        });
        Collections.shuffle(batches, random);
        SiteJudge judge = trial.judge();
        batches.forEach(e -> judge.accept(e.getKey(), e.getValue()));
        RoundVerdict again = judge.judge(World.ROUND, Agent.AT.plusSeconds(30));
        assertThat(again.findings()).isEqualTo(trial.verdict().findings());
    }

    /** Confidence is whom a finding counts as met: a pass takes from it, and gives nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 6, 9, 30, 42, 66, 82, 101})
    void aPassingWitnessNeverAccusesAnythingElse(long seed) {
        Trial trial = new Trial(seed, pki);
        RoundVerdict before = trial.verdict();
        Set<TargetId> accused = accused(before);
        Agent clean = new Agent(
                trial.world(),
                trial.world().broken(),
                new Firewall(),
                Noise.NONE,
                new Wire(pki, "203.0.113.66", false));
        Optional<TargetId> met = accused.stream().findFirst();
        List<Observation> passes = clean.batch().observations().stream()
                .filter(o -> met.filter(o.target()::equals).isPresent())
                .map(o -> o.asTry(3))
                .toList();
        SiteJudge judge = trial.judge();
        trial.batches().forEach(judge::accept);
        trial.batches().forEach((agent, batch) -> {
            if (agent.segment().equals(World.BROKEN)) {
                judge.accept(agent, with(batch, passes));
            }
        });
        RoundVerdict after = judge.judge(World.ROUND, Agent.AT.plusSeconds(30));
        assertThat(accused).containsAll(accused(after));
        met.ifPresent(m -> assertThat(accused(after)).doesNotContain(m));
    }

    private static Set<TargetId> accused(RoundVerdict verdict) {
        return verdict.findings().stream()
                .filter(f -> f.severity() == Severity.VIOLATION)
                .map(Finding::targets)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Batch with(Batch batch, List<Observation> observations) {
        return new Batch(UUID.randomUUID(), 2, batch.planHash(), observations, batch.summaries(), List.of());
    }
}
