package dev.plumbline.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one segment meets at some couriers, and every segment at all the others: nobody is blamed for what is not his. */
final class PairsOfCausesTest {
    /** What a segment may do, with what it may be called for it; those at the end act on connections that stand. */
    private static final Map<String, Set<Mechanism>> WORDS = Map.of(
            "silent", Set.of(Mechanism.TCP_DROP, Mechanism.TCP_PARTIAL),
            "reset", Set.of(Mechanism.TCP_RESET, Mechanism.TCP_PARTIAL),
            "prohibited", Set.of(Mechanism.TCP_PROHIBITED, Mechanism.TCP_PARTIAL),
            "tls-reset", Set.of(Mechanism.TLS_RESET_ON_NAME),
            "tls-silent", Set.of(Mechanism.TLS_STALLED),
            "foreign", Set.of(Mechanism.TLS_INTERCEPTED));

    private static final Set<String> ON_CONNECTIONS = Set.of("tls-reset", "tls-silent", "foreign");
    private static final List<String> HERE =
            List.of("silent", "reset", "prohibited", "tls-reset", "tls-silent", "foreign");
    private static final List<String> EVERYWHERE =
            List.of("silent", "reset-far", "prohibited", "tls-reset", "tls-silent");
    private static final List<String> SOME = List.of(
            "tcp/5223@ipv4",
            "tcp/5223@ipv6",
            "tcp/5223@17.57.145.0/24",
            "tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24");
    private static final List<Set<String>> SITES = List.of(
            Set.of("srv", "wifi", "guest", "lab", "out"), Set.of("wifi", "guest", "lab"), Set.of("wifi", "guest"));

    /**
     * Where the cause everywhere hides the one here.
     *
     * @param suspected it stays a suspicion
     */
    private record Hidden(Set<String> here, Set<String> everywhere, String some, boolean suspected, String because) {
        boolean hides(String one, String at, String other) {
            return here.contains(one) && everywhere.contains(other) && (some.isEmpty() || some.equals(at));
        }
    }

    private static final Set<String> ON_THE_WAY = Set.of("silent", "reset-far", "prohibited");
    private static final List<Hidden> HIDDEN = List.of(
            new Hidden(
                    Set.of("reset"),
                    Set.of("reset-far"),
                    "",
                    false,
                    "without a measured distance one reset looks like the other"),
            new Hidden(
                    Set.of("silent", "reset", "prohibited"),
                    Set.of("silent", "prohibited"),
                    "",
                    true,
                    "a server that is gone may be silent to one and refused by a router to another"),
            new Hidden(
                    Set.of("silent", "prohibited"),
                    Set.of("reset-far"),
                    "",
                    true,
                    "a server that resets may answer one and no longer the other"),
            new Hidden(
                    Set.of("tls-reset", "tls-silent"),
                    ON_THE_WAY,
                    "",
                    true,
                    "who connects where nobody else does may have a box on the way, or servers that come back"),
            new Hidden(
                    Set.of("tls-reset", "tls-silent"),
                    Set.of("tls-reset", "tls-silent"),
                    "",
                    true,
                    "a server that fails in its handshakes may end one and never answer another"),
            new Hidden(
                    Set.of("foreign"),
                    Set.of("silent", "reset-far", "prohibited", "tls-reset", "tls-silent"),
                    "",
                    false,
                    "nobody else is shown a chain of the couriers, and this one is shown nowhere else"),
            new Hidden(
                    Set.of("silent"),
                    Set.of("tls-reset", "tls-silent"),
                    "tcp/5223@17.57.145.0/24",
                    false,
                    "one silent address of many is a dead member of the pool"));

    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    static Stream<Arguments> pairs() {
        List<Arguments> all = new ArrayList<>();
        for (String here : HERE) {
            for (String everywhere : EVERYWHERE) {
                for (String some : SOME) {
                    if (!here.equals(everywhere)) {
                        all.add(Arguments.of(here, some, everywhere));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} at {1}, {2} everywhere")
    @MethodSource("pairs")
    void nobodyIsBlamedForTheOther(String here, String some, String everywhere) {
        for (Set<String> segments : SITES) {
            RoundVerdict verdict =
                    verdict(segments, "wifi:" + here + " " + some + "; everywhere:" + everywhere + " tcp/5223");
            assertThat(verdict.findings())
                    .as("on " + segments)
                    .filteredOn(f -> f.severity() == Severity.VIOLATION)
                    .allSatisfy(f -> {
                        assertThat(f.place().word()).isEqualTo("wifi");
                        assertThat(WORDS.get(here)).contains(f.mechanism());
                    });
            // Who connects where the others do not may have a box on the way, or be right: only the outside tells.
            boolean further = ON_CONNECTIONS.contains(here) && !ON_CONNECTIONS.contains(everywhere);
            if (!further || segments.contains("out")) {
                assertThat(verdict.findings().stream()
                                .filter(f -> f.severity() == Severity.FAULT)
                                .map(Finding::place)
                                .collect(Collectors.toSet()))
                        .as("on " + segments)
                        .containsAnyElementsOf(
                                segments.contains("out") ? Set.of(Place.APPLE) : Set.of(Place.SITE, Place.APPLE));
            }
        }
    }

    /** Where both meet in the same addresses: the one here is told, unless the list says why it cannot be. */
    @ParameterizedTest(name = "{0} at {1}, {2} everywhere")
    @MethodSource("pairs")
    void theOneHereIsTold(String here, String some, String everywhere) {
        for (Set<String> segments : SITES) {
            RoundVerdict verdict =
                    verdict(segments, "wifi:" + here + " " + some + "; everywhere:" + everywhere + " tcp/5223");
            List<Hidden> hidden =
                    HIDDEN.stream().filter(h -> h.hides(here, some, everywhere)).toList();
            assertThat(isTold(verdict.findings(), here))
                    .as("on " + segments + ", hidden because " + hidden)
                    .isEqualTo(hidden.isEmpty());
            if (hidden.stream().anyMatch(Hidden::suspected)) {
                assertThat(isTold(verdict.suspicions(), here))
                        .as("suspected on " + segments)
                        .isTrue();
            }
        }
    }

    /** Where they meet in one target at different addresses nothing hides the one here, whatever the other is. */
    @ParameterizedTest(name = "{0} in one family, {1} in the other everywhere")
    @MethodSource("apart")
    void theOneHereIsToldBesideOneElsewhere(String here, String everywhere) {
        for (Set<String> segments : SITES) {
            for (List<String> family : List.of(List.of("ipv4", "ipv6"), List.of("ipv6", "ipv4"))) {
                RoundVerdict verdict = verdict(
                        segments,
                        "wifi:" + here + " tcp/5223@" + family.get(0) + "; everywhere:" + everywhere + " tcp/5223@"
                                + family.get(1));
                assertThat(isTold(verdict.findings(), here))
                        .as(family + " on " + segments)
                        .isTrue();
                assertThat(verdict.findings())
                        .as(family + " on " + segments)
                        .filteredOn(f -> f.severity() == Severity.VIOLATION)
                        .allMatch(f -> f.place().word().equals("wifi"));
            }
        }
    }

    static Stream<Arguments> apart() {
        return HERE.stream().flatMap(here -> EVERYWHERE.stream().map(everywhere -> Arguments.of(here, everywhere)));
    }

    private static boolean isTold(List<Finding> findings, String here) {
        return findings.stream()
                .anyMatch(f -> f.place().word().equals("wifi")
                        && WORDS.getOrDefault(here, Set.of()).contains(f.mechanism()));
    }

    private static RoundVerdict verdict(Set<String> segments, String faults) {
        Scene scene = new Scene(pki, segments, Scene.Fault.all(faults));
        return Rehearsed.judge(scene.judge(), scene.batches(), Scene.ROUND);
    }
}
