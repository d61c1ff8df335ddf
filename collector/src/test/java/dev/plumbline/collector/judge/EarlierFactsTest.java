package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts of targets that may not be asked each round: agents tell them again, with the time at which they were seen. */
final class EarlierFactsTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final Set<String> SELDOM =
            Set.of("gdmf.apple.com:443", "albert.apple.com:443", "upload.appleschoolcontent.com:22");

    /** Minutes before the first round. */
    private static final int THIS_MORNING = -360;

    private static TestPki pki;

    @BeforeAll
    static void make() {
        pki = new TestPki();
    }

    /** Rounds of one judge, in minutes from the first. */
    private static final class Rounds {
        private final Map<AgentId, Batch> broken;
        private final Map<AgentId, Batch> sound;
        private SiteJudge judge;

        /** @param faults what is in the way in every round of what is asked in it, but for what is asked seldom */
        Rounds(String faults) {
            Scene scene = new Scene(pki, EVERYBODY, Scene.Fault.all(faults));
            this.broken = scene.batches();
            this.sound = new Scene(pki, EVERYBODY, List.of()).batches();
            this.judge = scene.judge();
        }

        /** @param passed when what is asked seldom was asked and passed; empty where it was met by what is in the way, in the first round */
        RoundVerdict judge(int minute, Map<String, Integer> passed) {
            broken.forEach((agent, batch) -> {
                Integer seen = passed.get(agent.segment().value());
                Batch now = at(minute, batch);
                List<Observation> all = new ArrayList<>(now.observations());
                all.removeIf(o -> SELDOM.contains(o.target().value()));
                Batch from = seen == null ? batch : Objects.requireNonNull(sound.get(agent));
                at(seen == null ? 0 : seen, from).observations().stream()
                        .filter(o -> SELDOM.contains(o.target().value()))
                        .map(o ->
                                told(o, Scene.ROUND + Duration.ofMinutes(minute).toMillis()))
                        .forEach(all::add);
                judge.accept(agent, with(now, all));
            });
            long round = Scene.ROUND + Duration.ofMinutes(minute).toMillis();
            return judge.judge(round, Instant.ofEpochMilli(round).plusSeconds(9));
        }

        /** Everybody's passed at the same time. */
        RoundVerdict judge(int minute, int passed) {
            return judge(minute, EVERYBODY.stream().collect(Collectors.toMap(s -> s, s -> passed)));
        }

        void restart(RoundVerdict latest) {
            judge = new Scene(pki, EVERYBODY, List.of()).judge();
            judge.recall(latest.cells());
        }

        private static Batch at(int minute, Batch batch) {
            Duration later = Duration.ofMinutes(minute);
            List<Observation> observations = batch.observations().stream()
                    .map(o -> new Observation(
                            o.target(),
                            o.round() + later.toMillis(),
                            o.tryNumber(),
                            o.startedAt().plus(later),
                            o.elapsed(),
                            o.lookups(),
                            o.attempts(),
                            o.loopLag(),
                            o.queueing()))
                    .toList();
            List<RoundSummary> summaries = batch.summaries().stream()
                    .map(s -> new RoundSummary(
                            s.round() + later.toMillis(),
                            s.planHash(),
                            s.startedAt().plus(later),
                            s.endedAt().plus(later),
                            s.probed(),
                            s.skipped(),
                            s.environment(),
                            s.demand()))
                    .toList();
            return new Batch(
                    batch.incarnation(), batch.sequence(), batch.planHash(), observations, summaries, batch.evidence());
        }

        private static Observation told(Observation o, long round) {
            return new Observation(
                    o.target(),
                    round,
                    o.tryNumber(),
                    o.startedAt(),
                    o.elapsed(),
                    o.lookups(),
                    o.attempts(),
                    o.loopLag(),
                    o.queueing());
        }

        private static Batch with(Batch batch, List<Observation> observations) {
            return new Batch(
                    batch.incarnation(),
                    batch.sequence(),
                    batch.planHash(),
                    observations,
                    batch.summaries(),
                    batch.evidence());
        }
    }

    private static String told(RoundVerdict verdict) {
        return verdict.findings().stream()
                .map(f -> f.place().word() + " " + f.mechanism().id() + " " + f.scope())
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest(name = "{0}, passed at minute {1}")
    @CsvSource(delimiter = '|', textBlock = """
            wifi:foreign tcp/443 | -360 | wifi tls.intercepted tcp/443
            wifi:foreign tcp/443 |   -1 | wifi tls.intercepted tcp/443
            wifi:silent tcp/443  | -360 | wifi tcp.drop tcp/443
            wifi:silent tcp/443  |   -1 | wifi tcp.drop tcp/443
            wifi:silent all      | -360 | wifi segment.offline all
            wifi:silent all      |   -1 | wifi segment.offline all
            """)
    void whatPassedBeforeItBeganIsNotExempt(String fault, int passed, String told) {
        RoundVerdict verdict = new Rounds(fault).judge(0, passed);
        assertThat(told(verdict)).isEqualTo(told);
        assertThat(verdict.findings().get(0).sentence()).doesNotContain("exempt");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatPassedOnceItHadBegunIsExemptForAsLongAsItIsTold(boolean isRestarted) {
        Rounds rounds = new Rounds("wifi:foreign tcp/443");
        assertThat(told(rounds.judge(0, THIS_MORNING))).isEqualTo("wifi tls.intercepted tcp/443");
        RoundVerdict asked = rounds.judge(5, 5);
        assertThat(told(asked)).contains("@!name:albert.apple.com");
        if (isRestarted) {
            rounds.restart(asked);
        }
        assertThat(told(rounds.judge(10, 5))).isEqualTo(told(asked));
        assertThat(told(rounds.judge(720, 5))).isEqualTo(told(asked));
    }

    /** A target may be gone for everybody since others asked it: that it passed there shows nothing of this segment. */
    @ParameterizedTest(name = "passed at minute {0}")
    @CsvSource({"-360", "-40", "-1"})
    void whatPassedElsewhereBeforeItFailedHereAccusesNobody(int passed) {
        Map<String, Integer> others = elsewhere(passed);
        Rounds rounds = new Rounds("srv:silent tcp/22");
        assertThat(told(rounds.judge(0, others))).isEmpty();
        assertThat(told(rounds.judge(5, others))).isEmpty();
    }

    /** Each agent asks it at another minute: what fails here waits until another has asked it since. */
    @Test
    void whatPassedElsewhereOnceItHadFailedHereIsAControl() {
        Rounds rounds = new Rounds("srv:silent tcp/22");
        rounds.judge(0, elsewhere(-40));
        assertThat(told(rounds.judge(20, elsewhere(20)))).isEqualTo("srv tcp.drop tcp/22");
        assertThat(told(rounds.judge(25, elsewhere(20)))).isEqualTo("srv tcp.drop tcp/22");
    }

    private static Map<String, Integer> elsewhere(int passed) {
        return EVERYBODY.stream().filter(s -> !s.equals("srv")).collect(Collectors.toMap(s -> s, s -> passed));
    }

    /** It is gone everywhere by now, as far as anybody looked. */
    @Test
    void whatIsGoneSinceOthersSawItIsHeldAgainstNobody() {
        Rounds rounds = new Rounds("everywhere:silent name:gdmf.apple.com");
        Map<String, Integer> others =
                EVERYBODY.stream().filter(s -> !s.equals("guest")).collect(Collectors.toMap(s -> s, s -> THIS_MORNING));
        assertThat(told(rounds.judge(0, others))).doesNotContain("guest");
    }

    @Test
    void theMatrixHasWhatWasSeenLastWithItsTime() {
        RoundVerdict verdict = new Rounds("wifi:foreign tcp/443").judge(0, THIS_MORNING);
        List<Cell> cells = verdict.cells().stream()
                .filter(c -> c.segment().equals(new SegmentId("wifi"))
                        && SELDOM.contains(c.target().value()))
                .toList();
        assertThat(cells).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.state()).isEqualTo(State.OK);
            assertThat(cell.observedAt())
                    .isBefore(Instant.ofEpochMilli(Scene.ROUND).minus(Duration.ofHours(5)));
        });
    }
}
