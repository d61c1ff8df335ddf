package dev.plumbline.collector.cli;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CellChange;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.RuleTrace;
import dev.plumbline.v1.SourceRow;
import java.util.ArrayList;
import java.util.List;

/** One target on one segment for people: what was seen, how it is elsewhere, which rule spoke, who asks for it. Pure. */
final class ExplanationText {
    private ExplanationText() {}

    static List<String> of(ExplainTargetResponse response, Terminal terminal) {
        Cell cell = response.getCell();
        List<String> lines = new ArrayList<>();
        lines.add(cell.getTargetId() + " on " + cell.getSegment() + ": "
                + Ink.ofState(cell.getState()).on(cell.getState(), terminal)
                + (cell.getSoft() ? " (not yet confirmed)" : ""));
        lines.addAll(Wrapping.labelled("  because  ", cell.getBecause(), terminal.width()));
        lines.addAll(Wrapping.labelled("  target   ", target(cell), terminal.width()));
        if (cell.hasObservedAt()) {
            lines.add("  seen     " + Times.forPeople(cell.getObservedAt()));
        }
        if (response.hasPool()) {
            lines.addAll(Wrapping.labelled("  pool     ", PoolText.whole(response.getPool()), terminal.width()));
        }
        section(
                lines,
                response.getHistoryCut() ? "What it was (the latest changes; older ones are left out)" : "What it was",
                response.getHistoryList().stream().map(ExplanationText::change).toList(),
                terminal);
        section(lines, "What was seen", response.getTimelineList(), terminal);
        section(lines, "Elsewhere at the same time", response.getContrastList(), terminal);
        section(
                lines,
                "Rules",
                response.getRulesList().stream().map(ExplanationText::rule).toList(),
                terminal);
        section(
                lines,
                "Asked for by",
                response.getSourcesList().stream().map(ExplanationText::source).toList(),
                terminal);
        if (response.getFindingsCount() > 0) {
            lines.add("");
            lines.addAll(FindingText.all(response.getFindingsList(), terminal));
        }
        return lines;
    }

    private static String target(Cell cell) {
        return cell.getHost() + " " + cell.getTransport() + "/" + cell.getPort()
                + (cell.getServerName().isEmpty() || cell.getServerName().equals(cell.getHost())
                        ? ""
                        : ", TLS name " + cell.getServerName())
                + (cell.getRequired() ? ", required" : ", not required")
                + (cell.getAddressesCount() == 0 ? "" : ", " + String.join(" ", cell.getAddressesList()));
    }

    private static String change(CellChange change) {
        return Times.forPeople(change.getAt()) + " " + change.getState() + ": " + change.getBecause();
    }

    private static String rule(RuleTrace rule) {
        return (rule.getWon() ? "+ " : "- ") + rule.getRule() + ": " + rule.getBecause();
    }

    private static String source(SourceRow source) {
        return source.getEdition() + ": " + source.getText() + " (" + source.getSource() + ")";
    }

    private static void section(List<String> lines, String title, List<String> items, Terminal terminal) {
        if (items.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(Ink.STRONG.on(title, terminal));
        items.forEach(i -> lines.addAll(Wrapping.labelled("  ", i, terminal.width())));
    }
}
