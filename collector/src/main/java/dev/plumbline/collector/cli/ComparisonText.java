package dev.plumbline.collector.cli;

import dev.plumbline.collector.cli.TextTable.Entry;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.Difference;
import dev.plumbline.v1.DifferingCause;
import java.util.ArrayList;
import java.util.List;

/** A comparison for people: what differs, then what explains it, then what could not be compared. Pure. */
final class ComparisonText {
    /** Of a value that is not in the last column, which wraps. */
    private static final int WIDEST = 28;

    private static final int TARGETS = 6;

    private ComparisonText() {}

    static List<String> of(CompareSegmentsResponse response, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        if (response.getCompared() == 0) {
            lines.addAll(Wrapping.wrap(
                    "Of " + response.getA() + " and " + response.getB() + " nothing could be compared: "
                            + reason(response) + ".",
                    terminal.width()));
            return lines;
        }
        if (response.getDifferencesCount() == 0) {
            lines.addAll(Wrapping.wrap(
                    response.getA() + " and " + response.getB() + " differ in nothing; compared were "
                            + targets(response.getCompared()) + ".",
                    terminal.width()));
        } else {
            lines.addAll(table(response, terminal));
            response.getCausesList().forEach(c -> cause(lines, c, response, terminal));
            lines.add("");
            lines.add(targets(response.getCompared()) + " compared.");
        }
        if (response.getIncomparableCount() > 0) {
            lines.addAll(Wrapping.wrap(
                    "Not compared: " + targets(response.getIncomparableCount()) + ", such as "
                            + response.getIncomparable(0).getTargetId() + " ("
                            + response.getIncomparable(0).getBecause() + "); --json has all.",
                    terminal.width()));
        }
        return lines;
    }

    private static String reason(CompareSegmentsResponse response) {
        return response.getIncomparableCount() == 0
                ? "they have no target in common"
                : "of " + targets(response.getIncomparableCount()) + " at least one side knows nothing, such as of "
                        + response.getIncomparable(0).getTargetId() + " ("
                        + response.getIncomparable(0).getBecause() + ")";
    }

    private static String targets(int count) {
        return count == 1 ? "1 target" : count + " targets";
    }

    private static List<String> table(CompareSegmentsResponse response, Terminal terminal) {
        TextTable table = new TextTable("TARGET", "DIFFERS BY", cut(response.getA()), response.getB());
        for (Difference difference : response.getDifferencesList()) {
            boolean isState = difference.getAspect().equals("state");
            table.row(List.of(
                    Entry.of(difference.getTargetId()),
                    Entry.of(difference.getAspect()),
                    new Entry(cut(difference.getA()), isState ? Ink.ofState(difference.getA()) : Ink.PLAIN),
                    new Entry(difference.getB(), isState ? Ink.ofState(difference.getB()) : Ink.PLAIN)));
        }
        return table.lines(terminal);
    }

    private static String cut(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 3) + "...";
    }

    private static void cause(
            List<String> lines, DifferingCause cause, CompareSegmentsResponse response, Terminal terminal) {
        lines.add("");
        String side = cause.getSide().equals("a") ? response.getA() : response.getB();
        lines.add(Ink.STRONG.on(side + "  " + cause.getMechanism() + "  " + cause.getScope(), terminal));
        lines.addAll(Wrapping.labelled("  ", cause.getSentence(), terminal.width()));
        List<String> ids = cause.getTargetIdsList();
        lines.addAll(Wrapping.labelled(
                "  explains  ",
                ids.size() <= TARGETS
                        ? String.join(", ", ids)
                        : String.join(", ", ids.subList(0, TARGETS)) + " and " + (ids.size() - TARGETS) + " more",
                terminal.width()));
    }
}
