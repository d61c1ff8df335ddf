package dev.plumbline.collector.cli;

import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.VerifyVerdict;
import java.util.List;
import java.util.Set;

/** Exit codes of {@code plumbline}, a contract with scripts. */
public final class ExitCode {
    /** Answered; for {@code verify-now --wait} and {@code report}: every requirement is met. */
    public static final int OK = 0;

    /** A house rule is broken. */
    public static final int BROKEN = 1;

    /** Usage or configuration. */
    public static final int USAGE = 2;

    /** Nothing is broken, and not everything is known to be met. */
    public static final int INSUFFICIENT = 3;

    /** The collector cannot be reached. */
    public static final int UNREACHABLE = 4;

    /** Internal error: a bug. */
    public static final int INTERNAL = 70;

    private static final Set<String> CONTROLS = Set.of("reference", "outside");

    private ExitCode() {}

    /** Of a verdict as the contract writes it. */
    static int ofWord(String verdict) {
        return switch (verdict) {
            case "MET" -> OK;
            case "BROKEN" -> BROKEN;
            default -> INSUFFICIENT;
        };
    }

    static int of(VerifyVerdict verdict) {
        // A reference or outside segment is held to no rule: it is there to compare with.
        List<String> verdicts = verdict.getSegmentsList().stream()
                .filter(s -> !CONTROLS.contains(s.getKind()))
                .map(Segment::getRequirementsList)
                .flatMap(List::stream)
                .map(Requirement::getVerdict)
                .toList();
        boolean violated = verdict.getFindingsList().stream()
                .anyMatch(f ->
                        f.getSeverity().equals("violation") && f.getExcuse().isEmpty());
        if (violated || verdicts.contains("BROKEN")) {
            return BROKEN;
        }
        return verdicts.isEmpty() || verdicts.contains("INSUFFICIENT") ? INSUFFICIENT : OK;
    }
}
