package dev.plumbline.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.deploy.campus.Fault;
import dev.plumbline.deploy.campus.Fault.Damage;
import dev.plumbline.deploy.campus.Match;
import dev.plumbline.deploy.demo.DemoSegment;
import dev.plumbline.deploy.demo.DemoSettings;
import dev.plumbline.deploy.demo.DemoSite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Four agents, one collector, one fake Apple: what is drawn into the campus is what the findings say, and nothing else. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class CampusTest {
    /** How long a busy host may take to prove what is so: a later answer is a right one, another answer never is. */
    private static final Duration TO_PROVE = Duration.ofMinutes(2);

    private static final DemoSettings SETTINGS = new DemoSettings(
            List.of(
                    new DemoSegment("server", "Server VLAN", "server", "mdm-server"),
                    new DemoSegment("wifi", "Student Wi-Fi", "wifi", "device"),
                    new DemoSegment("guest", "Guest network", "guest", "device"),
                    new DemoSegment("lab", "IT lab", "reference", "device, mdm-server")),
            List.of("apns", "device-setup", "device-management", "control"),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    @TempDir
    private static Path folder;

    private static DemoSite site;

    @BeforeAll
    static void start() throws Exception {
        site = DemoSite.start(folder, SETTINGS);
        verify(); // the first round of a cold virtual machine is slow and proves less
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void clear() {
        site.segments().forEach(s -> site.segment(s.id()).clear());
    }

    @Test
    void aCleanCampusMeetsEveryRequirementAndNobodyIsAccused() {
        assertThat(verifyUntil(List.of())).isZero();
        assertThat(findings().json()).isEmpty();
        Asked segments = Asked.of(site, "segments", "--json");
        for (String segment : List.of("server", "wifi", "guest")) {
            assertThat(segments.verdicts(segment)).as(segment).containsExactly("MET");
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "a port is dropped",
                        Map.of("wifi", Fault.drop(Match.port(5223))),
                        List.of("wifi tcp.drop tcp/5223")),
                Arguments.of(
                        "TLS is opened",
                        Map.of("guest", Fault.intercept(443)),
                        List.of("guest tls.intercepted tcp/443")),
                Arguments.of(
                        "the server's resolver knows only internal names",
                        Map.of("server", Fault.dns(Damage.NXDOMAIN)),
                        List.of("server dns.nxdomain all")),
                Arguments.of(
                        "a portal wants a login",
                        Map.of("guest", Fault.captive()),
                        List.of("guest portal.captive all")),
                Arguments.of(
                        "two segments have two causes",
                        Map.of("wifi", Fault.reset(Match.port(5223)), "server", Fault.drop(Match.port(2197))),
                        List.of("server tcp.drop tcp/2197", "wifi tcp.reset tcp/5223")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theCauseIsNamedAndNobodyElse(String what, Map<String, Fault> faults, List<String> expected) {
        faults.forEach((segment, fault) -> site.segment(segment).apply(fault));
        assertThat(verifyUntil(expected)).isEqualTo(1);
        Asked findings = findings();
        for (JsonNode finding : findings.json()) {
            assertThat(finding.get("witnesses")).as(finding.toString()).isNotEmpty();
            assertThat(finding.get("remedy").asText()).isNotEmpty();
            assertThat(finding.get("severity").asText()).isEqualTo("violation");
        }
        Asked segments = Asked.of(site, "segments", "--json");
        for (String segment : List.of("server", "wifi", "guest")) {
            assertThat(segments.verdicts(segment).contains("BROKEN"))
                    .as(segment)
                    .isEqualTo(faults.containsKey(segment));
        }
    }

    @Test
    void anIncidentClosesWhenItsFaultIsGone() {
        Instant begun = Instant.now();
        site.segment("wifi").apply(Fault.reset(Match.port(5223)));
        verifyUntil(List.of("wifi tcp.reset tcp/5223"));
        site.segment("wifi").clear();
        assertThat(verifyUntil(List.of())).isZero();
        assertThat(findings().json()).isEmpty();
        assertThat(Asked.of(site, "findings", "--all", "--json").json())
                .filteredOn(f -> Instant.parse(f.get("openedAt").asText()).isAfter(begun))
                .filteredOn(Asked::accuses)
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.get("mechanism").asText()).isEqualTo("tcp.reset");
                    assertThat(Instant.parse(f.get("closedAt").asText()))
                            .isAfter(Instant.parse(f.get("openedAt").asText()));
                });
    }

    @Test
    void aRestartedCollectorKnowsWhatItKnewAndGoesOn() throws Exception {
        site.segment("guest").apply(Fault.reset(Match.port(5223)));
        verifyUntil(List.of("guest tcp.reset tcp/5223"));
        JsonNode before = findings().json();
        site.stopCollector();
        assertThat(Asked.of(site, "findings").exitCode()).isEqualTo(4);
        site.startCollector();
        assertThat(findings().json()).isEqualTo(before);
        site.awaitAgents();
        site.segment("guest").clear();
        assertThat(verifyUntil(List.of())).isZero();
        assertThat(findings().json()).isEmpty();
    }

    @Test
    void theSilenceOfAnAgentIsNotHealth() throws Exception {
        assertThat(verifyUntil(List.of())).isZero();
        site.stopAgent("wifi");
        try {
            assertThat(verify().exitCode()).isEqualTo(3);
            assertOnlyWifiIsUnproved();
        } finally {
            site.startAgent("wifi");
            site.awaitAgents();
        }
        assertThat(verifyUntil(List.of())).isZero();
    }

    @Test
    void anAgentThatDiesInTheMiddleOfARoundLeavesItsSegmentUnproved() throws Exception {
        site.segment("wifi").apply(Fault.drop(Match.port(5223)));
        Thread death = new Thread(() -> site.stopAgent("wifi"), "death");
        Asked round = Asked.during(site, Pattern.compile("wifi-1 [1-9]"), death::start, "verify-now", "--wait");
        assertThat(death.getState()).as(round.err()).isNotEqualTo(Thread.State.NEW);
        death.join();
        try {
            assertOnlyWifiIsUnproved();
        } finally {
            site.startAgent("wifi");
            site.awaitAgents();
        }
    }

    /** Nothing is known of the segment without an agent in any round, and what is so of its neighbour is proved in one. */
    private static void assertOnlyWifiIsUnproved() {
        long deadline = System.nanoTime() + TO_PROVE.toNanos();
        Asked segments = Asked.of(site, "segments", "--json");
        while (!segments.verdicts("guest").equals(Set.of("MET")) && System.nanoTime() < deadline) {
            assertThat(segments.verdicts("wifi")).containsExactly("INSUFFICIENT");
            assertThat(segments.verdicts("guest")).isSubsetOf("MET", "INSUFFICIENT");
            verify();
            segments = Asked.of(site, "segments", "--json");
        }
        assertThat(segments.verdicts("wifi")).containsExactly("INSUFFICIENT");
        assertThat(segments.verdicts("guest")).containsExactly("MET");
    }

    /**
     * Rounds until the expected accusations are open and nothing else is. On a busy host a round may prove too little and
     * say why, but none may ever accuse anybody else of something new.
     *
     * @return the exit code of the last round
     */
    private static int verifyUntil(List<String> expected) {
        Set<String> allowed = new TreeSet<>(findings().accusations());
        allowed.addAll(expected);
        long deadline = System.nanoTime() + TO_PROVE.toNanos();
        Asked round = verify();
        while (!isSettled(round, expected) && System.nanoTime() < deadline) {
            assertThat(findings().accusations()).as(round.out()).isSubsetOf(allowed);
            round = verify();
        }
        assertThat(findings().open()).as(round.out()).containsExactlyElementsOf(expected);
        return round.exitCode();
    }

    private static boolean isSettled(Asked round, List<String> expected) {
        return round.exitCode() == (expected.isEmpty() ? 0 : 1)
                && findings().open().equals(new TreeSet<>(expected));
    }

    private static Asked verify() {
        return Asked.of(site, "verify-now", "--wait", "--json");
    }

    private static Asked findings() {
        return Asked.of(site, "findings", "--json");
    }
}
