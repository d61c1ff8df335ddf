package dev.plumbline.collector.cli;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.loopback.HeldPort;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands against a whole collector over mutual TLS; the round that changes its store comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CommandsTest {
    private static final long ROUND = T0.toEpochMilli();
    private static final Instant ROUND_CLOSED = T0.plusSeconds(3);

    @TempDir
    static Path folder;

    private static Collector collector;

    @BeforeAll
    static void start() throws Exception {
        new AuthorityFolder(folder.resolve("other"))
                .init("other.example", "other", List.of("127.0.0.1"), Instant.now());
        collector = WifiCollector.start(
                folder,
                "",
                store -> store.apply(new RoundChange(
                        verdict(
                                ROUND,
                                Set.of(WIFI),
                                List.of(cell(WIFI, COURIER, State.BLOCKED, ROUND)),
                                List.of(),
                                List.of(requirement(WIFI, "apns-device-direct", Verdict.BROKEN))),
                        List.of(incident()),
                        List.of(),
                        List.of(),
                        new ClosedRound(ROUND, T0, 1, 1),
                        0,
                        0,
                        0)));
        WifiCollector.client(folder.resolve("foreign.yaml"), "other", collector.port());
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static Incident incident() {
        return new Incident(
                "i1",
                drop(WIFI),
                T0,
                Optional.empty(),
                ROUND,
                1,
                Optional.of(T0.plusSeconds(7200)),
                false,
                new History(
                        List.of(
                                new Change(Change.Kind.OPENED, ROUND, T0, "tcp/5223"),
                                new Change(Change.Kind.CLOSED, ROUND, T0.plusSeconds(3600), ""),
                                new Change(
                                        Change.Kind.REOPENED,
                                        ROUND,
                                        T0.plusSeconds(7200),
                                        "from tcp/5223 to all@apple\u001b[2J")),
                        2));
    }

    private static Typed run(String... arguments) {
        return runWith(folder.resolve("client.yaml"), arguments);
    }

    private static Typed runWith(Path config, String... arguments) {
        return Typed.at(config, arguments);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void findingsAsJsonHaveTheNamesThatProgramsRelyOn() throws Exception {
        Typed answer = run("findings", "--json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
        JsonNode finding = answer.json().get(0);
        assertThat(names(finding))
                .containsExactly(
                        "id",
                        "place",
                        "mechanism",
                        "scope",
                        "severity",
                        "sentence",
                        "targets",
                        "witnesses",
                        "remedy",
                        "openedAt",
                        "closedAt",
                        "round",
                        "reopenedAt",
                        "timesReopened",
                        "history",
                        "historyDropped",
                        "flapping",
                        "excuse",
                        "excuseSaid");
        assertThat(names(finding.get("history").get(0))).containsExactly("kind", "round", "at", "said");
        assertThat(finding.get("place").asText()).isEqualTo("wifi");
        assertThat(finding.get("mechanism").asText()).isEqualTo("tcp.drop");
        assertThat(finding.get("severity").asText()).isEqualTo("violation");
        assertThat(finding.get("targets").get(0).asText()).isEqualTo("courier:5223");
        assertThat(finding.get("openedAt").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(finding.get("closedAt").isNull()).isTrue();
        assertThat(finding.get("witnesses").get(0).get("remote").asText()).isEqualTo("[2620:149:a44::5]:5223");
    }

    @Test
    void findingsForPeopleNameTheWitnessAndTheRemedy() {
        Typed answer = run("findings");
        assertThat(answer.out()).isEqualTo("""
                        wifi  tcp.drop  violation
                          wifi: connection attempts are silently dropped (tcp/5223).
                          scope    tcp/5223
                          since    2026-11-21 10:00:00Z, back since 2026-11-21 12:00:00Z (came back once)
                          targets  courier:5223
                          seen     2026-11-21 10:00:01.234Z tcp (no address yet) -> [2620:149:a44::5]:5223 no answer to SYN
                                   in 4 s (wifi/a, courier:5223)
                          remedy   Permit tcp/5223 from the segment to 17.0.0.0/8.
                          lines    plumbline remedy i1
                        """);
    }

    @Test
    void findingsWithTheirHistorySayWhatBecameOfThem() {
        assertThat(run("findings", "--history").out()).endsWith("""
                          remedy   Permit tcp/5223 from the segment to 17.0.0.0/8.
                          lines    plumbline remedy i1
                          history  2026-11-21 10:00:00Z opened: tcp/5223
                                   ... 2 lines were let go
                                   2026-11-21 11:00:00Z closed
                                   2026-11-21 12:00:00Z reopened: from tcp/5223 to all@apple?[2J
                        """);
    }

    @Test
    void theMatrixAsJsonIsAnArrayOfCells() throws Exception {
        Typed answer = run("matrix", "--segment", "wifi", "--json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.json().size()).isGreaterThan(50);
        assertThat(names(answer.json().get(0)))
                .containsExactly(
                        "segment",
                        "targetId",
                        "service",
                        "state",
                        "because",
                        "required",
                        "round",
                        "observedAt",
                        "soft",
                        "host",
                        "port",
                        "transport",
                        "serverName",
                        "addresses",
                        "latencyMicros",
                        "seen",
                        "since");
        assertThat(names(answer.json().get(0).get("seen")))
                .containsExactly(
                        "issuers",
                        "answers",
                        "hopsLeast",
                        "hopsMost",
                        "idleStoodSeconds",
                        "idleEndedSeconds",
                        "idleEnd");
        assertThat(answer.json().get(0).get("since").isNull()).isTrue();
        JsonNode then = run("matrix", "--at", ROUND_CLOSED.toString(), "--filter", "state = BLOCKED", "--json")
                .json();
        assertThat(then.get(0).get("since").asText()).isEqualTo(T0.toString());
    }

    @Test
    void whatIsWatchedIsOneLineOfJsonEachTime() throws Exception {
        Typed answer = run("watch", "--segment", "wifi", "--changes", "0", "--json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out().lines()).hasSize(1);
        JsonNode news = answer.json();
        assertThat(names(news)).containsExactly("at", "whole", "cells", "findings", "closedFindingIds");
        assertThat(news.get("whole").asBoolean()).isTrue();
        assertThat(news.get("findings").get(0).get("id").asText()).isEqualTo("i1");
    }

    @Test
    void twoTimesAreComparedByTargetAndByCause() throws Exception {
        String then = ROUND_CLOSED.toString();
        Typed answer = run("compare", "wifi@" + then, "edition:plumbline-2026");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains(
                        "TARGET        DIFFERS BY  wifi at 2026-11-21T10:00:03Z  plumbline-2026",
                        "courier:5223  state       BLOCKED                       OK",
                        "1 target compared.",
                        "wifi at 2026-11-21T10:00:03Z  tcp.drop  tcp/5223",
                        "explains  courier:5223");
        JsonNode json = run("compare", "wifi@" + then, "edition:plumbline-2026", "--json")
                .json();
        assertThat(names(json)).containsExactly("a", "b", "differences", "causes", "compared", "incomparable");
        assertThat(names(json.get("differences").get(0)))
                .containsExactly("targetId", "service", "aspect", "a", "b", "aBecause", "bBecause", "findingIds");
        assertThat(json.get("differences").get(0).get("findingIds").get(0).asText())
                .isEqualTo("i1");
        assertThat(names(json.get("causes").get(0)))
                .containsExactly("findingId", "place", "mechanism", "scope", "side", "targetIds", "sentence");
        assertThat(run("compare", "wifi@" + then, "wifi@" + then).out()).startsWith("""
                        wifi at 2026-11-21T10:00:03Z and wifi at 2026-11-21T10:00:03Z differ in nothing; compared were 1
                        target.
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            compare wifi                                | Missing required parameter: 'B[@TIME]'
            compare wifi lan                            | no segment 'lan' is declared; declared are wifi
            compare lan wifi                            | no segment 'lan' is declared; declared are wifi
            compare wifi edition:none                   | no edition 'none' is in the catalog; it has
            compare edition:plumbline-2026 edition:none | a: an edition demands nothing of another one
            compare wifi wifi@soon                      | wifi@soon: 'soon' is no time; write 2026-11-01
            compare wifi @2h                            | '@2h' names no side; write a segment such as guest
            compare wifi wifi@9999-01-01                | b.at: 9999-01-01T00:00:00Z is still to come
            matrix --at 2026-13-01                      | --at: '2026-13-01' is no time; write 2026-11-01
            findings --filter stat=OPEN                 | filter: at character 1: 'stat' is nothing that a finding has
            segments --order-by size                    | order_by: 'size' is nothing that a segment has
            explain wifi courier:5223 --since 9999-01-01 | since: 9999-01-01T00:00:00Z is still to come
            """)
    void whatIsAskedWronglyIsRefusedWithWhatWouldBeRight(String line, String said) {
        Typed answer = run(line.split(" +", -1));
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(said);
    }

    @Test
    void whoWatchesIsToldHowItIs() {
        Typed answer = run("watch", "--segment", "wifi", "--changes", "0");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .startsWith("As of 20")
                .contains("courier:5223", "connection attempts are silently dropped");
    }

    @Test
    void whatTheFilterLeavesOutHasNoFindingBelow() {
        assertThat(run("matrix", "--filter", "target_id = \"courier:5223\"").out())
                .contains("connection attempts are silently dropped");
        assertThat(run("matrix", "--filter", "target_id = \"courier:443\"").out())
                .contains("apns")
                .doesNotContain("connection attempts are silently dropped");
    }

    @Test
    void sinceNowNothingHasChanged() throws Exception {
        for (String list : List.of("matrix", "findings", "segments")) {
            assertThat(run(list, "--since", "now", "--json").json().size())
                    .as(list)
                    .isZero();
        }
        assertThat(run("matrix", "--since", "2026-11-21T09:00:00Z", "--at", ROUND_CLOSED.toString())
                        .out())
                .startsWith("Of those that changed since 2026-11-21 09:00:00Z alone:\n\nSERVICE  wifi\n")
                .contains("BLOCKED 1");
    }

    @Test
    void aLineThatDiesEndsTheWatchWithASentence() throws Exception {
        try (MutedRelay relay = MutedRelay.to(collector.port())) {
            WifiCollector.client(folder.resolve("relayed.yaml"), "pki", relay.port());
            StringWriter out = new StringWriter();
            CompletableFuture<Typed> watch = CompletableFuture.supplyAsync(
                    () -> Typed.at(folder.resolve("relayed.yaml"), Clock.systemUTC(), out, "watch"));
            while (out.toString().isEmpty() && !watch.isDone()) {
                Thread.sleep(20);
            }
            relay.mute();
            Typed answer = watch.get(120, TimeUnit.SECONDS);
            assertThat(answer.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(answer.err()).contains("cannot be reached (", "check that it runs");
        }
    }

    @Test
    void listsAreFilteredAndToldOfAnEarlierTime() throws Exception {
        String then = ROUND_CLOSED.toString();
        JsonNode blocked = run("matrix", "--at", then, "--filter", "state = BLOCKED", "--json")
                .json();
        assertThat(blocked.size()).isEqualTo(1);
        assertThat(run("findings", "--at", then, "--filter", "cause : tcp", "--json")
                        .json()
                        .size())
                .isEqualTo(1);
        assertThat(run("findings", "--filter", "severity = note").out()).isEqualTo("No findings.\n");
        assertThat(run("explain", "wifi", "courier:5223", "--at", then, "--since", "2026-01-01")
                        .out())
                .contains("What it was", "2026-11-21 10:00:00Z BLOCKED: because of BLOCKED");
        assertThat(run("segments").out().lines().findFirst().orElseThrow()).contains("POOLS IN 24 H", "AGENTS");
        assertThat(run("segments", "--at", then).out())
                .as("of agents and pools only today's are known")
                .startsWith("SEGMENT  KIND  ROLES   OPEN\n")
                .contains("wifi     wifi  device  1 violation\n");
        assertThat(run("segments", "--at", then, "--json")
                        .json()
                        .get(0)
                        .get("openViolations")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void segmentsAsJsonSayWhoLooksAtThem() throws Exception {
        JsonNode segment = run("segments", "--json").json().get(0);
        assertThat(names(segment))
                .containsExactly(
                        "id",
                        "name",
                        "kind",
                        "roles",
                        "cidrs",
                        "egressGroup",
                        "agents",
                        "requirements",
                        "openViolations",
                        "openFaults",
                        "pools");
        assertThat(segment.get("pools")).hasSize(2);
        assertThat(segment.get("pools").get(0).get("names").asInt()).isEqualTo(50);
        assertThat(segment.get("name").asText()).isEqualTo("Wi-Fi");
        assertThat(segment.get("openViolations").asInt()).isEqualTo(1);
        assertThat(segment.get("requirements").get(0).get("verdict").asText()).isEqualTo("INSUFFICIENT");
    }

    @Test
    void anExplanationIsPrintedBothWays() throws Exception {
        assertThat(run("explain", "wifi", "courier:5223", "--json").json().get("findings"))
                .hasSize(1);
        assertThat(run("explain", "wifi", "courier:5223").out())
                .startsWith("courier:5223 on wifi: INSUFFICIENT")
                .contains(
                        "0 of 50 names and 0 of 0 addresses proved in 24 h", "What was seen", "Asked for by", "Rules");
    }

    @Test
    void aRemedyIsTheSentenceThenTheLinesOfEachDialect() {
        Typed answer = run("remedy", "i1");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .startsWith(
                        "Permit tcp/5223 from the segment to 17.0.0.0/8.\n\n== nftables: nftables, for nft -f FILE\n")
                .contains("# Plumbline's finding i1: wifi tcp.drop tcp/5223\n", "\n== iptables: ", "\n== list-names: ")
                .contains("-I FORWARD 1 -s 10.20.20.0/24 -d 17.0.0.0/8 -p tcp --dport 5223")
                .contains("courier:5223 is asked for by plumbline-2026");
    }

    @Test
    void theLinesOfOneDialectAreReadyForAFile() {
        Typed answer = run("remedy", "i1", "--for", "list-ipv4");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).startsWith("# Plumbline's finding i1").endsWith("\n17.0.0.0/8\n");
    }

    @Test
    void aRemedyAsJsonHasTheFindingAndTheLines() throws Exception {
        JsonNode remedy = run("remedy", "i1", "--json").json();
        assertThat(names(remedy)).containsExactly("finding", "configurations");
        assertThat(remedy.get("finding").get("id").asText()).isEqualTo("i1");
        assertThat(names(remedy.get("configurations").get(0))).containsExactly("dialect", "title", "lines");
        assertThat(remedy.get("configurations").get(0).get("dialect").asText()).isEqualTo("nftables");
        assertThat(remedy.get("configurations").get(0).get("lines").size()).isGreaterThan(3);
    }

    @Test
    void aRemedyThatThereIsNotSaysWhatThereIs() {
        Typed unknown = run("remedy", "i2");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .isEqualToIgnoringNewLines(
                        "there is no finding 'i2'; plumbline findings --all lists them with their ids");
        Typed nothing = run("remedy", "i1", "--for", "squid");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err())
                .isEqualToIgnoringNewLines("squid has nothing to write for tcp.drop tcp/5223; these have: nftables,"
                        + " iptables, asa, list-ipv4, list-names");
        Typed wrong = run("remedy", "i1", "--for", "pf");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("no such dialect: 'pf' is none of nftables, iptables, ");
        assertThat(run("remedy").exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsNotDeclaredIsAUsageError() {
        Typed answer = run("matrix", "--segment", "lan");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).isEqualToIgnoringNewLines("no segment 'lan' is declared; declared are wifi");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void verifyNowWithoutAnyAgentSaysSoAndIsNotMet() throws Exception {
        Typed answer = run("verify-now", "--wait", "--json");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(names(answer.json())).containsExactly("round", "elapsedMillis", "findings", "segments");
        assertThat(run("verify-now", "--wait").out()).contains("No agent is connected");
        assertThat(run("verify-now").out()).contains("No agent is connected");
    }

    @Test
    void anUnreachableCollectorIsNamed() throws Exception {
        try (HeldPort closed = new HeldPort()) {
            String nobody = "127.0.0.1:" + closed.number();
            Typed answer = run("findings", "--collector", nobody);
            assertThat(answer.exitCode()).isEqualTo(4);
            assertThat(answer.err()).contains(nobody, "check that it runs");
        }
    }

    @Test
    void anIdentityOfAnotherSiteGetsNothing() {
        Typed answer = runWith(folder.resolve("foreign.yaml"), "findings");
        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).doesNotContain("tcp.drop");
    }

    @Test
    void aMissingConfigurationIsOneSentence() {
        Typed answer = runWith(folder.resolve("none.yaml"), "findings");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("none.yaml does not exist", "--collector")
                .hasLineCount(1);
    }

    @Test
    void everyProblemOfTheConfigurationIsNamedAtOnce() throws Exception {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, "collector: nowhere\nidentty: {}\n");
        Typed answer = runWith(file, "findings");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("wrong.yaml:1: collector", "wrong.yaml:2: identty");
    }

    @Test
    void aWrongOptionIsAUsageError() {
        assertThat(run("findings", "--nothing").exitCode()).isEqualTo(2);
        assertThat(run("explain", "wifi").exitCode()).isEqualTo(2);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void verifyNowWaitsForTheAgentsAndEndsWithTheVerdict() throws Exception {
        new AuthorityFolder(folder.resolve("pki")).issue(WIFI, "a", folder.resolve("agent-a"), Instant.now());
        try (ScriptedAgent agent = ScriptedAgent.connect(folder.resolve("agent-a"), collector.port())) {
            agent.awaitPlan(Duration.ofSeconds(60));
            Typed answer = run("verify-now", "--wait", "--json");
            assertThat(answer.json().get("round").asLong()).as(answer.err()).isEqualTo(agent.lastDemand());
            // Far below the 25 s after which a round is closed without its summaries.
            assertThat(answer.json().get("elapsedMillis").asLong()).isLessThan(20_000);
            assertThat(answer.json()
                            .get("segments")
                            .get(0)
                            .get("agents")
                            .get(0)
                            .get("connected")
                            .asBoolean())
                    .isTrue();
        }
    }
}
