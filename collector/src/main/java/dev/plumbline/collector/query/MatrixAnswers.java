package dev.plumbline.collector.query;

import static dev.plumbline.collector.store.VerdictMessages.instant;
import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.State;
import dev.plumbline.v1.Cell;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cells. What nobody looks at is INSUFFICIENT, whatever is stored of it. */
final class MatrixAnswers {
    private final Knowledge knowledge;
    private final FinishedCells finished;

    MatrixAnswers(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.finished = new FinishedCells(knowledge.store(), knowledge.declared());
    }

    /** One cell for each target of the plan, run or not; with a time since, of those alone that became otherwise. */
    List<Cell> matrix(String segment, When when) throws Refusal {
        Declared declared = knowledge.declared();
        List<Segment> wanted = segment.isEmpty() ? declared.site().segments() : List.of(declared.segment(segment));
        Known known = knowledge.known(when);
        List<Cell> cells = new ArrayList<>();
        for (Segment s : wanted) {
            Optional<String> silent = known.silence(s.id());
            if (when.since().isPresent()) {
                cells.addAll(changed(s, when.since().get(), known, silent));
            } else if (when.isNow() && silent.isEmpty()) {
                cells.addAll(finished.of(s.id(), declared, () -> cells(declared, s, known, silent)));
            } else {
                cells.addAll(cells(declared, s, known, silent));
            }
        }
        return cells;
    }

    private List<Cell> cells(Declared declared, Segment segment, Known known, Optional<String> silent) {
        Map<TargetId, Cell> of = known.cells(segment.id());
        return declared.targets(segment).stream()
                .map(t -> row(segment, t, Optional.ofNullable(of.get(t.id())), silent)
                        .build())
                .toList();
    }

    private List<Cell> changed(Segment segment, Instant since, Known known, Optional<String> silent) {
        Map<TargetId, Instant> news = new HashMap<>();
        knowledge.store().shownCells(segment.id(), known.at()).stream()
                .filter(c -> instant(c.getSince()).isAfter(since))
                .forEach(c -> news.put(new TargetId(c.getTargetId()), instant(c.getSince())));
        Map<TargetId, Cell> of = known.cells(segment.id());
        boolean all = Knowledge.isOtherSilence(segment.id(), knowledge.then(since), known);
        List<Cell> cells = new ArrayList<>();
        for (Target target : knowledge.declared().targets(segment)) {
            Instant from = news.get(target.id());
            if (from != null || (all && of.containsKey(target.id()))) {
                Cell.Builder cell = row(segment, target, Optional.ofNullable(of.get(target.id())), silent);
                if (from != null && silent.isEmpty()) {
                    cell.setSince(timestamp(from));
                }
                cells.add(cell.build());
            }
        }
        return cells;
    }

    /** What the judge remembers of its latest looks is told of a target that is asked for alone, as is what explains it. */
    private Cell.Builder row(Segment segment, Target target, Optional<Cell> known, Optional<String> silent) {
        return told(segment, target, known, silent)
                .clearRecent()
                .clearFlappedBefore()
                .clearBrokenSinceRound();
    }

    /**
     * One target as it is told.
     *
     * @param known what rounds said of it; empty = none has looked at it
     * @param silent why nothing is known of its segment; empty = it is being looked at
     */
    Cell cell(Segment segment, Target target, Optional<Cell> known, Optional<String> silent) {
        return told(segment, target, known, silent).build();
    }

    private Cell.Builder told(Segment segment, Target target, Optional<Cell> known, Optional<String> silent) {
        Cell.Builder cell = known.map(Cell::toBuilder).orElseGet(() -> notYetRun(segment, target));
        if (known.isPresent() && silent.isPresent()) {
            cell.setBecause(silent.get() + "; then it was " + cell.getState() + ": " + cell.getBecause())
                    .setState(State.INSUFFICIENT.name())
                    // Since when it had been something else.
                    .clearSince();
        }
        return cell.setService(Declared.service(target))
                .setHost(target.hostInRound(cell.getRound()))
                .setPort(target.port())
                .setTransport(target.transport().word())
                .setServerName(target.serverName());
    }

    private Cell.Builder notYetRun(Segment segment, Target target) {
        return Cell.newBuilder()
                .setSegment(segment.id().value())
                .setTargetId(target.id().value())
                .setState(State.NOT_YET_RUN.name())
                .setBecause(
                        target.obligation() == Obligation.RETIRED
                                ? "retired targets are looked at once a day"
                                : "no closed round has looked at it yet")
                .setRequired(knowledge.declared().required(target, segment));
    }
}
