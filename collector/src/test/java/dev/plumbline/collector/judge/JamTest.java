package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told, round after round, of a segment on which other targets answer at their second try only. */
final class JamTest {
    private static final Set<String> SEGMENTS = Set.of("wifi", "guest", "lab");
    private static final long FIVE_MINUTES = 300_000;
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one host                        | wifi:silent name:gdmf.apple.com; wifi:lost-once name:gs.apple.com+name:xp.apple.com       | 4 | wifi tcp.drop name:gdmf.apple.com
        one host while much is late     | wifi:silent name:gdmf.apple.com; wifi:lost-once name:itunes.apple.com+name:mzstatic.com   | 4 | wifi tcp.drop name:gdmf.apple.com
        a port                          | wifi:silent tcp/5223; wifi:lost-once name:itunes.apple.com+name:mzstatic.com              | 1 | wifi tcp.drop tcp/5223
        a port and a family of names    | guest:silent tcp/5223+name:icloud.com; guest:lost-once name:itunes.apple.com+name:mzstatic.com | 1 | guest tcp.drop name:icloud.com+tcp/5223
        a port and a host               | guest:silent tcp/5223+name:gdmf.apple.com; guest:lost-once name:itunes.apple.com+name:mzstatic.com | 4 | guest tcp.drop name:gdmf.apple.com+tcp/5223
        """)
    void whatIsDroppedIsToldInTheEnd(String what, String faults, int rounds, String expected) {
        List<String> told = told(rounds, faults);
        assertThat(told.get(rounds - 1)).isEqualTo(expected);
        assertThat(told.subList(0, rounds - 1)).as("before: nothing else").allMatch(line -> isPartOf(line, expected));
        assertThat(told.subList(0, rounds - 1)).as("before: not all of it").doesNotContain(expected);
    }

    /** A dash, or some of the atoms. */
    private static boolean isPartOf(String line, String whole) {
        return line.equals("-")
                || (line.startsWith(whole.substring(0, whole.lastIndexOf(' ')))
                        && List.of(whole.substring(whole.lastIndexOf(' ') + 1).split("\\+"))
                                .containsAll(List.of(line.substring(line.lastIndexOf(' ') + 1)
                                        .split("\\+"))));
    }

    @Test
    void whatWasDroppedBeforeStaysToldWhileOthersComeAndGo() {
        String quiet = "wifi:silent name:gdmf.apple.com";
        assertThat(told(2, quiet, quiet + "; wifi:lost-once name:gs.apple.com+name:xp.apple.com"))
                .containsOnly("wifi tcp.drop name:gdmf.apple.com");
    }

    @Test
    void anotherHostInEachRoundIsNobodys() {
        String late = "; wifi:lost-once name:itunes.apple.com+name:mzstatic.com";
        assertThat(told(
                        9,
                        "wifi:silent name:gdmf.apple.com" + late,
                        "wifi:silent name:gs.apple.com+name:xp.apple.com" + late,
                        "wifi:silent name:albert.apple.com+name:gdmf.apple.com" + late))
                .containsOnly("-");
    }

    @Test
    void whatIsNotToldYetIsSuspected() {
        Scene scene = scene("wifi:silent name:gdmf.apple.com; wifi:lost-once name:gs.apple.com+name:xp.apple.com");
        RoundVerdict verdict = Rehearsed.judge(scene.judge(), scene.batches(), Scene.ROUND);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.suspicions())
                .singleElement()
                .matches(f -> f.mechanism().id().equals("tcp.drop")
                        && f.sentence().contains("answered only at the second try; not confirmed yet"));
    }

    /** So many rounds of the same judge, each with the next of the faults, over and over. */
    private static List<String> told(int rounds, String... faults) {
        SiteJudge judge = scene("").judge();
        List<String> told = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
            told.add(found(Rehearsed.judge(
                    judge, scene(faults[n % faults.length]).batches(), Scene.ROUND + n * FIVE_MINUTES)));
        }
        return told;
    }

    private static Scene scene(String faults) {
        return new Scene(pki, SEGMENTS, Scene.Fault.all(faults));
    }
}
