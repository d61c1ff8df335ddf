package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.foundAndNoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who ends quiet connections, and who only looks like it. What is held where: see {@link Held}. */
final class ReapedHoldsTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");

    /** Half a minute is as long as anybody tries; on the other segments all stands. */
    private static final String OTHERS =
            "guest 5223: alive@0+10, alive@20+30, alive@60+30; guest 443: alive@0+30; guest h443: alive@0+30; ";

    private static final String REAPER_25 =
            "wifi 5223: alive@0+10, silent@20+30, silent@80+30; " + "wifi 443: alive@0+10, silent@20+30, silent@80+30";
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            all stands                       |                                                                      | -
            forgotten on one port            | wifi 5223: silent@0+30, silent@60+30; wifi 443: alive@0+30           | wifi hold.reaped-silent tcp/5223
            forgotten on both                | wifi 5223: silent@0+30, silent@60+30; wifi 443: silent@0+30, silent@60+30 | wifi hold.reaped-silent all
            reset on both                    | wifi 5223: reset_after_write@0+30, reset@60+25/30; wifi 443: reset_after_write@0+30, reset_after_write@60+30 | wifi hold.reaped-reset all
            closed on both                   | wifi 5223: closed@0+20/30, closed@60+20/25; wifi 443: closed@0+20/30, closed@60+21/25 | wifi hold.reaped-closed all
            silent here, closed there        | wifi 5223: silent@0+30, silent@60+30; wifi 443: closed@0+20/30, closed@60+20/25 | wifi hold.reaped-closed tcp/443; wifi hold.reaped-silent tcp/5223
            only one port is held            | wifi 5223: silent@0+30, silent@60+30                                 | wifi hold.reaped-silent tcp/5223
            once is nothing                  | wifi 5223: silent@0+30; wifi 443: silent@0+30                        | -
            once, and the helper's later     | wifi 5223: silent@0+30; wifi h443: silent@60+30                      | wifi hold.reaped-silent tcp/5223
            all at one moment                | wifi 5223: silent@0+30; wifi h443: silent@10+30; wifi h5223: silent@5+30 | -
            closed at one moment             | wifi 5223: closed@0+20/30; wifi h443: closed@10+10/30                | -
            once, and otherwise the helper's | wifi 5223: silent@0+30; wifi h443: reset_after_write@60+30           | -
            once, by a box nearby            | wifi 5223: reset_after_write@0+30 near                               | wifi hold.reaped-reset tcp/5223
            by the peer itself               | wifi 5223: reset_after_write@0+30 far, reset_after_write@60+30 far   | -
            mended: later ones stand         | wifi 5223: silent@0+30, silent@60+30, alive@120+30                   | -
            mended, then once again          | wifi 5223: silent@0+30, silent@60+30, alive@120+30, silent@180+30    | -
            younger ones stand               | wifi 5223: silent@0+30, silent@60+30, alive@120+20                   | wifi hold.reaped-silent tcp/5223
            older ones stood before          | wifi 5223: alive@0+60, silent@80+30, silent@140+30                   | wifi hold.reaped-silent tcp/5223
            another kind since               | wifi 5223: silent@0+30, silent@60+30, closed@120+20/30               | -
            ended by itself at any age       | wifi 5223: closed@0+8/30, closed@60+21/30                            | -
            the host slept                   | wifi 5223: local@0+30, local@60+30, not_measured@120+30              | -
            Apple closes everywhere          | everywhere 5223: closed@200+20/30, closed@260+20/30                  | -
            a box upstream of everybody      | everywhere 5223: silent@200+30, silent@260+30; everywhere h443: silent@200+30, silent@260+30 | -
            nobody else held so long         | wifi 5223: silent@0+40, silent@60+40; wifi 443: alive@0+60           | -
            but the helper's elsewhere did   | wifi 5223: silent@0+40, silent@60+40; wifi h443: silent@0+40, silent@60+40; out h443: alive@0+60 | wifi hold.reaped-silent tcp/5223
            only the helper's are ended      | wifi h443: silent@0+30, silent@60+30                                 | -
            two segments                     | wifi 5223: silent@0+30, silent@60+30; srv 5223: silent@0+30, silent@60+30; lab 5223: closed@0+20/30, closed@60+20/30 | lab hold.reaped-closed tcp/5223; wifi hold.reaped-silent tcp/5223
            """)
    void whoEndsQuietConnectionsIsNamed(String what, String held, String expected) {
        assertThat(foundAndNoted(judge(OTHERS + (held == null ? "" : held), "")))
                .isEqualTo(expected);
    }

    @Test
    void itIsToldWithItsTimerAndWitnessesAndBreaksOneRuleOnly() {
        RoundVerdict verdict = judge(OTHERS + REAPER_25, "");
        assertThat(verdict.findings()).singleElement().satisfies(f -> {
            assertThat(f.sentence())
                    .contains(
                            "tcp/5223 after more than 10 s and at most 30 s of quiet (2 seen)", "on guest they stand");
            assertThat(f.remedy()).startsWith("Raise the idle timer for tcp/5223 and tcp/443 on wifi to 30 minutes");
            assertThat(f.witnesses())
                    .hasSize(4)
                    .allSatisfy(w -> assertThat(w.local().port()).isEqualTo(50000));
            assertThat(f.targets()).extracting(t -> t.value()).containsExactly("courier:443", "courier:5223");
        });
        assertThat(requirement(verdict, "wifi", "apns-persistent")).isEqualTo(Verdict.BROKEN);
        assertThat(requirement(verdict, "wifi", "apns-device-direct")).isEqualTo(Verdict.MET);
        assertThat(state(verdict, "courier:5223")).isEqualTo(State.IMPAIRED);
        assertThat(state(verdict, "init.push.apple.com:443")).isEqualTo(State.OK);
    }

    @Test
    void whatFailsAtOnceHasAnotherCause() {
        RoundVerdict verdict = judge(OTHERS + REAPER_25, "wifi:silent tcp/443");
        assertThat(foundAndNoted(verdict)).isEqualTo("wifi hold.reaped-silent all; wifi tcp.drop tcp/443");
        assertThat(state(verdict, "courier:443")).isEqualTo(State.BLOCKED);
        assertThat(requirement(verdict, "wifi", "apns-device-fallback")).isEqualTo(Verdict.BROKEN);
        assertThat(judge(OTHERS + REAPER_25, "wifi:tls-silent name:xp.apple.com+name:gdmf.apple.com")
                        .cells())
                .filteredOn(c -> c.target().value().startsWith("gdmf")
                        && c.segment().value().equals("wifi"))
                .isNotEmpty()
                .noneMatch(c -> c.because().contains("quiet"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wifi 5223: alive@0+1800; wifi 443: alive@0+3600                        | MET
            wifi 5223: closed@0+20/30, closed@60+20/30; guest 5223: closed@80+20/30 | INSUFFICIENT
            wifi 5223: silent@0+30                                                 | INSUFFICIENT
            """)
    void standingForHalfAnHourMeetsTheRuleAndAnUnexplainedEndLeavesItOpen(String held, Verdict verdict) {
        assertThat(requirement(judge(held, ""), "wifi", "apns-persistent")).isEqualTo(verdict);
    }

    @Test
    void aPortThatStoodForAShortTimeSaysNothingYet() {
        assertThat(judge("wifi 5223: alive@0+1700; wifi 443: alive@0+3600", "").requirements())
                .noneMatch(r -> r.id().equals("apns-persistent"));
    }

    @Test
    void whatEndedADayAgoOrIsYetToComeCountsForNothing() {
        Scene scene = new Scene(pki, EVERYBODY, List.of());
        SiteJudge judge = judge(scene, OTHERS + REAPER_25, new Random(1));
        Instant end = Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9);
        assertThat(foundAndNoted(judge.judge(Scene.ROUND, end))).isEqualTo("wifi hold.reaped-silent all");
        assertThat(foundAndNoted(judge.judge(Scene.ROUND, end.plusSeconds(86400))))
                .isEqualTo("-");
        assertThat(foundAndNoted(judge.judge(Scene.ROUND, end.minusSeconds(7200))))
                .isEqualTo("-");
    }

    @Test
    void orderAndDuplicatesChangeNothing() {
        Scene scene = new Scene(pki, EVERYBODY, List.of());
        Instant end = Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9);
        RoundVerdict once = judge(scene, OTHERS + REAPER_25, new Random(1)).judge(Scene.ROUND, end);
        SiteJudge twice = judge(scene, OTHERS + REAPER_25, new Random(2));
        scene.batches()
                .forEach((agent, batch) ->
                        twice.accept(agent, Held.with(batch, agent.segment().value(), OTHERS + REAPER_25)));
        assertThat(twice.judge(Scene.ROUND, end)).isEqualTo(once);
    }

    private static RoundVerdict judge(String held, String faults) {
        Scene scene = new Scene(pki, EVERYBODY, Scene.Fault.all(faults));
        return judge(scene, held, new Random(1))
                .judge(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9));
    }

    private static SiteJudge judge(Scene scene, String held, Random order) {
        SiteJudge judge = scene.judge();
        List<Map.Entry<AgentId, Batch>> batches =
                new ArrayList<>(scene.batches().entrySet());
        Collections.shuffle(batches, order);
        batches.forEach(b -> judge.accept(
                b.getKey(), Held.with(b.getValue(), b.getKey().segment().value(), held)));
        return judge;
    }

    private static Verdict requirement(RoundVerdict verdict, String segment, String id) {
        return verdict.requirements().stream()
                .filter(r -> r.segment().value().equals(segment) && r.id().equals(id))
                .map(Requirement::verdict)
                .findFirst()
                .orElseThrow();
    }

    private static State state(RoundVerdict verdict, String target) {
        return verdict.cells().stream()
                .filter(c ->
                        c.segment().value().equals("wifi") && c.target().value().equals(target))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
