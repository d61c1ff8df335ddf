package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Outcome outcome(String id, double seconds, String expected, String found) {
        List<Claim> wanted = Claim.parseAll(expected);
        List<Claim> given = Claim.parseAll(found);
        Comparison comparison = Comparison.of(wanted, given, new RequiredTargets(Map.of()));
        return new Outcome(id, seconds, Optional.of(comparison), wanted, given, List.of(), Optional.empty());
    }

    @Test
    void timesAreThoseOfFaultsRightlyNamed() {
        Report report = new Report(List.of(
                outcome("clean", 30, "-", "-"),
                outcome("wrong", 1, "wifi tcp.drop all", "wifi tcp.reset all"),
                outcome("a", 4, "wifi tcp.drop all", "wifi tcp.drop all"),
                outcome("b", 8, "wifi tcp.reset all", "wifi tcp.reset all"),
                Outcome.troubled("c", 180, "no answer")));
        assertThat(report.agrees()).isFalse();
        assertThat(report.summary())
                .endsWith(
                        "3 of 5 agree; no verdict in 1",
                        "from fault to cause: median 6.0 s, most 8.0 s, in 2 lines with a fault",
                        Strain.NONE.words());
        assertThat(report.json())
                .contains("\"medianSecondsToCause\" : 6.0", "\"trouble\" : \"no answer\"", "\"agrees\" : false");
    }

    @Test
    void aRunOfCleanLinesHasNoTimes() {
        Report report = new Report(List.of(outcome("clean", 3, "-", "-")));
        assertThat(report.agrees()).isTrue();
        assertThat(report.summary()).endsWith("1 of 1 agree", Strain.NONE.words());
    }

    @Test
    void whatTheHostDidIsToldOfAllLinesTogether() {
        Report report = new Report(List.of(
                outcome("a", 3, "-", "-").played(2, new Strain(Duration.ofMillis(310), 0.02)),
                outcome("b", 3, "-", "-").played(1, new Strain(Duration.ofMillis(90), 0.31))));
        assertThat(report.summary())
                .endsWith("this host stood still for 310 ms at most, and up to 31 % of its processors' time was taken"
                        + " from it; lines played more than once: 1");
        assertThat(report.json())
                .contains("\"plays\" : 2", "\"hostStoodStillMillis\" : 310", "\"hostTakenPercent\" : 31");
    }
}
