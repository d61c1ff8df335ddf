package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.Samples;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.agreed.Maintenance;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Ledger;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A port that is reset in one round and passes in the next, from the facts to the incident. */
final class FlapsTest {
    private static final Set<String> SEGMENTS = Set.of("wifi", "lab");

    /** About five minutes, after which the same names of the pools are asked again. */
    private static final long EVERY = 318_000;

    private static TestPki pki;
    private static Map<AgentId, Batch> fine;
    private static Map<AgentId, Batch> reset;

    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private SiteJudge judge;
    private long round = Scene.ROUND;
    private RoundVerdict verdict =
            new RoundVerdict(0, Instant.EPOCH, Set.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void draw() {
        pki = new TestPki();
        fine = new Scene(pki, SEGMENTS, List.of()).batches();
        reset = new Scene(pki, SEGMENTS, List.of(Scene.Fault.parse("wifi:reset tcp/5223"))).batches();
    }

    @BeforeEach
    void begin() {
        judge = new Scene(pki, SEGMENTS, List.of()).judge();
    }

    /** A plus is a round in which all passes, a minus one in which the port is reset. */
    private void play(String rounds) {
        for (int i = 0; i < rounds.length(); i++) {
            round += EVERY;
            verdict = Rehearsed.judge(judge, rounds.charAt(i) == '+' ? fine : reset, round);
            judge.forgetBefore(round);
            Ledger.update(List.copyOf(incidents.values()), verdict)
                    .forEach(changed -> incidents.put(changed.id(), changed));
        }
    }

    private Cell courier() {
        return verdict.cells().stream()
                .filter(c -> c.segment().value().equals("wifi") && c.target().equals(Samples.COURIER))
                .findFirst()
                .orElseThrow();
    }

    private Requirement direct() {
        return verdict.requirements().stream()
                .filter(r -> r.segment().value().equals("wifi") && r.id().equals("apns-device-direct"))
                .findFirst()
                .orElseThrow();
    }

    private Incident incident() {
        assertThat(incidents).hasSize(1);
        return incidents.values().iterator().next();
    }

    @Test
    void isAStateOfItsOwnWhileTheIncidentStaysOpen() {
        play("+-+-+");
        assertThat(courier().state()).isEqualTo(State.OK);
        assertThat(incident().isOpen()).isFalse();
        play("-+");
        assertThat(courier().state()).isEqualTo(State.FLAPPING);
        assertThat(courier().because()).startsWith("flaps: 6 changes").contains("0.34", "This round: OK: ");
        play("-+-+");
        assertThat(incident()).matches(Incident::isOpen).matches(Incident::flapping);
        assertThat(incident().history().changes())
                .extracting(Change::kind)
                .containsExactly(
                        Change.Kind.OPENED,
                        Change.Kind.CLOSED,
                        Change.Kind.REOPENED,
                        Change.Kind.CLOSED,
                        Change.Kind.REOPENED,
                        Change.Kind.FLAPPING);
        assertThat(incident().reopened()).isEqualTo(2);
        play("+".repeat(18));
        assertThat(courier().state()).isEqualTo(State.OK);
        assertThat(incident().isOpen()).isFalse();
        assertThat(incident().history().changes().subList(6, 8))
                .extracting(Change::kind)
                .containsExactly(Change.Kind.STEADY, Change.Kind.CLOSED);
    }

    @Test
    void isNeitherMetNorBrokenInARoundThatPassesAndBrokenInOneThatDoesNot() {
        play("+-+-+-+");
        assertThat(direct().verdict()).isEqualTo(Requirement.Verdict.INSUFFICIENT);
        assertThat(direct().because()).contains("FLAPPING: flaps: 6 changes");
        assertThat(direct().stillWorks()).as("it passes now").isEqualTo(Requirement.Verdict.MET);
        play("-");
        assertThat(courier().state()).isEqualTo(State.FLAPPING);
        assertThat(direct().verdict()).isEqualTo(Requirement.Verdict.BROKEN);
        assertThat(direct().because()).contains("This round: BLOCKED: ");
        assertThat(incident().isOpen()).isTrue();
    }

    @Test
    void whatIsSeenDuringMaintenanceDoesNotCount() {
        Agreements work = new Agreements(
                List.of(new Maintenance(
                        Set.of(new SegmentId("wifi")),
                        Instant.ofEpochMilli(Scene.ROUND + 4 * EVERY),
                        Instant.ofEpochMilli(Scene.ROUND + 8 * EVERY),
                        "Jo",
                        "new firewall")),
                List.of());
        judge = new Scene(pki, SEGMENTS, List.of()).judge(work);
        play("+-+");
        play("-+-+");
        assertThat(courier().state()).isEqualTo(State.OK);
        play("-+-");
        assertThat(courier().recent().changes()).as("two before, three after").isEqualTo(5);
        assertThat(courier().state()).isEqualTo(State.BLOCKED);
        play("+");
        assertThat(courier().state()).isEqualTo(State.FLAPPING);
    }

    @Test
    void goesOnFromTheStoredCellsAfterARestart() {
        play("+-+-+-");
        assertThat(courier().state()).isEqualTo(State.BLOCKED);
        judge = new Scene(pki, SEGMENTS, List.of()).judge();
        judge.recall(verdict.cells());
        play("+");
        assertThat(courier().state()).isEqualTo(State.FLAPPING);
    }

    @Test
    void aRoundThatIsJudgedAgainIsCountedOnce() {
        play("+-+-+-+");
        RoundVerdict again = judge.judge(round, verdict.closedAt());
        assertThat(again).isEqualTo(verdict);
    }

    @Test
    void othersAreWhatTheyWere() {
        play("+-+-+-+-+-");
        assertThat(verdict.cells())
                .filteredOn(c -> c.state() == State.FLAPPING)
                .extracting(c -> c.segment() + " " + c.target())
                .contains("wifi courier:5223")
                .allMatch(t -> t.startsWith("wifi ") && t.endsWith(":5223"));
    }
}
