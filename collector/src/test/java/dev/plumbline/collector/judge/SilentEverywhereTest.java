package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told, round after round, of what is silent to every segment and outside at the same moment. */
final class SilentEverywhereTest {
    private static final List<String> SEGMENTS = List.of("wifi", "guest", "lab", "out");
    private static final long FIVE_MINUTES = 300_000;
    private static final String DOWN = "apple apple.down name:gdmf.apple.com";
    private static final String LATE = "lost-once name:itunes.apple.com+name:mzstatic.com";
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @Test
    void aHostThatIsDownIsToldAtOnce() {
        assertThat(told(1, everywhere("silent name:gdmf.apple.com"))).containsExactly(DOWN);
    }

    @Test
    void whereOthersComeAndGoEverywhereItIsToldOnceItOutweighsThem() {
        List<String> told = told(4, everywhere("silent name:gdmf.apple.com") + everywhere(LATE));
        assertThat(told.subList(0, 3)).containsOnly("-");
        assertThat(told.get(3)).isEqualTo(DOWN);
    }

    @Test
    void oneSegmentOnWhichNothingComesAndGoesIsEnough() {
        assertThat(told(1, everywhere("silent name:gdmf.apple.com") + "wifi:" + LATE + "; guest:" + LATE))
                .containsExactly(DOWN);
    }

    @Test
    void anotherHostInEachRoundIsNoOutage() {
        assertThat(told(
                        9,
                        everywhere("silent name:gdmf.apple.com") + everywhere(LATE),
                        everywhere("silent name:gs.apple.com+name:xp.apple.com") + everywhere(LATE),
                        everywhere("silent name:albert.apple.com+name:gdmf.apple.com") + everywhere(LATE)))
                .containsOnly("-");
    }

    @Test
    void aLittleOfEverythingIsToldOnlyWhenTheSameIsSilentAgain() {
        String some = everywhere("silent "
                + names(
                        "albert",
                        "gdmf",
                        "gs",
                        "xp",
                        "humb",
                        "identity",
                        "skl",
                        "static.ips",
                        "vpp.itunes",
                        "ppq",
                        "tbsc"));
        String others = everywhere("silent "
                + names(
                        "mesu",
                        "swcdn",
                        "swscan",
                        "lcdn-locator",
                        "captive",
                        "deviceenrollment",
                        "iprofiles",
                        "sq-device"));
        assertThat(told(2, some, others)).containsOnly("-");
        List<String> again = told(2, some);
        assertThat(again.get(0)).isEqualTo("-");
        assertThat(again.get(1)).startsWith("apple apple.down ");
    }

    @Test
    void aPortOnWhichNobodyAnswersIsToldAtOnceThoughOthersComeAndGo() {
        assertThat(told(1, everywhere("tls-silent tcp/5223") + everywhere(LATE)))
                .containsExactly("apple apple.down tcp/5223");
    }

    private static String names(String... hosts) {
        return List.of(hosts).stream().map(h -> "name:" + h + ".apple.com").collect(Collectors.joining("+"));
    }

    private static String everywhere(String effect) {
        return SEGMENTS.stream().map(s -> s + ":" + effect + "; ").collect(Collectors.joining());
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
        return new Scene(pki, Set.copyOf(SEGMENTS), Scene.Fault.all(faults.replaceAll("; *$", "")));
    }
}
