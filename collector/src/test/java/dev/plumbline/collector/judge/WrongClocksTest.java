package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Environment;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Surroundings.ClockOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clocks that differ from the collector's are told for, and that nothing else comes of them. */
final class WrongClocksTest {
    private static final Set<String> SEGMENTS = Set.of("srv", "wifi", "guest", "lab");
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    /** Seconds by which the collector's clock is ahead of that of each agent, give or take how many; the rest did not read it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            all right                          | srv 0.1; wifi 0; guest -0.2; lab 0       | ''                       | -
            nobody read it                     | ''                                       | ''                       | -
            one is behind                      | srv 0; wifi 3600; guest 0; lab 0         | ''                       | wifi clock.wrong all
            one is ahead                       | srv 0; wifi -3600; guest 0; lab 0        | ''                       | wifi clock.wrong all
            a few seconds                      | srv 0; wifi 4.9; guest 0; lab 0          | ''                       | -
            a slow way                         | srv 0; wifi 8~4; guest 0; lab 0          | ''                       | -
            two of them, each otherwise        | srv 0; wifi 3600; guest -90; lab 0       | ''                       | guest clock.wrong all; wifi clock.wrong all
            two of them alike                  | srv 0; wifi 90; guest 90.5; lab 0        | ''                       | guest clock.wrong all; wifi clock.wrong all
            the collector's, and one beside it | srv 90; wifi 90.5; guest 91; lab 0       | ''                       | site clock.wrong all
            the collector's                    | srv 90; wifi 90.5; guest 91; lab 90      | ''                       | site clock.wrong all
            all, each otherwise                | srv 90; wifi 900; guest -90; lab 9       | ''                       | guest clock.wrong all; lab clock.wrong all; srv clock.wrong all; wifi clock.wrong all
            one alone                          | wifi 90                                  | ''                       | wifi clock.wrong all
            and a port is dropped              | srv 0; wifi 3600; guest 0; lab 0         | wifi:silent tcp/5223     | wifi clock.wrong all; wifi tcp.drop tcp/5223
            and another's port is              | srv 0; wifi 3600; guest 0; lab 0         | guest:silent tcp/5223    | guest tcp.drop tcp/5223; wifi clock.wrong all
            """)
    void aClockThatDiffersIsToldAndNothingElse(String what, String clocks, String faults, String expected) {
        RoundVerdict verdict =
                Rehearsed.judge(scene(faults).judge(), told(scene(faults).batches(), clocks), Scene.ROUND);
        assertThat(found(verdict)).isEqualTo(expected);
        RoundVerdict without =
                Rehearsed.judge(scene(faults).judge(), scene(faults).batches(), Scene.ROUND);
        assertThat(verdict.cells()).as("no state changes").isEqualTo(without.cells());
        assertThat(verdict.requirements()).isEqualTo(without.requirements());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            srv 0; wifi 3600; guest 0; lab 0   | the collector's clock is 3600.000 s ahead of that of wifi-1; other agents' clocks agree
            srv 0; wifi -90; guest 0; lab 0    | the collector's clock is 90.000 s behind that of wifi-1; other agents' clocks agree
            wifi 90                            | which of the two is wrong no other agent can tell
            srv 90; wifi 90; guest 90; lab 90  | for 4 of 4 agents alike the collector's clock is 90.000 s ahead of their hosts'
            """)
    void itIsSaidWhoseItIsAsFarAsThatIsKnown(String clocks, String sentence) {
        RoundVerdict verdict = Rehearsed.judge(scene("").judge(), told(scene("").batches(), clocks), Scene.ROUND);
        List<Finding> wrong = verdict.findings().stream()
                .filter(f -> f.mechanism() == Mechanism.CLOCK_WRONG)
                .toList();
        assertThat(wrong).singleElement().satisfies(f -> {
            assertThat(f.sentence()).contains(sentence);
            assertThat(f.witnesses())
                    .allSatisfy(w -> assertThat(w.saw()).contains("this host's, give or take 0.010 s"));
        });
    }

    private static Map<AgentId, Batch> told(Map<AgentId, Batch> batches, String clocks) {
        Map<String, ClockOffset> offsets = new LinkedHashMap<>();
        for (String clock : clocks.split(";", -1)) {
            if (!clock.isBlank()) {
                String[] part = clock.trim().split("[ ~]", -1);
                offsets.put(
                        part[0],
                        new ClockOffset(
                                seconds(part[1]),
                                seconds(part.length > 2 ? part[2] : "0.01"),
                                Instant.ofEpochMilli(Scene.ROUND)));
            }
        }
        Map<AgentId, Batch> all = new LinkedHashMap<>();
        batches.forEach((agent, batch) -> {
            ClockOffset offset = offsets.get(agent.segment().value());
            all.put(agent, offset == null ? batch : with(batch, offset));
        });
        return all;
    }

    private static Batch with(Batch batch, ClockOffset offset) {
        RoundSummary summary = batch.summaries().get(0);
        Environment seen = summary.environment();
        return batch.with(
                batch.observations(),
                List.of(summary.with(seen.with(seen.surroundings().with(offset)))));
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }

    private static Scene scene(String faults) {
        return new Scene(pki, SEGMENTS, Scene.Fault.all(faults));
    }
}
