package dev.plumbline.collector.alert;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Severity;
import java.util.List;
import java.util.Set;

/**
 * Of which causes a receiver is told.
 *
 * @param places segments, {@code site}, {@code apple}; empty = all
 * @param causes ids of mechanisms, {@code tcp.*} for all that begin so; empty = all
 */
public record Selection(Set<String> places, List<String> causes, Set<Severity> severities) {
    public static final Set<Severity> STANDARD_SEVERITIES = Set.of(Severity.VIOLATION, Severity.FAULT);

    public Selection {
        places = Set.copyOf(places);
        causes = List.copyOf(causes);
        severities = Set.copyOf(severities);
        if (severities.isEmpty()) {
            throw new IllegalArgumentException("a receiver of no severity would never be told anything");
        }
    }

    /** What nobody excuses and this receiver wants. */
    boolean takes(Finding finding) {
        return finding.excuse().isEmpty()
                && severities.contains(finding.severity())
                && (places.isEmpty() || places.contains(finding.place().word()))
                && (causes.isEmpty()
                        || causes.stream()
                                .anyMatch(c -> matches(c, finding.mechanism().id())));
    }

    /** Whether a mechanism is meant by what is written in the configuration. */
    public static boolean matches(String pattern, String mechanism) {
        return pattern.endsWith("*")
                ? mechanism.startsWith(pattern.substring(0, pattern.length() - 1))
                : mechanism.equals(pattern);
    }
}
