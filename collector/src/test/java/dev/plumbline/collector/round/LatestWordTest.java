package dev.plumbline.collector.round;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.finding;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LatestWordTest {
    private static final Finding UPSTREAM = finding(Place.SITE, Mechanism.UPSTREAM_BLOCKED, "tcp/5223");
    private static final RoundVerdict VERDICT = verdict(
            100,
            Set.of(WIFI, SRV),
            List.of(cell(SRV, COURIER, State.OK, 100), cell(WIFI, COURIER, State.BLOCKED, 100)),
            List.of(drop(SRV), drop(WIFI), UPSTREAM),
            List.of(
                    requirement(SRV, "r", Requirement.Verdict.MET),
                    requirement(WIFI, "r", Requirement.Verdict.BROKEN)));

    @Test
    void theNewestRoundSpeaksOfEverything() {
        assertThat(new LatestWord(100, Map.of(WIFI, 100L, SRV, 50L)).of(VERDICT))
                .isEqualTo(VERDICT);
    }

    @Test
    void anOlderRoundSpeaksOnlyOfSegmentsThatNoNewerOneHeard() {
        RoundVerdict rest = new LatestWord(100, Map.of(WIFI, 101L, SRV, 50L)).of(VERDICT);
        assertThat(rest.heard()).containsExactly(SRV);
        assertThat(rest.cells()).extracting(c -> c.segment()).containsExactly(SRV);
        assertThat(rest.requirements()).extracting(r -> r.segment()).containsExactly(SRV);
        assertThat(rest.findings()).extracting(f -> f.place().word()).containsExactly("srv");
    }

    @Test
    void anOlderRoundMayNotCloseWhatANewerOneSaw() {
        List<Incident> open = List.of(
                new Incident("1", drop(WIFI), T0, Optional.empty(), 101),
                new Incident("2", UPSTREAM, T0, Optional.empty(), 101),
                new Incident("3", drop(SRV), T0, Optional.empty(), 50));
        assertThat(new LatestWord(100, Map.of(WIFI, 101L, SRV, 50L)).of(open))
                .extracting(Incident::id)
                .containsExactly("3");
    }

    @Test
    void whatANewerRoundHasSpokenOfIsThePast() {
        LatestWord word = new LatestWord(100, Map.of(WIFI, 101L, SRV, 50L));
        RoundVerdict past = word.past(VERDICT);
        assertThat(past.heard()).containsExactly(WIFI);
        assertThat(past.cells()).extracting(c -> c.segment()).containsExactly(WIFI);
        assertThat(past.findings()).extracting(f -> f.place().word()).containsExactly("wifi", "site");
        assertThat(past.requirements()).isEmpty();
        assertThat(word.past(List.of(
                        new Incident("1", drop(WIFI), T0, Optional.empty(), 101),
                        new Incident("3", drop(SRV), T0, Optional.empty(), 50))))
                .extracting(Incident::id)
                .containsExactly("1");
    }
}
