package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.compare.Comparison;
import dev.plumbline.collector.compare.Differences;
import dev.plumbline.collector.compare.Shown;
import dev.plumbline.collector.compare.Side;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two segments of one judged round compared, from the agents' facts on. */
final class ComparedScenesTest {
    private static TestPki pki;

    @BeforeAll
    static void authorities() throws Exception {
        pki = new TestPki();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # faults                             | quiet connections                                                  | aspects                | causes          | one that differs
            -                                    | -                                                                  | -                      | -               | -
            # what everybody has makes no difference
            everywhere:silent tcp/5223           | -                                                                  | -                      | -               | -
            wifi:silent tcp/5223                 | -                                                                  | state                  | tcp.drop        | courier:5223 state BLOCKED/OK
            wifi:foreign tcp/443                 | -                                                                  | certificate, state     | tls.intercepted | gdmf.apple.com:443 state INTERCEPTED/OK
            wifi:dns-nxdomain name:gdmf.apple.com | -                                                                 | resolver-answer, state | dns.nxdomain    | gdmf.apple.com:443 resolver-answer NXDOMAIN/apple
            -                                    | wifi 5223: silent@0+30, silent@60+30; guest 5223: alive@0+60; lab 5223: alive@0+60 | idle-timer, state | hold.reaped-silent | courier:5223 idle-timer silent after 30 s/stands after 60 s
            """)
    void wifiAndGuestDifferByWhatHappensToOneOfThem(
            String faults, String held, String aspects, String causes, String one) {
        Scene scene = new Scene(
                pki, Set.of("srv", "wifi", "guest", "lab", "out"), Scene.Fault.all(faults == null ? "" : faults));
        SiteJudge judge = scene.judge();
        scene.batches()
                .forEach((agent, batch) ->
                        judge.accept(agent, Held.with(batch, agent.segment().value(), held == null ? "" : held)));
        RoundVerdict verdict =
                judge.judge(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9));
        Differences differences = Comparison.of(side(verdict, "wifi"), side(verdict, "guest"));
        assertThat(differences.compared()).isGreaterThan(50);
        assertThat(words(differences)).isEqualTo(aspects == null ? "" : aspects);
        assertThat(String.join(
                        ", ",
                        differences.causes().stream()
                                .map(c -> c.incident().finding().mechanism().id())
                                .toList()))
                .isEqualTo(causes == null ? "" : causes);
        if (one != null) {
            assertThat(differences.differences())
                    .extracting(d -> d.target() + " " + d.aspect().word() + " " + d.a() + "/" + d.b())
                    .contains(one);
        }
    }

    private static String words(Differences differences) {
        return String.join(
                ", ",
                new TreeSet<>(differences.differences().stream()
                        .map(d -> d.aspect().word())
                        .toList()));
    }

    private static Side side(RoundVerdict verdict, String segment) {
        Map<TargetId, Shown> targets = verdict.cells().stream()
                .filter(c -> c.segment().value().equals(segment))
                .collect(Collectors.toMap(Cell::target, c -> new Shown(c.state(), c.because(), c.soft(), c.seen())));
        List<Incident> open = verdict.findings().stream()
                .filter(f -> f.place().equals(Place.of(new SegmentId(segment))))
                .map(f -> new Incident(
                        f.place() + f.mechanism().id(), f, verdict.closedAt(), Optional.empty(), verdict.round()))
                .toList();
        return new Side(segment, targets, open);
    }
}
