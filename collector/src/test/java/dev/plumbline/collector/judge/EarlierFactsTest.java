package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Observation;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts of targets that may not be asked each round: agents tell them again, with the time at which they were seen. */
final class EarlierFactsTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final Set<String> SELDOM =
            Set.of("gdmf.apple.com:443", "albert.apple.com:443", "upload.appleschoolcontent.com:22");

    private static TestPki pki;

    @BeforeAll
    static void make() {
        pki = new TestPki();
    }

    /** What is in the way now was not there when these targets were asked. */
    private static RoundVerdict verdict(String faults, Duration age, Set<String> without) {
        return verdict(faults, age, without, Catalog.builtIn());
    }

    private static RoundVerdict verdict(String faults, Duration age, Set<String> without, Catalog catalog) {
        Scene now = new Scene(pki, EVERYBODY, Scene.Fault.all(faults), Map.of(), catalog);
        Scene then = new Scene(pki, EVERYBODY, List.of());
        Map<AgentId, Batch> earlier = then.batches();
        SiteJudge judge = now.judge();
        now.batches().forEach((agent, batch) -> {
            boolean isFresh = without.contains(agent.segment().value());
            judge.accept(agent, isFresh ? batch : mixed(batch, Objects.requireNonNull(earlier.get(agent)), age));
        });
        return judge.judge(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9));
    }

    private static Batch mixed(Batch now, Batch then, Duration age) {
        List<Observation> all = new ArrayList<>(now.observations());
        all.removeIf(o -> SELDOM.contains(o.target().value()));
        then.observations().stream()
                .filter(o -> SELDOM.contains(o.target().value()))
                .map(o -> seenBefore(o, age))
                .forEach(all::add);
        return new Batch(
                now.incarnation(),
                now.sequence(),
                now.planHash(),
                all,
                now.summaries(),
                now.evidence(),
                now.holds(),
                now.losses());
    }

    private static Observation seenBefore(Observation o, Duration age) {
        return new Observation(
                o.target(),
                o.round(),
                o.tryNumber(),
                o.startedAt().minus(age),
                o.elapsed(),
                o.lookups(),
                o.attempts(),
                o.loopLag(),
                o.queueing());
    }

    private static String told(RoundVerdict verdict) {
        return verdict.findings().stream()
                .map(f -> f.place().word() + " " + f.mechanism().id() + " " + f.scope())
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            wifi:foreign tcp/443 | wifi tls.intercepted tcp/443
            wifi:silent tcp/443  | wifi tcp.drop tcp/443
            wifi:silent all      | wifi segment.offline all
            """)
    void whatPassedThisMorningIsNotExemptNow(String fault, String told) {
        RoundVerdict verdict = verdict(fault, Duration.ofHours(6), Set.of());
        assertThat(told(verdict)).isEqualTo(told);
        assertThat(verdict.findings().get(0).sentence()).doesNotContain("exempt");
    }

    @Test
    void whatPassedAMinuteAgoIs() {
        assertThat(told(verdict("wifi:foreign tcp/443", Duration.ofMinutes(1), Set.of())))
                .contains("@!name:albert.apple.com");
    }

    @Test
    void whatIsAskedOnceADayIsExemptInTheRoundThatAskedItAlone(@TempDir Path folder) throws Exception {
        Path overlay = Files.writeString(folder.resolve("overlay.yaml"), "minimum-interval: 1d\n");
        Catalog onceADay = Catalog.load(List.of(overlay));
        assertThat(told(verdict("wifi:foreign tcp/443", Duration.ofMinutes(1), Set.of(), onceADay)))
                .isEqualTo("wifi tls.intercepted tcp/443");
        assertThat(told(verdict("wifi:foreign tcp/443", Duration.ZERO, Set.of(), onceADay)))
                .contains("@!name:albert.apple.com");
    }

    /** Asked once an hour, by each agent at another minute: else nobody would ever be compared. */
    @Test
    void whatOthersSawWithinTheHourOfATargetThatIsAskedHourlyIsAControl() {
        assertThat(told(verdict("srv:silent tcp/22", Duration.ofMinutes(40), Set.of("srv"))))
                .isEqualTo("srv tcp.drop tcp/22");
    }

    /** It is gone everywhere by now, as far as anybody looked: that others saw it this morning shows nothing of this segment. */
    @Test
    void whatOthersSawThisMorningAccusesNobody() {
        String gone = "everywhere:silent name:gdmf.apple.com";
        assertThat(told(verdict(gone, Duration.ofHours(6), Set.of("guest")))).doesNotContain("guest");
        assertThat(told(verdict(gone, Duration.ofMinutes(1), Set.of("guest")))).contains("guest tcp.drop");
    }

    @Test
    void theMatrixHasWhatWasSeenLastWithItsTime() {
        List<Cell> cells = verdict("wifi:foreign tcp/443", Duration.ofHours(6), Set.of()).cells().stream()
                .filter(c -> c.segment().value().equals("wifi")
                        && SELDOM.contains(c.target().value()))
                .toList();
        assertThat(cells).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.state()).isEqualTo(State.OK);
            assertThat(cell.observedAt())
                    .isBefore(Instant.ofEpochMilli(Scene.ROUND).minus(Duration.ofHours(5)));
        });
    }
}
