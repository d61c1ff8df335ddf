package dev.plumbline.collector.cli;

import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.projection.Stretch;
import dev.plumbline.collector.store.StoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a rebuilt store compares with the one in force, for people. Pure. */
public final class RebuildText {
    private static final int DIGITS = 16;

    private RebuildText() {}

    /**
     * A table of the tables.
     *
     * @param differences by table, what the first row says that differs
     */
    public static List<String> comparison(
            List<StoreTable> inForce, List<StoreTable> rebuilt, Map<String, String> differences, Terminal terminal) {
        TextTable table = new TextTable("TABLE", "ROWS", "IN FORCE", "REBUILT", "SAME");
        for (int i = 0; i < inForce.size(); i++) {
            StoreTable one = inForce.get(i);
            boolean isSame = one.equals(rebuilt.get(i));
            table.row(List.of(
                    TextTable.Entry.of(one.name()),
                    TextTable.Entry.of(
                            isSame
                                    ? String.valueOf(one.rows())
                                    : one.rows() + " / " + rebuilt.get(i).rows()),
                    TextTable.Entry.of(one.digest().hex().substring(0, DIGITS)),
                    TextTable.Entry.of(rebuilt.get(i).digest().hex().substring(0, DIGITS)),
                    new TextTable.Entry(isSame ? "yes" : "no", isSame ? Ink.GOOD : Ink.BAD)));
        }
        List<String> lines = new ArrayList<>(table.lines(terminal));
        differences.forEach((name, said) ->
                lines.addAll(Wrapping.wrap("first difference in " + name + ": " + said, terminal.width())));
        return lines;
    }

    /**
     * What was read, and why rows may differ.
     *
     * @param damaged sentences on entries of the journal that were passed over
     */
    public static List<String> notes(Rebuild.Result result, List<String> damaged, long millis, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(result.rounds() + " closings of rounds and " + result.records() + " readings of records in "
                + millis / 1000 + "." + millis / 100 % 10 + " s");
        for (String sentence : damaged) {
            lines.addAll(Wrapping.wrap(
                    "the journal is damaged: " + sentence
                            + "; what rests on it is missing here, and rows may differ: a backup made before may have it",
                    terminal.width()));
        }
        for (Stretch stretch : result.otherwise()) {
            lines.addAll(Wrapping.wrap(
                    "closings " + (stretch.beginning().applied() + 1) + " to " + stretch.last()
                            + " were judged by version "
                            + stretch.beginning().basis().program() + " from "
                            + Times.forPeople(stretch.beginning().begunAt())
                            + " on, with another program or under another configuration than now: their rows may differ",
                    terminal.width()));
        }
        if (!result.isWhole()) {
            lines.addAll(Wrapping.wrap(
                    "it began at a copy of the store that was made while a judge was at work: what that one remembered of"
                            + " earlier rounds is missing, and rows may differ",
                    terminal.width()));
        }
        return lines;
    }
}
