package dev.plumbline.collector.cli;

import dev.plumbline.collector.rejudge.EditionChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What another edition would have said, for people. Pure. */
public final class RejudgeText {
    private static final int MOST_NAMES = 5;

    private RejudgeText() {}

    public static List<String> lines(EditionChanges changes, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(changes.span()
                .map(s -> changes.rounds() + (changes.rounds() == 1 ? " round, " : " rounds, ")
                        + Times.forPeople(s.first()) + " to " + Times.forPeople(s.last())
                        + ", judged under " + changes.inForce() + ", which is in force, and under "
                        + changes.other() + ".")
                .orElse("No round of this journal is to be judged."));
        if (changes.isNone()) {
            lines.add("Nothing would have been told otherwise.");
        }
        if (!changes.requirements().isEmpty()) {
            lines.add("");
            lines.addAll(requirements(changes).lines(terminal));
            lines.add("rounds met / broken / insufficient");
        }
        if (!changes.causes().isEmpty()) {
            lines.add("");
            lines.addAll(causes(changes).lines(terminal));
            lines.add("rounds in which the cause is told");
        }
        for (EditionChanges.Unasked unasked : changes.unasked()) {
            lines.addAll(Wrapping.wrap(
                    unasked.segment() + ": " + unasked.targets().size()
                            + " targets that " + changes.other() + " demands were never asked: "
                            + unasked.targets().stream()
                                    .limit(MOST_NAMES)
                                    .map(t -> t.value())
                                    .collect(Collectors.joining(", "))
                            + (unasked.targets().size() > MOST_NAMES ? ", ..." : ""),
                    terminal.width()));
        }
        if (changes.leftOut() > 0) {
            lines.add(changes.leftOut()
                    + " observations came after later rounds, or of a clock that ran ahead, and were left out.");
        }
        return lines;
    }

    private static TextTable requirements(EditionChanges changes) {
        TextTable table = new TextTable(
                "SEGMENT", "REQUIREMENT", changes.inForce(), changes.other(), "CHANGED", "FIRST", "LAST CHANGE SAYS");
        for (EditionChanges.RequirementChange change : changes.requirements()) {
            table.row(List.of(
                    TextTable.Entry.of(change.segment().value()),
                    TextTable.Entry.of(change.requirement()),
                    tally(change.inForce()),
                    tally(change.other()),
                    TextTable.Entry.of(String.valueOf(change.changed())),
                    TextTable.Entry.of(Times.forPeople(change.span().first())),
                    TextTable.Entry.of(change.because())));
        }
        return table;
    }

    private static TextTable.Entry tally(EditionChanges.Tally tally) {
        Ink ink = tally.broken() > 0 ? Ink.BAD : tally.insufficient() > 0 ? Ink.UNSURE : Ink.GOOD;
        return new TextTable.Entry(tally.met() + " / " + tally.broken() + " / " + tally.insufficient(), ink);
    }

    private static TextTable causes(EditionChanges changes) {
        TextTable table = new TextTable("PLACE", "CAUSE", changes.inForce(), changes.other(), "CHANGED", "SCOPE");
        for (EditionChanges.CauseChange change : changes.causes()) {
            table.row(List.of(
                    TextTable.Entry.of(change.place().word()),
                    TextTable.Entry.of(change.mechanism().id()),
                    TextTable.Entry.of(String.valueOf(change.inForce())),
                    TextTable.Entry.of(String.valueOf(change.other())),
                    TextTable.Entry.of(String.valueOf(change.changed())),
                    TextTable.Entry.of(change.scope())));
        }
        return table;
    }
}
