package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Environment;
import dev.plumbline.words.RoundSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites whose agents are of several builds, or several to a segment: what follows the agent is not blamed on its segment. */
final class FollowsAgentTest {
    private static final Set<String> SEGMENTS = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final long EVERY = 318_000;
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    /** The first column's faults are what the first agents see; wifi's second agent sees those of the second. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            both reach everything             | ''                                      | ''                         | -
            the first alone does not          | wifi:silent tcp/5223                   | ''                         | wifi agent.differs tcp/5223
            both do not                       | wifi:silent tcp/5223                   | wifi:silent tcp/5223      | wifi tcp.drop tcp/5223
            the second alone does not         | ''                                      | wifi:silent tcp/5223      | -
            neither resolves                  | wifi:dns-nxdomain all                  | wifi:dns-nxdomain all     | wifi dns.nxdomain all
            the first alone does not resolve  | wifi:dns-nxdomain name:apple.com       | ''                         | wifi agent.differs name:apple.com
            each of them another port         | wifi:reset tcp/5223                    | wifi:reset tcp/443        | wifi agent.differs tcp/5223
            both meet the same list           | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | wifi tcp.partial tcp/5223
            a signature is no accident        | wifi:foreign tcp/443                   | ''                         | wifi tls.intercepted tcp/443
            all first agents do not           | everywhere:reset-far tcp/2197; wifi:reset tcp/5223 | everywhere:reset-far tcp/2197 | apple apple.down tcp/2197; wifi agent.differs tcp/5223
            a lost packet here and there      | wifi:lost-once all                     | ''                         | -
            the first reaches nothing         | wifi:silent all                        | ''                        | -
            neither reaches anything          | wifi:silent all                        | wifi:silent all           | wifi segment.offline all
            a busy host that proved it        | wifi:silent tcp/5223                   | wifi:silent tcp/443; wifi:unfit all | wifi agent.differs tcp/5223
            a busy host that did not          | wifi:silent tcp/5223                   | wifi:silent tcp/5223; wifi:unfit all | wifi tcp.drop tcp/5223
            """)
    void whatAColleagueProvesIsNotTheSegments(String what, String first, String second, String expected) {
        Map<AgentId, Batch> batches = new LinkedHashMap<>(scene(first).batches());
        scene(second).batches().forEach((agent, batch) -> {
            if (agent.segment().value().equals("wifi")) {
                batches.put(new AgentId(agent.segment(), "wifi-2"), batch);
            }
        });
        assertThat(found(Rehearsed.judge(scene("").judge(), batches, Scene.ROUND)))
                .isEqualTo(expected);
    }

    /** Rounds, each with the segments whose agents are of the new version in it, and what is seen from then on. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            new on two, failing on both        | wifi guest     | wifi:reset tcp/5223; guest:reset tcp/5223 | guest agent.differs tcp/5223; wifi agent.differs tcp/5223
            new on two, failing on one         | wifi guest     | wifi:reset tcp/5223                       | wifi tcp.reset tcp/5223
            new on one                         | wifi           | wifi:reset tcp/5223                       | wifi tcp.reset tcp/5223
            new on one, failing on two         | wifi           | wifi:reset tcp/5223; guest:reset tcp/5223 | guest tcp.reset tcp/5223; wifi tcp.reset tcp/5223
            new on three, failing on two       | wifi guest lab | wifi:reset tcp/5223; guest:reset tcp/5223 | guest tcp.reset tcp/5223; wifi tcp.reset tcp/5223
            new on two, failing otherwise      | wifi guest     | wifi:reset tcp/5223; guest:prohibited tcp/5223 | guest tcp.prohibited tcp/5223; wifi tcp.reset tcp/5223
            new on two, opened on both         | wifi guest     | wifi:foreign tcp/443; guest:foreign tcp/443 | guest tls.intercepted tcp/443; wifi tls.intercepted tcp/443
            none new                           | ''              | wifi:reset tcp/5223; guest:reset tcp/5223 | guest tcp.reset tcp/5223; wifi tcp.reset tcp/5223
            """)
    void whatCameWithABuildIsTheBuilds(String what, String upgraded, String faults, String expected) {
        SiteJudge judge = scene("").judge();
        Rehearsed.judge(judge, scene("").batches(), Scene.ROUND);
        Map<AgentId, Batch> later = upgraded(scene(faults).batches(), upgraded);
        assertThat(found(Rehearsed.judge(judge, later, Scene.ROUND + EVERY))).isEqualTo(expected);
        assertThat(found(Rehearsed.judge(judge, later, Scene.ROUND + 2 * EVERY)))
                .as("in the round after it")
                .isEqualTo(expected);
        assertThat(found(Rehearsed.judge(judge, upgraded(scene("").batches(), "wifi guest"), Scene.ROUND + 3 * EVERY)))
                .as("once the new build proves all")
                .isEqualTo("-");
    }

    /** Rounds parted by arrows, each as VERSION=FAULTS of wifi and guest; what the last one is to tell. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            broken by the second build      | 1 > 2 reset > 2 reset         | agent.differs
            and by the third                | 1 > 2 reset > 3 reset         | agent.differs
            reset before it came            | 1 reset > 2 reset             | tcp.reset
            passed once, reset, then came   | 1 > 1 reset > 2 reset         | tcp.reset
            the second build proved it      | 1 > 2 > 2 reset               | tcp.reset
            the second proved it, the third | 1 > 2 > 3 reset               | agent.differs
            the first again                 | 1 > 2 reset > 1 reset         | tcp.reset
            mended by the third             | 1 > 2 reset > 3               | -
            """)
    void onlyWhatABuildProvedToItsEndIsTheNextOnes(String what, String rounds, String expected) {
        SiteJudge judge = scene("").judge();
        long round = Scene.ROUND;
        List<String> told = new ArrayList<>();
        for (String step : rounds.split(">", -1)) {
            String[] part = step.trim().split(" ", -1);
            String faults = part.length > 1 ? "wifi:reset tcp/5223; guest:reset tcp/5223" : "";
            Map<AgentId, Batch> batches = upgraded(scene(faults).batches(), "wifi guest", part[0]);
            round += EVERY;
            told.add(found(Rehearsed.judge(judge, batches, round)));
        }
        assertThat(told.get(told.size() - 1))
                .isEqualTo(
                        expected.equals("-")
                                ? expected
                                : "guest " + expected + " tcp/5223; wifi " + expected + " tcp/5223");
    }

    /** A round is told the same when it is judged again after later ones. */
    @Test
    void aRoundThatIsJudgedAgainIsToldTheSame() {
        SiteJudge judge = scene("").judge();
        Rehearsed.judge(judge, scene("").batches(), Scene.ROUND);
        long broken = Scene.ROUND + EVERY;
        Map<AgentId, Batch> reset =
                upgraded(scene("wifi:reset tcp/5223; guest:reset tcp/5223").batches(), "wifi guest", "2");
        String before = found(Rehearsed.judge(judge, reset, broken));
        Rehearsed.judge(judge, upgraded(scene("").batches(), "wifi guest", "2"), broken + EVERY);
        assertThat(found(Rehearsed.judge(judge, reset, broken)))
                .isEqualTo(before)
                .isEqualTo("guest agent.differs tcp/5223; wifi agent.differs tcp/5223");
    }

    /** What fails for an agent alone is no control for others: without srv, lab and out only wifi's agents see what guest lacks. */
    @Test
    void anAgentsOwnFaultSpeaksForNobodyElse() {
        Set<String> two = Set.of("wifi", "guest");
        Map<AgentId, Batch> batches = new LinkedHashMap<>(
                new Scene(pki, two, Scene.Fault.all("wifi:silent tcp/5223; guest:silent tcp/5223")).batches());
        new Scene(pki, two, List.of()).batches().forEach((agent, batch) -> {
            if (agent.segment().value().equals("wifi")) {
                batches.put(new AgentId(agent.segment(), "wifi-2"), batch);
            }
        });
        SiteJudge judge = new Scene(pki, two, List.of()).judge();
        assertThat(found(Rehearsed.judge(judge, batches, Scene.ROUND)))
                .isEqualTo("guest tcp.drop tcp/5223; wifi agent.differs tcp/5223");
    }

    private static Scene scene(String faults) {
        return new Scene(pki, SEGMENTS, Scene.Fault.all(faults));
    }

    private static Map<AgentId, Batch> upgraded(Map<AgentId, Batch> batches, String segments) {
        return upgraded(batches, segments, "2");
    }

    private static Map<AgentId, Batch> upgraded(Map<AgentId, Batch> batches, String segments, String version) {
        Map<AgentId, Batch> all = new LinkedHashMap<>(batches);
        all.replaceAll((agent, batch) ->
                List.of(segments.split(" ", -1)).contains(agent.segment().value())
                        ? batch.with(
                                batch.observations(),
                                batch.summaries().stream()
                                        .map(s -> upgraded(s, version))
                                        .toList())
                        : batch);
        return all;
    }

    private static RoundSummary upgraded(RoundSummary summary, String version) {
        Environment before = summary.environment();
        return new RoundSummary(
                summary.round(),
                summary.planHash(),
                summary.startedAt(),
                summary.endedAt(),
                summary.probed(),
                summary.skipped(),
                new Environment(
                        version,
                        before.platform(),
                        before.tlsEngine(),
                        before.sourceAddresses(),
                        before.resolvers(),
                        before.unfitReason()),
                summary.demand());
    }
}
