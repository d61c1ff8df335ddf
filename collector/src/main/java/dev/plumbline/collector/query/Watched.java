package dev.plumbline.collector.query;

import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.collector.store.Face;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.WatchResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody watches, at one moment. Pure. */
record Watched(List<Cell> cells, List<Finding> findings) {
    private record Key(String segment, String target) {
        static Key of(Cell cell) {
            return new Key(cell.getSegment(), cell.getTargetId());
        }
    }

    Watched {
        cells = List.copyOf(cells);
        findings = List.copyOf(findings);
    }

    WatchResponse whole(Instant at) {
        return WatchResponse.newBuilder()
                .setWhole(true)
                .addAllCells(cells)
                .addAllFindings(findings)
                .setAt(timestamp(at))
                .build();
    }

    /** What is otherwise than before; empty when nothing is. Where cells are gone, all that is left is told anew. */
    Optional<WatchResponse> since(Watched before, Instant at) {
        Map<Key, Cell> known = new HashMap<>();
        before.cells.forEach(c -> known.put(Key.of(c), c));
        WatchResponse.Builder news = WatchResponse.newBuilder().setAt(timestamp(at));
        for (Cell cell : cells) {
            Cell old = known.remove(Key.of(cell));
            if (old == null || isOther(old, cell)) {
                news.addCells(cell);
            }
        }
        if (!known.isEmpty()) {
            return Optional.of(whole(at));
        }
        Map<String, Finding> open = new HashMap<>();
        before.findings.forEach(f -> open.put(f.getId(), f));
        for (Finding finding : findings) {
            Finding old = open.remove(finding.getId());
            if (old == null || !face(old).equals(face(finding))) {
                news.addFindings(finding);
            }
        }
        news.addAllClosedFindingIds(open.keySet().stream().sorted().toList());
        return news.getCellsCount() + news.getFindingsCount() + news.getClosedFindingIdsCount() == 0
                ? Optional.empty()
                : Optional.of(news.build());
    }

    private static boolean isOther(Cell old, Cell now) {
        return !old.getState().equals(now.getState())
                || old.getSoft() != now.getSoft()
                || old.getRequired() != now.getRequired()
                || (!now.getState().equals("OK")
                        && !Face.words(old.getBecause()).equals(Face.words(now.getBecause())));
    }

    /** Each round has other witnesses and other numbers. */
    private static Finding face(Finding finding) {
        return finding.toBuilder()
                .clearWitnesses()
                .clearRound()
                .setSentence(Face.words(finding.getSentence()))
                .build();
    }
}
