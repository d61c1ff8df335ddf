package dev.plumbline.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.deploy.campus.Fault;
import dev.plumbline.deploy.campus.Match;
import dev.plumbline.deploy.demo.DemoSegment;
import dev.plumbline.deploy.demo.DemoSettings;
import dev.plumbline.deploy.demo.DemoSite;
import dev.plumbline.metrics.ProgramMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dashboard and rules name is there: a collector and agents that run, and one of two segments breaks the rule. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class ExposedMetricsTest {
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";

    /** Told only where there are receivers of alerts, and a port for HTTP; the tests of both ask for them. */
    private static final Set<String> ELSEWHERE =
            Set.of("plumbline_alerts_waiting", "plumbline_alerts_ended_total", "plumbline_http_answers_refused_total");

    private static final Duration TO_PROVE = Duration.ofMinutes(2);
    private static final DemoSettings SETTINGS = new DemoSettings(
            List.of(
                    new DemoSegment("wifi", "Student Wi-Fi", "wifi", "device"),
                    new DemoSegment("lab", "IT lab", "reference", "device")),
            List.of("apns", "control"),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));

    @TempDir
    private static Path folder;

    private static DemoSite site;

    @BeforeAll
    static void breakTheRule() throws Exception {
        site = DemoSite.start(folder, SETTINGS);
        site.segment("wifi").apply(Fault.reset(Match.port(5223)));
        long deadline = System.nanoTime() + TO_PROVE.toNanos();
        do {
            ask("verify-now", "--wait");
        } while (!collector("").contains("plumbline_finding_open{cause=\"tcp.reset\"") && System.nanoTime() < deadline);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static void ask(String... words) {
        StringWriter said = new StringWriter();
        site.ask(
                new Surroundings(
                        new PrintWriter(said),
                        new PrintWriter(said, true),
                        Map.of(),
                        folder,
                        Terminal.PLAIN,
                        Clock.systemUTC()),
                words);
    }

    private static String collector(String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.metricsPort() + "/metrics"))
                .header("Accept", accept.isEmpty() ? "text/plain" : accept)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static String agent(String accept) {
        try (ProgramMetrics metrics = new ProgramMetrics("plumbline-agent", "test", site.metrics("wifi"))) {
            return new String(metrics.page(accept).body(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> exposed() throws Exception {
        Set<String> names = new TreeSet<>(ExposedPage.parse(collector("")).names());
        names.addAll(ExposedPage.parse(agent("")).names());
        return names;
    }

    @Test
    void theDashboardNamesNoMetricThatIsNotThere() throws Exception {
        assertThat(exposed()).containsAll(NamedMetrics.ofDashboard());
        assertThat(NamedMetrics.ofDashboard()).hasSizeGreaterThan(30);
    }

    @Test
    void theRulesNameNoMetricThatIsNotThere() throws Exception {
        Set<String> there = exposed();
        there.addAll(ELSEWHERE);
        assertThat(there).containsAll(NamedMetrics.ofRules());
        assertThat(NamedMetrics.ofRules()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OPEN_METRICS})
    void bothFormsOfBothPagesAreWellFormed(String accept) throws Exception {
        for (String page : List.of(collector(accept), agent(accept))) {
            assertThat(ExposedPage.parse(page).names()).contains("plumbline_build_info", "jvm_memory_used_bytes");
            assertThat(page.endsWith("# EOF\n")).isEqualTo(accept.equals(OPEN_METRICS));
        }
    }

    @Test
    void theBrokenRequirementAndItsCauseAreToldOfTheSegmentAlone() throws Exception {
        while (!collector("").contains("plumbline_judge_behind_records 0.0\n")) { // bounded by the test's time
            // An agent may have sent something just now.
            Thread.sleep(50);
        }
        assertThat(collector(""))
                .contains("plumbline_requirement_met{requirement=\"apns-device-direct\",segment=\"wifi\"} 0.0\n")
                .contains(
                        "plumbline_finding_open{cause=\"tcp.reset\",excused=\"false\",segment=\"wifi\",severity=\"violation\"} 1.0\n")
                .contains("plumbline_agents_connected{segment=\"lab\"} 1.0\n")
                .contains("plumbline_agents_expected{segment=\"lab\"} 1.0\n")
                .doesNotContain("segment=\"lab\",severity=\"violation\"");
        assertThat(agent(""))
                .contains("plumbline_agent_connected{segment=\"wifi\"} 1.0\n")
                .contains("plumbline_agent_probes_total{kind=\"courier\",outcome=\"connect-reset\",segment=\"wifi\"} ");
    }

    @Test
    void noValueIsOfAHostATargetOrAnAgent() throws Exception {
        assertThat(collector("") + agent("")).doesNotContain("courier:5223", "push.apple.com", "127.0.0.", "wifi-1");
    }

    @Test
    void everyMetricOfOursFollowsTheConvention() throws Exception {
        Promtool promtool = Promtool.find();
        for (String page : List.of(collector(""), agent(""))) {
            String ours = page.lines()
                    .filter(l -> l.matches("(# (HELP|TYPE) )?plumbline_.*"))
                    .reduce("", (a, b) -> a + b + "\n");
            promtool.accepts(ours, "check", "metrics");
        }
    }
}
