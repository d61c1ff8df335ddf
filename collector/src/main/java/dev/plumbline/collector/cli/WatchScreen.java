package dev.plumbline.collector.cli;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.WatchResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is shown of a site that is watched: a screen that is drawn anew, or lines where nobody looks. Remembers what was told. */
final class WatchScreen {
    /** Clears the screen and goes to its first line (ECMA-48 ED, CUP). */
    private static final String CLEAR = "\u001b[2J\u001b[H";

    private final String segment;
    private final Terminal terminal;
    private final Map<String, Cell> cells = new TreeMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    /** @param segment that is watched alone; empty = all are */
    WatchScreen(String segment, Terminal terminal) {
        this.segment = segment;
        this.terminal = terminal;
    }

    /** What to print when this is told. */
    List<String> lines(WatchResponse news) {
        List<String> changes = changes(news);
        if (news.getWhole()) {
            cells.clear();
            findings.clear();
        }
        news.getCellsList().forEach(c -> cells.put(key(c), c));
        news.getFindingsList().forEach(f -> findings.put(f.getId(), f));
        news.getClosedFindingIdsList().forEach(findings::remove);
        if (terminal.isInteractive() || news.getWhole()) {
            return screen(news);
        }
        return changes;
    }

    private static String key(Cell cell) {
        return cell.getSegment() + " " + cell.getTargetId();
    }

    private List<String> screen(WatchResponse news) {
        List<Cell> shown = List.copyOf(cells.values());
        List<Finding> open = List.copyOf(findings.values());
        List<String> lines = new ArrayList<>();
        lines.add((terminal.isInteractive() ? CLEAR : "") + "As of " + Times.forPeople(news.getAt()));
        lines.add("");
        lines.addAll(
                segment.isEmpty()
                        ? MatrixText.services(shown, open, terminal)
                        : MatrixText.targets(shown, open, terminal));
        return lines;
    }

    private static String became(@Nullable Cell before, Cell now) {
        return before == null || before.getState().equals(now.getState())
                ? now.getState()
                : before.getState() + " -> " + now.getState();
    }

    private List<String> changes(WatchResponse news) {
        String at = Times.forPeople(news.getAt()) + "  ";
        List<String> lines = new ArrayList<>();
        for (Cell cell : news.getCellsList()) {
            Cell before = cells.get(key(cell));
            lines.add(at + key(cell) + "  " + became(before, cell)
                    + (cell.getSoft() ? " (not yet confirmed)" : "")
                    + (cell.getBecause().isEmpty() ? "" : ": " + cell.getBecause()));
        }
        for (Finding finding : news.getFindingsList()) {
            lines.add(
                    at + (findings.containsKey(finding.getId()) ? "changed" : "opened") + "  " + finding.getSentence());
        }
        for (String id : news.getClosedFindingIdsList()) {
            Finding finding = findings.get(id);
            lines.add(at + "closed  " + (finding == null ? id : finding.getSentence()));
        }
        return lines;
    }
}
