package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
    private static final String ALL_CONNECTED = """
            [{"id":"srv","agents":[{"name":"srv-1","connected":true}]},
             {"id":"wifi","agents":[{"name":"wifi-1","connected":true}]},
             {"id":"guest","agents":[{"name":"guest-1","connected":true}]},
             {"id":"lab","agents":[{"name":"lab-1","connected":true}]},
             {"id":"out","agents":[{"name":"out-1","connected":true}]}]
            """;
    private static final String DROPPED = """
            [{"place":"wifi","mechanism":"tcp.drop","scope":"tcp/5223","severity":"violation","sentence":"5223 is dropped"}]
            """;

    private static final String UNFIT = """
            [{"place":"guest","mechanism":"agent.unfit","scope":"all","severity":"fault","sentence":"the host is too busy"}]
            """;

    @TempDir
    private Path temporary;

    private final FakeCommands commands = new FakeCommands();
    private final AtomicLong clock = new AtomicLong();
    private Deployment deployment;

    private final List<Duration> waited = new ArrayList<>();
    private Strain strain = Strain.NONE;

    @BeforeEach
    void makeDeployment() throws IOException {
        Path pin = temporary.resolve("agents/out/data/helper.pin");
        Files.createDirectories(Objects.requireNonNull(pin.getParent()));
        Files.writeString(pin, "ab".repeat(32) + "\n");
        commands.answer("segments --json", 0, ALL_CONNECTED)
                .answer("matrix --json", 0, ComparisonTest.MATRIX)
                .answer("anchors", 0, "public\t/l/root.pem\napple-private\t/l/apple.pem\n");
        RunFolder folder = new RunFolder(temporary);
        deployment = new Deployment(new Lab(Path.of("/l"), commands), new Product(Path.of("/p"), folder, commands));
    }

    /** The collector ends a round that was asked for. */
    private void verify(long round) {
        commands.answer("verify-now", 1, "{\"round\":" + round + ",\"findings\":[]}");
    }

    private Outcome play(TableLine line, Swap swap) throws Trouble {
        return trial(swap).play(line);
    }

    private Trial trial(Swap swap) throws Trouble {
        RequiredTargets required = Answers.required(ComparisonTest.MATRIX);
        return new Trial(deployment, required, swap, () -> clock.addAndGet(1_500_000_000L), () -> strain, waited::add);
    }

    private static TableLine line(String settings, String expected) {
        return new TableLine("x", Setting.parseAll(settings), expected, "t.tsv:1");
    }

    @Test
    void theVerdictIsAskedForAfterTheFaultsAreSetOnAFreshLab() throws Trouble {
        commands.answer("findings --json", 0, DROPPED);
        verify(1000);
        Outcome outcome = play(line("wifi:drop-5223;core:latency=40", "wifi tcp.drop tcp/5223"), Swap.NONE);
        assertThat(commands.calls).hasSize(6).satisfies(calls -> {
            assertThat(calls.get(0)).isEqualTo("lab reset");
            assertThat(calls.get(1)).isEqualTo("lab scenario wifi drop-5223 on");
            assertThat(calls.get(2)).isEqualTo("lab scenario core latency on 40");
            assertThat(calls.get(3)).startsWith("plumbline verify-now").endsWith("verify-now --wait --json");
            assertThat(calls.get(4)).endsWith("findings --json");
            assertThat(calls.get(5)).endsWith("matrix --json");
        });
        assertThat(outcome.agrees()).isTrue();
        assertThat(outcome.seconds()).isEqualTo(1.5);
        assertThat(Report.progress(1, 2, outcome))
                .containsExactly("[ 1/2] x                      agrees      1.5 s  wifi tcp.drop tcp/5223");
    }

    @Test
    void withSegmentsSwappedTheSameFindingIsWrong() throws Trouble {
        commands.answer("findings --json", 0, DROPPED);
        verify(1000);
        Outcome outcome = play(line("wifi:drop-5223", "wifi tcp.drop tcp/5223"), Swap.parse("wifi,guest"));
        assertThat(commands.calls.get(1)).isEqualTo("lab scenario guest drop-5223 on");
        assertThat(outcome.agrees()).isFalse();
        assertThat(Report.progress(1, 1, outcome))
                .containsExactly(
                        "[ 1/1] x                      DISAGREES   1.5 s",
                        "        expected: guest tcp.drop tcp/5223",
                        "        found:    wifi tcp.drop tcp/5223",
                        "        wifi: 5223 is dropped",
                        "        meanwhile " + Strain.NONE.words());
    }

    @Test
    void whatWasNotToldIsExplainedByTheProduct() throws Trouble {
        commands.answer("findings --json", 0, DROPPED)
                .answer("explain srv api:2197", 0, "api:2197 in srv is OK\n  connected in 12 ms\n");
        verify(1000);
        Outcome outcome =
                play(line("wifi:drop-5223;srv:drop-2197", "wifi tcp.drop tcp/5223; srv tcp.drop tcp/2197"), Swap.NONE);
        assertThat(Report.progress(1, 1, outcome))
                .containsSequence(
                        "        wifi: 5223 is dropped",
                        "        srv tcp.drop tcp/2197 was not told; of api:2197 in srv:",
                        "        api:2197 in srv is OK",
                        "          connected in 12 ms");
    }

    @Test
    void aLineOnABusyHostIsPlayedAgainOnceTheHostIsCalm() throws Trouble {
        commands.answer("findings --json", 0, UNFIT);
        verify(1000);
        List<String> told = new ArrayList<>();
        Outcome outcome = trial(Swap.NONE).playFit(line("wifi:drop-5223", "wifi tcp.drop tcp/5223"), said -> {
            told.add(said);
            commands.answer("findings --json", 0, DROPPED);
        });
        assertThat(outcome.agrees()).isTrue();
        assertThat(told)
                .containsExactly("x is played again: this host stood still for 0 ms at most, and up to 0 % of its"
                        + " processors' time was taken from it; guest: the host is too busy");
        assertThat(waited).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void whatAnAgentAloneSaysOfItsHostIsPlayedOnceMoreAndNoMore() throws Trouble {
        commands.answer("findings --json", 0, UNFIT);
        verify(1000);
        List<String> told = new ArrayList<>();
        Outcome outcome = trial(Swap.NONE).playFit(line("", "-"), told::add);
        assertThat(outcome.agrees()).isFalse();
        assertThat(outcome.plays()).isEqualTo(2);
        assertThat(told).hasSize(1);
    }

    @Test
    void betweenTwoPlaysACleanRoundIsJudged() throws Trouble {
        commands.answer("findings --json", 0, UNFIT);
        verify(1000);
        trial(Swap.NONE).playFit(line("wifi:drop-5223", "-"), said -> commands.calls.clear());
        assertThat(commands.calls.subList(0, 4)).satisfies(calls -> {
            assertThat(calls.get(0)).isEqualTo("lab reset");
            assertThat(calls.get(1)).endsWith("verify-now --wait --json");
            assertThat(calls.get(2)).isEqualTo("lab reset");
            assertThat(calls.get(3)).isEqualTo("lab scenario wifi drop-5223 on");
        });
    }

    @Test
    void whatAHostThatStoodStillMadeOfALineIsToldAndPlayedAgain() throws Trouble {
        commands.answer("findings --json", 0, DROPPED);
        verify(1000);
        strain = new Strain(Duration.ofMillis(700), 0.1);
        List<String> told = new ArrayList<>();
        Outcome outcome = trial(Swap.NONE).playFit(line("", "-"), said -> {
            told.add(said);
            commands.answer("findings --json", 0, "[]");
            strain = Strain.NONE;
        });
        assertThat(outcome.agrees()).isTrue();
        assertThat(outcome.strain()).as("the worst of both plays").isEqualTo(new Strain(Duration.ofMillis(700), 0.1));
        assertThat(told)
                .containsExactly("x is played again: this host stood still for 700 ms at most, and up to 10 % of its"
                        + " processors' time was taken from it; wifi: 5223 is dropped");
    }

    @Test
    void aLineThatDisagreesOnAQuietHostIsNotPlayedAgain() throws Trouble {
        commands.answer("findings --json", 0, DROPPED);
        verify(1000);
        strain = new Strain(Duration.ofMillis(500), 0.4);
        List<String> told = new ArrayList<>();
        Outcome outcome = trial(Swap.NONE).playFit(line("", "-"), told::add);
        assertThat(outcome.agrees()).isFalse();
        assertThat(told).isEmpty();
        assertThat(Report.progress(1, 1, outcome))
                .endsWith(
                        "        wifi: 5223 is dropped",
                        "        meanwhile this host stood still for 500 ms at most, and up to 40 % of its processors'"
                                + " time was taken from it");
    }

    @Test
    void aHostThatStaysBusyDisagreesAfterFivePlays() throws Trouble {
        commands.answer("findings --json", 0, UNFIT);
        verify(1000);
        strain = new Strain(Duration.ZERO, 0.5);
        List<String> told = new ArrayList<>();
        assertThat(trial(Swap.NONE).playFit(line("", "-"), told::add).agrees()).isFalse();
        assertThat(told).hasSize(4);
        assertThat(waited).hasSize(4 * 15);
    }

    @Test
    void aProductThatGivesNoVerdictDisagreesAndSaysWhy() throws Trouble {
        commands.answer("verify-now", 4, "the collector cannot be reached");
        Outcome outcome = play(line("", "-"), Swap.NONE);
        assertThat(outcome.agrees()).isFalse();
        assertThat(outcome.trouble())
                .hasValueSatisfying(t -> assertThat(t)
                        .contains("verify-now --wait --json ended with 4 and said: the collector cannot be reached"));
    }

    @Test
    void aRoundThatWasNotJudgedIsNoVerdictThoughNothingWasFound() throws Trouble {
        commands.answer("findings --json", 0, "[]");
        verify(1001);
        Outcome outcome = play(line("", "-"), Swap.NONE);
        assertThat(outcome.agrees()).isFalse();
        assertThat(outcome.trouble())
                .contains("round 1001 was not judged: some segment was judged up to round 1000 only");
    }

    @Test
    void everyProgramStartsInItsNamespaceAndIsStoppedInReverseOrder() throws Trouble {
        commands.answer("lab status", 3, "down");
        deployment.start(progress -> {});
        deployment.close();
        deployment.close();
        assertThat(commands.calls)
                .containsSubsequence(
                        "lab up",
                        "start collector in coll",
                        "start agent of out in out",
                        "start agent of srv in srv",
                        "start agent of wifi in wifi",
                        "start agent of guest in guest",
                        "start agent of lab in lab",
                        "lab down")
                .doesNotHaveDuplicates();
        assertThat(commands.stopped)
                .containsExactly(
                        "agent of lab", "agent of guest", "agent of wifi", "agent of srv", "agent of out", "collector");
    }

    @Test
    void aLabThatWasUpStaysUpAndIsLeftClean() throws Trouble {
        deployment.start(progress -> {});
        deployment.close();
        assertThat(commands.calls).doesNotContain("lab up", "lab down").endsWith("lab reset");
    }

    @Test
    void anAgentThatEndsIsNamedWithItsLastWords() {
        commands.kill("agent of guest");
        assertThatThrownBy(() -> deployment.start(progress -> {}))
                .isInstanceOf(Trouble.class)
                .hasMessage("the agent of guest has ended; its last words: no such key");
    }

    @Test
    void theConfigurationsNameTheLabsAnchorsAndEverySegment() throws Exception {
        new RunFolder(temporary).writeConfigurations(Map.of("public", Path.of("/l/root.pem")));
        assertThat(temporary.resolve("overlay.yaml"))
                .hasContent("anchors:\n  public: [\"/l/root.pem\"]\nminimum-interval: 0s\n");
        List<String> collector = Files.readAllLines(temporary.resolve("collector.yaml"));
        assertThat(collector)
                .contains("    - {id: srv, name: Server VLAN, kind: server, roles: [mdm-server],"
                        + " cidrs: [198.51.100.32/27, \"2001:db8:0:10::/64\"], egress: srv}");
        assertThat(Files.readString(temporary.resolve("client.yaml"))).contains("collector: \"10.20.99.10:50051\"");
    }

    @Test
    void theAgentsHoldNothingAndKnowTheHelperThatTheyFoundListening() throws Exception {
        deployment.start(progress -> {});
        assertThat(Files.readString(temporary.resolve("agents/out/agent.yaml")))
                .contains("198.51.100.68:50051", "hold: {ports: []}", "helper: {listen: [\"tls:0.0.0.0:443\"");
        assertThat(Files.readString(temporary.resolve("agents/wifi/agent.yaml")))
                .contains("10.20.99.10:50051", "hold: {ports: []}")
                .contains("helper: {address: [\"http:203.0.113.18:80\", \"udp:203.0.113.18:443\"], pin: \"abab");
    }

    @Test
    void aFaultOfQuietConnectionsGetsAgentsThatBeganUnderItAndTimeAndTheNextLineNone() throws Exception {
        deployment.start(progress -> {});
        commands.answer("findings --json", 0, "[]");
        verify(1000);
        commands.calls.clear();
        play(line("wifi:reaper=40", "-"), Swap.NONE);
        assertThat(commands.calls)
                .containsSubsequence(
                        "lab reset",
                        "lab scenario wifi reaper on 40",
                        "start agent of wifi in wifi",
                        "start agent of lab in lab")
                .doesNotContain("start agent of out in out");
        assertThat(Files.readString(temporary.resolve("agents/wifi/agent.yaml")))
                .contains("hold: {ages: [10s, 45s], ports: [5223, 443], pause: 1s}", "tls:203.0.113.18:5223");
        assertThat(waited).containsExactly(Duration.ofSeconds(10 + 4 + 2 * (45 + 17) + 8));
        commands.calls.clear();
        play(line("", "-"), Swap.NONE);
        assertThat(commands.calls.stream().filter(call -> call.equals("start agent of wifi in wifi")))
                .hasSize(2);
        assertThat(waited).hasSize(2).last().isEqualTo(Duration.ofSeconds(10 + 4 + 45 + 4 + 8));
        assertThat(Files.readString(temporary.resolve("agents/wifi/agent.yaml")))
                .contains("hold: {ports: []}");
        commands.calls.clear();
        play(line("", "-"), Swap.NONE);
        assertThat(commands.calls).noneMatch(call -> call.startsWith("start"));
        assertThat(waited).hasSize(2);
        deployment.close();
    }
}
