package dev.plumbline.collector.query;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static dev.plumbline.collector.Sites.WIFI_SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.ConnectedAgents;
import dev.plumbline.collector.Sites;
import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.AgentReport;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetRemedyResponse;
import dev.plumbline.v1.Requirement;
import dev.plumbline.words.Losses;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnswersTest {
    private static final long ROUND = T0.toEpochMilli();
    private static final Site SITE = Sites.of(WIFI_SEGMENT);
    private static final Declared DECLARED = Sites.planned(SITE);
    private static final Catalog CATALOG = Catalog.builtIn();

    @TempDir
    Path folder;

    private SqliteStore store;
    private final ConnectedAgents connected = new ConnectedAgents(WIFI_A);

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(folder.resolve("store.db"));
        connected.lose(WIFI_A, new Losses(1, 2, 3, 4, 5));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Answers answers(Instant now) {
        return new Answers(DECLARED, store, connected, Duration.ofMinutes(10), Clock.fixed(now, ZoneOffset.UTC));
    }

    private void judged(State state, Verdict verdict, Optional<Instant> closed) {
        judged(state, verdict, new Incident("i1", drop(WIFI), T0, closed, ROUND));
    }

    private void judged(State state, Verdict verdict, Incident incident) {
        store.apply(new RoundChange(
                verdict(
                        ROUND,
                        Set.of(WIFI),
                        List.of(cell(WIFI, COURIER, state, ROUND)),
                        List.of(),
                        List.of(requirement(WIFI, "apns-device-direct", verdict))),
                List.of(incident),
                List.of(),
                List.of(new AgentReport(WIFI_A, T0, "1.0", "")),
                new ClosedRound(ROUND, T0, 1, 1),
                0,
                0,
                0));
    }

    private static Cell courier(List<Cell> cells) {
        return cells.stream()
                .filter(c -> c.getTargetId().equals(COURIER.value()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theMatrixHasACellForEachTargetOfThePlanRunOrNot() throws Exception {
        judged(State.BLOCKED, Verdict.BROKEN, Optional.empty());
        List<Cell> cells = answers(T0).matrix("");
        assertThat(cells)
                .hasSize(Planner.plan(CATALOG, SITE, WIFI_SEGMENT, Plan.Settings.DEFAULT)
                        .targets()
                        .size());
        Cell courier = courier(cells);
        assertThat(courier.getState()).isEqualTo("BLOCKED");
        assertThat(courier.getService()).isEqualTo("apns");
        assertThat(courier.getPort()).isEqualTo(5223);
        assertThat(courier.getServerName()).isEqualTo("courier.push.apple.com");
        assertThat(courier.getHost()).matches("\\d+-courier.push.apple.com");
        assertThat(cells.stream().filter(c -> c.getState().equals("NOT_YET_RUN")))
                .hasSize(cells.size() - 1);
    }

    @Test
    void aSegmentWithoutAnAgentIsInsufficientAndNeverMet() throws Exception {
        judged(State.OK, Verdict.MET, Optional.empty());
        connected.become();
        Requirement requirement = answers(T0).segments().get(0).getRequirements(0);
        assertThat(requirement.getVerdict()).isEqualTo("INSUFFICIENT");
        assertThat(requirement.getStillWorks()).isEqualTo("INSUFFICIENT");
        assertThat(requirement.getBecause()).contains("no agent of this segment is connected", "MET");
        assertThat(courier(answers(T0).matrix("wifi")).getState()).isEqualTo("INSUFFICIENT");
    }

    @Test
    void whatAnAgentCouldNotKeepIsShownWithIt() {
        judged(State.OK, Verdict.MET, Optional.empty());
        assertThat(answers(T0).segments().get(0).getAgentsList())
                .singleElement()
                .satisfies(agent -> {
                    assertThat(agent.getName()).isEqualTo(WIFI_A.name());
                    assertThat(agent.getLostObservations()).isEqualTo(1 + 2 + 3 + 4);
                });
    }

    @Test
    void aConnectedAgentThatFinishesNoRoundIsNoHealth() {
        judged(State.OK, Verdict.MET, Optional.empty());
        assertThat(answers(T0.plusSeconds(600))
                        .segments()
                        .get(0)
                        .getRequirements(0)
                        .getVerdict())
                .isEqualTo("MET");
        assertThat(answers(T0.plusSeconds(601))
                        .segments()
                        .get(0)
                        .getRequirements(0)
                        .getVerdict())
                .isEqualTo("INSUFFICIENT");
    }

    @Test
    void aSegmentNeverHeardHasItsHouseRulesAllTheSame() {
        assertThat(answers(T0).segments().get(0).getRequirementsList())
                .isNotEmpty()
                .allMatch(r -> r.getVerdict().equals("INSUFFICIENT"))
                .extracting(Requirement::getId)
                .contains("apns-device-direct");
    }

    @Test
    void whatIsExcusedIsShownAndNotCounted() throws Exception {
        judged(State.BLOCKED, Verdict.BROKEN, Optional.empty());
        assertThat(answers(T0).segments().get(0).getOpenViolations()).isEqualTo(1);
        judged(
                State.WAIVED,
                Verdict.MET,
                new Incident(
                        "i1",
                        drop(WIFI).excused(new Excuse(Excuse.Kind.WAIVED, "waived by Jo until Friday: printers")),
                        T0,
                        Optional.empty(),
                        ROUND));
        assertThat(answers(T0).segments().get(0).getOpenViolations()).isZero();
        assertThat(answers(T0).findings(false, "")).singleElement().satisfies(f -> {
            assertThat(f.getExcuse()).isEqualTo("WAIVED");
            assertThat(f.getSentence()).endsWith("Waived by Jo until Friday: printers.");
        });
        assertThat(courier(answers(T0).matrix("wifi")).getState()).isEqualTo("WAIVED");
    }

    @Test
    void closedFindingsAreShownOnRequestOnly() throws Exception {
        judged(State.OK, Verdict.MET, Optional.of(T0.plusSeconds(60)));
        assertThat(answers(T0).findings(false, "")).isEmpty();
        assertThat(answers(T0).findings(true, "wifi"))
                .extracting(Finding::getId)
                .containsExactly("i1");
        assertThat(answers(T0).findings(true, "apple")).isEmpty();
    }

    @Test
    void theRemedyOfAClosedFindingIsStillThere() throws Exception {
        judged(State.OK, Verdict.MET, Optional.of(T0.plusSeconds(60)));
        GetRemedyResponse remedy = answers(T0).remedy("i1", "iptables");
        assertThat(remedy.getFinding().hasClosedAt()).isTrue();
        assertThat(remedy.getConfigurationsList()).hasSize(1);
        assertThat(remedy.getConfigurations(0).getLinesList())
                .anyMatch(l -> l.startsWith("-I FORWARD 1 -s 10.1.0.0/16 -d 17.0.0.0/8 -p tcp --dport 5223"));
        assertThatThrownBy(() -> answers(T0).remedy("i1", "unbound")).hasMessageContaining("these have: nftables");
        assertThatThrownBy(() -> answers(T0).remedy("i7", "")).hasMessageContaining("plumbline findings --all");
    }

    @Test
    void anExplanationHasTimelineRulesSourcesAndFindings() throws Exception {
        judged(State.BLOCKED, Verdict.BROKEN, Optional.empty());
        ExplainTargetResponse explained = answers(T0).explain("wifi", "courier:5223");
        assertThat(explained.getTimelineList()).containsExactly("first", "second");
        assertThat(explained.getContrastList()).as("no other segment").isEmpty();
        assertThat(explained.getRulesList()).hasSize(1);
        assertThat(explained.getSourcesList()).isNotEmpty();
        assertThat(explained.getFindingsList()).hasSize(1);
    }

    private void changed(Instant at, State state, Verdict verdict, Incident incident) {
        long round = at.minusSeconds(3).toEpochMilli();
        store.apply(new RoundChange(
                verdict(
                        round,
                        Set.of(WIFI),
                        List.of(cell(WIFI, COURIER, state, round)),
                        List.of(),
                        List.of(requirement(WIFI, "apns-device-direct", verdict))),
                List.of(incident),
                List.of(),
                List.of(),
                new ClosedRound(round, at, 1, 1),
                0,
                0,
                0));
    }

    private static When at(Instant at) {
        return new When(Optional.of(at), Optional.empty());
    }

    private static When since(Instant since) {
        return new When(Optional.empty(), Optional.of(since));
    }

    @Test
    void anEarlierTimeIsToldAsItWasKnownThen() throws Exception {
        Instant blocked = T0.plusSeconds(3);
        Instant mended = T0.plusSeconds(303);
        changed(
                blocked,
                State.BLOCKED,
                Verdict.BROKEN,
                new Incident("i1", drop(WIFI), blocked, Optional.empty(), ROUND));
        changed(mended, State.OK, Verdict.MET, new Incident("i1", drop(WIFI), blocked, Optional.of(mended), ROUND));
        connected.become();
        Answers answers = answers(T0.plusSeconds(900));
        Cell then = courier(answers.matrix("wifi", at(mended.minusSeconds(1))));
        assertThat(then.getState()).isEqualTo("BLOCKED");
        assertThat(then.getPort()).isEqualTo(5223);
        assertThat(then.getSince().getSeconds()).isEqualTo(blocked.getEpochSecond());
        assertThat(courier(answers.matrix("", at(mended))).getState()).isEqualTo("OK");
        assertThat(courier(answers.matrix("", at(T0))).getState()).isEqualTo("NOT_YET_RUN");
        assertThat(answers.findings(false, "", at(blocked)))
                .extracting(Finding::getId)
                .containsExactly("i1");
        assertThat(answers.findings(false, "", at(mended))).isEmpty();
        assertThat(answers.findings(true, "", at(T0))).isEmpty();
        assertThat(answers.segments(at(blocked)).get(0).getRequirements(0).getVerdict())
                .isEqualTo("BROKEN");
        assertThat(answers.segments(at(blocked)).get(0).getOpenViolations()).isEqualTo(1);
        assertThat(answers.explain("wifi", "courier:5223", at(blocked)).getFindingsList())
                .hasSize(1);
        // Nobody is connected now: that is another matter.
        assertThat(courier(answers.matrix("wifi")).getState()).isEqualTo("INSUFFICIENT");
    }

    @Test
    void silenceWasNoHealthThenEither() throws Exception {
        changed(T0.plusSeconds(3), State.OK, Verdict.MET, new Incident("i1", drop(WIFI), T0, Optional.of(T0), ROUND));
        Answers answers = answers(T0.plusSeconds(9_000));
        assertThat(courier(answers.matrix("wifi", at(T0.plusSeconds(600)))).getState())
                .isEqualTo("OK");
        Cell later = courier(answers.matrix("wifi", at(T0.plusSeconds(601))));
        assertThat(later.getState()).isEqualTo("INSUFFICIENT");
        assertThat(later.getBecause()).contains("latest round was 2026-11-21T10:00:00Z");
        assertThat(answers.segments(at(T0.plusSeconds(601)))
                        .get(0)
                        .getRequirements(0)
                        .getVerdict())
                .isEqualTo("INSUFFICIENT");
        assertThat(answers.segments(at(T0)).get(0).getRequirementsList())
                .isNotEmpty()
                .allMatch(r -> r.getBecause().contains("is remembered"));
    }

    @Test
    void sinceATimeOnlyWhatBecameOtherwiseIsTold() throws Exception {
        Instant blocked = T0.plusSeconds(3);
        Instant mended = T0.plusSeconds(303);
        changed(
                blocked,
                State.BLOCKED,
                Verdict.BROKEN,
                new Incident("i1", drop(WIFI), blocked, Optional.empty(), ROUND));
        changed(mended, State.OK, Verdict.MET, new Incident("i1", drop(WIFI), blocked, Optional.of(mended), ROUND));
        Answers answers = answers(T0.plusSeconds(310));
        assertThat(answers.matrix("", since(blocked)))
                .singleElement()
                .satisfies(c -> assertThat(c.getState()).isEqualTo("OK"));
        assertThat(answers.matrix("", since(mended))).isEmpty();
        assertThat(answers.findings(false, "", since(blocked)))
                .singleElement()
                .satisfies(f -> assertThat(f.hasClosedAt()).isTrue());
        assertThat(answers.findings(true, "", since(mended))).isEmpty();
        assertThat(answers.segments(since(blocked))).hasSize(1);
        assertThat(answers.segments(since(mended))).isEmpty();
        assertThat(answers.explain("wifi", "courier:5223", since(T0)).getHistoryList())
                .extracting(h -> h.getState())
                .containsExactly("BLOCKED", "OK");
        assertThat(answers.explain("wifi", "courier:5223", since(mended)).getHistoryList())
                .extracting(h -> h.getState())
                .containsExactly("OK");
    }

    @Test
    void whatIsNotDeclaredIsRefusedWithWhatIs() {
        assertThatThrownBy(() -> answers(T0).matrix("lan")).hasMessageContaining("declared are wifi");
        assertThatThrownBy(() -> answers(T0).findings(false, "lan")).hasMessageContaining("declared are wifi");
        assertThatThrownBy(() -> answers(T0).explain("wifi", "courier:52"))
                .hasMessageContaining("near are")
                .hasMessageContaining("courier:5223");
    }
}
