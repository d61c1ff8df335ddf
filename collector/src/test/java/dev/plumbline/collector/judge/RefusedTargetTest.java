package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an agent's host does not allow to be probed: no failure of the segment, no health either, and the reason is told. */
final class RefusedTargetTest {
    private static final TargetId COURIER = new TargetId("courier:5223");
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @Test
    void itIsInsufficientWithTheReasonAndTheOthersAreJudged() {
        RoundVerdict verdict = verdict("", COURIER::equals);
        assertThat(cell(verdict, "wifi", COURIER)).satisfies(cell -> {
            assertThat(cell.state()).isEqualTo(State.INSUFFICIENT);
            assertThat(cell.because()).isEqualTo("refused by the agent's own policy");
        });
        assertThat(cell(verdict, "lab", COURIER).state()).isEqualTo(State.OK);
        assertThat(verdict.cells())
                .filteredOn(cell ->
                        cell.segment().value().equals("wifi") && !cell.target().equals(COURIER))
                .noneMatch(cell -> cell.because().contains("policy"));
        assertThat(Told.foundAndNoted(verdict)).isEqualTo(Told.foundAndNoted(verdict("", target -> false)));
    }

    @Test
    void anAgentThatRefusesEverythingProvesNothing() {
        RoundVerdict verdict = verdict("", target -> true);
        assertThat(verdict.cells())
                .filteredOn(cell -> cell.segment().value().equals("wifi"))
                .isNotEmpty()
                .extracting(Cell::state)
                .containsOnly(State.INSUFFICIENT);
        assertThat(Told.found(verdict)).isEqualTo("-");
        assertThat(verdict.requirements())
                .filteredOn(requirement -> requirement.segment().value().equals("wifi")
                        && requirement.id().startsWith("apns-device"))
                .isNotEmpty()
                .allSatisfy(
                        requirement -> assertThat(requirement.verdict().name()).isEqualTo("INSUFFICIENT"));
    }

    /** A cause elsewhere in the segment is told as if the refused target were not there. */
    @Test
    void itHidesNoCause() {
        assertThat(Told.found(verdict("wifi:silent tcp/2197", COURIER::equals)))
                .isEqualTo(Told.found(verdict("wifi:silent tcp/2197", target -> false)));
    }

    private static Cell cell(RoundVerdict verdict, String segment, TargetId target) {
        return verdict.cells().stream()
                .filter(cell ->
                        cell.segment().value().equals(segment) && cell.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    /** @param refused by the agent on the wifi segment */
    private static RoundVerdict verdict(String faults, Predicate<TargetId> refused) {
        Scene scene = new Scene(pki, Set.of("srv", "wifi", "lab"), Scene.Fault.all(faults));
        SiteJudge judge = scene.judge();
        scene.batches()
                .forEach((agent, batch) ->
                        judge.accept(agent, agent.segment().value().equals("wifi") ? without(batch, refused) : batch));
        return judge.judge(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(30));
    }

    private static Batch without(Batch batch, Predicate<TargetId> refused) {
        RoundSummary whole = batch.summaries().get(0);
        Map<TargetId, Skip> skipped = new HashMap<>();
        whole.probed().stream().filter(refused).forEach(id -> skipped.put(id, Skip.of(SkipReason.NOT_ALLOWED)));
        List<Observation> left = batch.observations().stream()
                .filter(seen -> !skipped.containsKey(seen.target()))
                .toList();
        return batch.with(
                left,
                List.of(new RoundSummary(
                        whole.round(),
                        whole.planHash(),
                        whole.startedAt(),
                        whole.endedAt(),
                        whole.probed().stream()
                                .filter(id -> !skipped.containsKey(id))
                                .toList(),
                        skipped,
                        whole.environment(),
                        whole.demand())));
    }
}
