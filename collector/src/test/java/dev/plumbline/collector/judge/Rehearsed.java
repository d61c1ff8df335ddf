package dev.plumbline.collector.judge;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.RoundSummary;
import java.time.Instant;
import java.util.Map;

/** What a scene shows, told of other rounds than its own. */
final class Rehearsed {
    private Rehearsed() {}

    static Batch inRound(Batch batch, long round) {
        return batch.with(
                batch.observations().stream().map(o -> o.inRound(round)).toList(),
                batch.summaries().stream().map(s -> inRound(s, round)).toList());
    }

    private static RoundSummary inRound(RoundSummary summary, long round) {
        return new RoundSummary(
                round,
                summary.planHash(),
                summary.startedAt(),
                summary.endedAt(),
                summary.probed(),
                summary.skipped(),
                summary.environment(),
                summary.demand());
    }

    static RoundVerdict judge(SiteJudge judge, Map<AgentId, Batch> batches, long round) {
        batches.forEach((agent, batch) -> judge.accept(agent, inRound(batch, round)));
        return judge.judge(round, Instant.ofEpochMilli(round).plusSeconds(9));
    }
}
