package dev.plumbline.collector.judge;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a verdict says, in one line: place, mechanism and scope of each finding, in order of text; a dash for nothing. */
final class Told {
    private Told() {}

    /** Without notes. */
    static String found(RoundVerdict verdict) {
        return line(verdict, f -> f.severity() != Severity.NOTE);
    }

    static String foundAndNoted(RoundVerdict verdict) {
        return line(verdict, f -> true);
    }

    private static String line(RoundVerdict verdict, Predicate<Finding> which) {
        String all = verdict.findings().stream()
                .filter(which)
                .map((Finding f) -> f.place() + " " + f.mechanism().id() + " " + f.scope())
                .sorted()
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "-" : all;
    }
}
