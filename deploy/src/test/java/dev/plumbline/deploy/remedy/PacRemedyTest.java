package dev.plumbline.deploy.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.pac.NamelessHost;
import dev.plumbline.agent.pac.PacLimits;
import dev.plumbline.agent.pac.PacOutcome;
import dev.plumbline.agent.pac.PacQuestion;
import dev.plumbline.agent.pac.PacRunner;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.remedy.Configurations;
import dev.plumbline.collector.remedy.Dialect;
import dev.plumbline.collector.remedy.WorkOrder;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines for a network's proxy script, run in such a script by the agent's own interpreter. */
final class PacRemedyTest {
    private static final String EDITION = "plumbline-2026";
    private static final String PROXY = "PROXY proxy.campus.example:3128";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final SegmentId WIFI = new SegmentId("wifi");

    private static List<Target> owed() {
        return CATALOG.targets(EDITION).stream()
                .filter(t -> t.obligation() == Obligation.REQUIRED)
                .toList();
    }

    private static List<String> answers(String scope, List<String> hosts) {
        Finding finding = new Finding(
                Place.of(WIFI),
                Mechanism.PROXY_REQUIRED,
                Scope.parse(scope),
                List.of(),
                List.of(new Witness(
                        WIFI,
                        "a",
                        new TargetId("courier:5223"),
                        Transport.TCP,
                        Endpoint.NONE,
                        Endpoint.NONE,
                        Instant.EPOCH,
                        "silent")),
                "said",
                "mend");
        List<String> lines =
                Configurations.of(new WorkOrder("i1", finding, List.of(), owed(), CATALOG, EDITION)).stream()
                        .filter(c -> c.dialect() == Dialect.PAC)
                        .findFirst()
                        .orElseThrow()
                        .lines();
        String script = "function FindProxyForURL(url, host) {\n" + String.join("\n", lines) + "\nreturn \"" + PROXY
                + "\";\n}\n";
        PacOutcome outcome = new PacRunner(new PacLimits(20_000_000, 64 << 20, PATIENCE), PATIENCE)
                .run(
                        script,
                        hosts.stream()
                                .map(h -> new PacQuestion("https://" + h + "/", h))
                                .toList(),
                        new NamelessHost("10.20.20.10", ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)))
                .join();
        assertThat(outcome.problem()).isEmpty();
        return outcome.answers();
    }

    @Test
    void whatIsApplesGoesTheDirectWayAndWhatIsNotGoesOnThroughTheProxy() {
        assertThat(answers(
                        "name:push.apple.com",
                        List.of(
                                "17-courier.push.apple.com",
                                "COURIER.push.apple.com",
                                "www.example.com",
                                "push.apple.com.example.org",
                                "notpush.apple.com")))
                .containsExactly("DIRECT", "DIRECT", PROXY, PROXY, PROXY);
    }

    @Test
    void everyHostThatIsOwedGoesTheDirectWay() {
        List<String> hosts = new ArrayList<>();
        owed().forEach(t -> hosts.addAll(t.hosts()));
        assertThat(hosts).hasSizeGreaterThan(100);
        assertThat(answers("all", hosts)).containsOnly("DIRECT");
    }
}
