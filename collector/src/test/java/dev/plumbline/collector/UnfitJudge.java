package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.drop;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Finds a drop wherever an unfit summary says so. */
final class UnfitJudge extends GatheringJudge {
    @Override
    RoundVerdict judge(long round, Instant closedAt, List<AgentId> heard, List<AgentId> unfit) {
        return new RoundVerdict(
                round,
                closedAt,
                Set.copyOf(heard.stream().map(AgentId::segment).toList()),
                heard.stream()
                        .map(a -> Samples.cell(a.segment(), COURIER, State.OK, round))
                        .toList(),
                unfit.stream().map(a -> drop(a.segment())).toList(),
                List.of(),
                List.of());
    }
}
