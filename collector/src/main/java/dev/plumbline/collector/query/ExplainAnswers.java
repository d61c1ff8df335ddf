package dev.plumbline.collector.query;

import static dev.plumbline.collector.store.VerdictMessages.message;

import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.store.Spells;
import dev.plumbline.v1.ExplainTargetResponse;
import java.util.List;
import java.util.Optional;

/** One target of one segment, with all that makes it what it is. */
final class ExplainAnswers {
    private final Knowledge knowledge;
    private final MatrixAnswers matrix;

    ExplainAnswers(Knowledge knowledge, MatrixAnswers matrix) {
        this.knowledge = knowledge;
        this.matrix = matrix;
    }

    ExplainTargetResponse explain(String segmentId, String targetId, When when) throws Refusal {
        Segment segment = knowledge.declared().segment(segmentId);
        Target target = knowledge.declared().target(segment, targetId);
        Known known = knowledge.known(when);
        Optional<ExplainTargetResponse> judged = known.cell(segment.id(), target.id());
        ExplainTargetResponse.Builder all =
                judged.map(ExplainTargetResponse::toBuilder).orElseGet(ExplainTargetResponse::newBuilder);
        all.setCell(
                matrix.cell(segment, target, judged.map(ExplainTargetResponse::getCell), known.silence(segment.id())));
        all.addAllSources(knowledge.declared().sources(target));
        if (when.isNow() && target.poolSize() > 0) {
            all.setPool(knowledge.pool(segment, target));
        }
        all.clearContrast().addAllContrast(elsewhere(segment, target, known, when.isNow() ? judged : Optional.empty()));
        when.since().ifPresent(since -> {
            Spells spells = knowledge.store().spells(segment.id(), target.id(), since, known.at());
            all.addAllHistory(CellPast.of(spells.latest(), knowledge.unheard(segment.id(), since, known.at()), since))
                    .setHistoryCut(spells.isCut());
        });
        known.openIncidents().stream()
                .filter(i -> i.finding().targets().contains(target.id()))
                .filter(i ->
                        i.finding().place().segment().map(segment.id()::equals).orElse(true))
                .forEach(i -> all.addFindings(message(i)));
        return all.build();
    }

    /**
     * What the other segments say of it at the same time, also where this one missed the latest rounds. What one had said before it fell
     * silent is no contrast, unless it was in the round of which this one spoke last.
     *
     * @param latest what this one said last; empty for an earlier time, of which rounds are not kept one by one
     */
    private List<String> elsewhere(
            Segment segment, Target target, Known known, Optional<ExplainTargetResponse> latest) {
        return knowledge.declared().site().segments().stream()
                .filter(s -> !s.id().equals(segment.id()))
                .flatMap(s -> known.seen(s.id(), target.id()).stream()
                        .filter(c -> known.silence(s.id()).isEmpty()
                                || latest.filter(l -> l.getCell().getRound() == c.getRound())
                                        .isPresent())
                        .map(c -> s.id() + ": " + c.getBecause()))
                .toList();
    }
}
