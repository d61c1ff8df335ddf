package dev.plumbline.collector.cli;

import dev.plumbline.collector.cli.TextTable.Entry;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The matrix for people: services down, segments across, the worst state of each with its count; then the findings. Pure. */
final class MatrixText {
    /** Worst first: what a person should see when several are true. */
    private static final List<String> WORST_FIRST = List.of(
            "INTERCEPTED",
            "BLOCKED",
            "PROXIED",
            "FLAPPING",
            "IMPAIRED",
            "DOWN",
            "INSUFFICIENT",
            "NOT_YET_RUN",
            "MAINTENANCE",
            "WAIVED",
            "OPTIONAL_OFF",
            "OK");

    private MatrixText() {}

    static List<String> services(List<Cell> cells, List<Finding> findings, Terminal terminal) {
        Map<String, Map<String, List<Cell>>> byService = new TreeMap<>();
        TreeSet<String> segments = new TreeSet<>();
        for (Cell cell : cells) {
            segments.add(cell.getSegment());
            byService
                    .computeIfAbsent(cell.getService(), s -> new TreeMap<>())
                    .computeIfAbsent(cell.getSegment(), s -> new ArrayList<>())
                    .add(cell);
        }
        List<String> heads = new ArrayList<>(List.of("SERVICE"));
        heads.addAll(segments);
        TextTable table = new TextTable(heads.toArray(new String[0]));
        byService.forEach((service, row) -> {
            List<Entry> entries = new ArrayList<>(List.of(Entry.of(service)));
            segments.forEach(s -> entries.add(summary(row.getOrDefault(s, List.of()), terminal)));
            table.row(entries);
        });
        List<String> lines = new ArrayList<>(table.lines(terminal));
        addFindings(lines, findings, terminal);
        return lines;
    }

    static List<String> targets(List<Cell> cells, List<Finding> findings, Terminal terminal) {
        TextTable table = new TextTable("TARGET", "STATE", "", "MS", "BECAUSE");
        for (Cell cell : cells) {
            table.row(List.of(
                    Entry.of(cell.getTargetId()),
                    new Entry(symbol(cell.getState(), terminal), Ink.ofState(cell.getState())),
                    Entry.of(cell.getSoft() ? "unconfirmed" : cell.getRequired() ? "" : "not required"),
                    Entry.of(cell.getLatencyMicros() == 0 ? "-" : Long.toString(cell.getLatencyMicros() / 1_000)),
                    Entry.of(cell.getBecause())));
        }
        List<String> lines = new ArrayList<>(table.lines(terminal));
        addFindings(lines, findings, terminal);
        return lines;
    }

    private static void addFindings(List<String> lines, List<Finding> findings, Terminal terminal) {
        for (Finding finding : findings) {
            lines.add("");
            lines.addAll(FindingText.brief(finding, terminal));
        }
    }

    /** The worst state of the required ones; of all where none is required. */
    private static Entry summary(List<Cell> cells, Terminal terminal) {
        List<Cell> required = cells.stream().filter(Cell::getRequired).toList();
        List<Cell> counted = required.isEmpty() ? cells : required;
        for (String state : WORST_FIRST) {
            long count =
                    counted.stream().filter(c -> c.getState().equals(state)).count();
            if (count > 0) {
                String share = count == counted.size() ? "" + count : count + "/" + counted.size();
                return new Entry(
                        symbol(state, terminal) + " " + share, required.isEmpty() ? Ink.FAINT : Ink.ofState(state));
            }
        }
        return new Entry("-", Ink.FAINT);
    }

    private static String symbol(String state, Terminal terminal) {
        if (!terminal.isInteractive()) {
            return state;
        }
        return switch (state) {
            case "OK" -> "\u2714 ok";
            case "INSUFFICIENT", "NOT_YET_RUN" ->
                "? " + state.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            case "OPTIONAL_OFF", "WAIVED", "MAINTENANCE" ->
                "\u25cb " + state.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            default -> "\u2718 " + state.toLowerCase(java.util.Locale.ROOT);
        };
    }
}
