package dev.plumbline.collector.cli;

import dev.plumbline.v1.Finding;
import dev.plumbline.v1.FindingChange;
import dev.plumbline.v1.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Findings for people: where, what, of what, since when, who saw it, what mends it. Pure. */
final class FindingText {
    private static final int WITNESSES = 3;

    private FindingText() {}

    static List<String> all(List<Finding> findings, Terminal terminal) {
        return all(findings, finding -> List.of(), terminal);
    }

    /** The same, each with what became of it, line by line. */
    static List<String> withHistory(List<Finding> findings, Terminal terminal) {
        return all(findings, finding -> history(finding, terminal.width()), terminal);
    }

    private static List<String> all(List<Finding> findings, Function<Finding, List<String>> more, Terminal terminal) {
        if (findings.isEmpty()) {
            return List.of("No findings.");
        }
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(one(finding, terminal));
            lines.addAll(more.apply(finding));
        }
        return lines;
    }

    /** The sentence alone, which names the place. */
    static List<String> brief(Finding finding, Terminal terminal) {
        return Wrapping.wrap(finding.getSentence(), terminal.width()).stream()
                .map(line -> ink(finding).on(line, terminal))
                .toList();
    }

    private static List<String> one(Finding finding, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        String head = finding.getPlace() + "  " + finding.getMechanism() + "  " + finding.getSeverity();
        lines.add(ink(finding).on(head, terminal)
                + (finding.getExcuse().isEmpty()
                        ? ""
                        : "  (" + finding.getExcuse().toLowerCase(Locale.ROOT) + ")")
                + (finding.hasClosedAt() ? "  (closed)" : finding.getFlapping() ? "  (flapping)" : ""));
        int width = terminal.width();
        lines.addAll(Wrapping.labelled("  ", finding.getSentence(), width));
        lines.addAll(Wrapping.labelled("  scope    ", finding.getScope(), width));
        lines.add("  since    " + Times.forPeople(finding.getOpenedAt())
                + (finding.hasReopenedAt() ? ", back since " + Times.forPeople(finding.getReopenedAt()) : "")
                + (finding.hasClosedAt() ? " until " + Times.forPeople(finding.getClosedAt()) : "")
                + (finding.getTimesReopened() > 0 ? " (came back " + times(finding.getTimesReopened()) + ")" : ""));
        lines.addAll(Wrapping.labelled("  targets  ", targets(finding.getTargetIdsList()), width));
        String label = "  seen     ";
        for (Witness witness :
                finding.getWitnessesList().stream().limit(WITNESSES).toList()) {
            lines.addAll(Wrapping.labelled(label, witness(witness), width));
            label = "           ";
        }
        int more = finding.getWitnessesCount() - WITNESSES;
        if (more > 0) {
            lines.add(label + "and " + more + " more (--json has all)");
        }
        lines.addAll(Wrapping.labelled("  remedy   ", finding.getRemedy(), width));
        lines.add("  lines    plumbline remedy " + finding.getId());
        return lines;
    }

    private static List<String> history(Finding finding, int width) {
        List<String> lines = new ArrayList<>();
        String label = "  history  ";
        for (int i = 0; i < finding.getHistoryCount(); i++) {
            FindingChange change = finding.getHistory(i);
            lines.addAll(Wrapping.labelled(
                    label,
                    Times.forPeople(change.getAt()) + " "
                            + change.getKind().toLowerCase(Locale.ROOT).replace('_', ' ')
                            + (change.getSaid().isEmpty() ? "" : ": " + change.getSaid()),
                    width));
            label = "           ";
            if (i == 0 && finding.getHistoryDropped() > 0) {
                lines.add(label + "... " + finding.getHistoryDropped() + " lines were let go");
            }
        }
        return lines;
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String targets(List<String> ids) {
        int shown = 6;
        return ids.size() <= shown
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, shown)) + " and " + (ids.size() - shown) + " more";
    }

    private static String witness(Witness witness) {
        String from = witness.getLocal().isEmpty() ? "(no address yet)" : witness.getLocal();
        return Times.forLogs(witness.getAt()) + "  " + witness.getTransport() + " " + from + " -> "
                + witness.getRemote() + "  " + witness.getSaw() + " (" + witness.getSegment() + "/"
                + witness.getAgent() + ", " + witness.getTargetId() + ")";
    }

    private static Ink ink(Finding finding) {
        if (finding.hasClosedAt() || !finding.getExcuse().isEmpty()) {
            return Ink.FAINT;
        }
        return switch (finding.getSeverity()) {
            case "violation" -> Ink.BAD;
            case "fault" -> Ink.UNSURE;
            default -> Ink.PLAIN;
        };
    }
}
