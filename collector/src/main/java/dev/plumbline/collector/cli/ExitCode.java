package dev.plumbline.collector.cli;

import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.VerifyVerdict;
import java.util.List;

/** Exit codes of {@code plumbline}, a contract with scripts. */
public final class ExitCode {
    /** Answered; for {@code verify-now --wait}: every requirement is met. */
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

    private ExitCode() {}

    static int of(VerifyVerdict verdict) {
        List<String> verdicts = verdict.getSegmentsList().stream()
                .map(Segment::getRequirementsList)
                .flatMap(List::stream)
                .map(Requirement::getVerdict)
                .toList();
        boolean violated =
                verdict.getFindingsList().stream().anyMatch(f -> f.getSeverity().equals("violation"));
        if (violated || verdicts.contains("BROKEN")) {
            return BROKEN;
        }
        return verdicts.isEmpty() || verdicts.contains("INSUFFICIENT") ? INSUFFICIENT : OK;
    }
}
