package dev.plumbline.collector.web;

import dev.plumbline.v1.Finding;
import java.util.Comparator;
import java.util.List;

/** In which order findings are shown, and how. Pure. */
public final class Worst {
    private static final List<String> SEVERITIES = List.of("violation", "fault", "note");

    private Worst() {}

    /** What breaks a rule first; what is excused and what is over last. */
    static List<Finding> first(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::hasClosedAt)
                        .thenComparing(f -> !f.getExcuse().isEmpty())
                        .thenComparing(Worst::severity))
                .toList();
    }

    private static int severity(Finding finding) {
        int place = SEVERITIES.indexOf(finding.getSeverity());
        return place < 0 ? SEVERITIES.size() : place;
    }

    /** Class of its colour. */
    public static String css(Finding finding) {
        if (finding.hasClosedAt() || !finding.getExcuse().isEmpty()) {
            return "off";
        }
        return switch (finding.getSeverity()) {
            case "violation" -> "bad";
            case "fault" -> "down";
            default -> "unknown";
        };
    }

    /** What tells its colour without it. */
    public static String word(Finding finding) {
        if (finding.hasClosedAt()) {
            return "over";
        }
        return finding.getExcuse().isEmpty()
                ? finding.getSeverity()
                : finding.getExcuse().equals("MAINTENANCE") ? "maintenance" : "waived";
    }
}
