package dev.plumbline.agent.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Dialer;
import dev.plumbline.agent.net.LittleDns;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.pac.PacLimits;
import dev.plumbline.agent.pac.PacRunner;
import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.ScriptEnd;
import dev.plumbline.words.Surroundings;
import dev.plumbline.words.Surroundings.ProxyScript;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that announces a script by DNS, on loopback. */
final class SurveyorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCRIPT = "function FindProxyForURL(url, host) {"
            + " return dnsDomainIs(host, '.push.apple.com') ? 'PROXY proxy.campus.example:3128; DIRECT' : 'DIRECT'; }";

    private final List<Target> targets = Catalog.builtIn().targets("plumbline-2026");

    @Test
    void aScriptFoundByDnsDecidesForEveryTarget() throws IOException {
        try (LittleServer web = script(SCRIPT);
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "10.20.0.1");
                Network network = network(dns, web)) {
            Survey survey = survey(network, Map.of(), Optional.empty());
            Surroundings seen = survey.seen().join();
            assertThat(seen.discoveries())
                    .filteredOn(d -> d.method().equals("wpad-dns"))
                    .singleElement()
                    .matches(d ->
                            d.asked().equals("wpad.campus.example") && d.found().equals("10.20.0.1"));
            ProxyScript script = seen.proxyScripts().get(0);
            assertThat(script.url()).isEqualTo("http://wpad.campus.example/wpad.dat");
            assertThat(script.problem()).isEmpty();
            assertThat(script.answers()).hasSize(2);
            assertThat(route(survey, "courier:5223"))
                    .contains(new ProxyChoice("proxy.campus.example", 3128, "wpad-dns", Optional.empty()));
            assertThat(route(survey, "courier:5223")).isEmpty();
            assertThat(route(survey, "www.example.com:443")).isEmpty();
            assertThat(seen.dnsControls()).hasSize(5);
        }
    }

    @Test
    void theEnvironmentSpeaksBeforeTheScriptAndTheConfigurationBeforeBoth() throws IOException {
        Map<String, String> variables = Map.of("https_proxy", "http://near:1", "no_proxy", "example.com");
        ProxyChoice own = new ProxyChoice("own", 2, "configuration", Optional.of("Basic c2VjcmV0"));
        try (LittleServer web = script(SCRIPT);
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "10.20.0.1");
                Network network = network(dns, web)) {
            Survey survey = survey(network, variables, Optional.empty());
            assertThat(route(survey, "courier:5223")).map(ProxyChoice::name).contains("near:1");
            assertThat(route(survey, "www.example.com:443")).isEmpty();
            Survey configured = survey(network, variables, Optional.of(own));
            assertThat(route(configured, "www.example.com:443")).contains(own);
            assertThat(configured.seen().join().toString()).doesNotContain("c2VjcmV0");
        }
    }

    @Test
    void aPageInPlaceOfTheScriptIsAProblemAndNoProxy() throws IOException {
        try (LittleServer web = script("<html>log in</html>");
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "10.20.0.1");
                Network network = network(dns, web)) {
            Survey survey = survey(network, Map.of(), Optional.empty());
            assertThat(survey.seen().join().proxyScripts())
                    .singleElement()
                    .matches(s -> s.problem().contains("fails"));
            assertThat(route(survey, "courier:5223")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            function FindProxyForURL() { while (true) {} }                                         | ENDLESS
            function f() { return f(); } function FindProxyForURL() { return f(); }                | BROKEN
            var a = []; function FindProxyForURL() { while (true) a.push(new Array(5000).join()); } | HOARDING
            function FindProxyForURL() { var s = 'x'; while (true) s += s; }                       | HOARDING
            function FindProxyForURL() { return nothing; }                                         | BROKEN
            """)
    void aHostileScriptEndsWithAKindAndNamesNoProxy(String script, ScriptEnd end) throws IOException {
        assertThat(endOf(script(script))).isEqualTo(end);
    }

    @Test
    void aScriptOfTenMegabytesIsNotTaken() throws IOException {
        assertThat(endOf(script(" ".repeat(10 << 20) + SCRIPT))).isEqualTo(ScriptEnd.TOO_LARGE);
    }

    @Test
    void aServerThatDripsItsScriptEndsAtTheDeadline() throws IOException {
        for (String beginning : List.of("HTTP/1.1 200 OK\r\nX-Drip: ", "HTTP/1.1 200 OK\r\n\r\n//")) {
            assertThat(endOf(new LittleServer(LittleServer.drips(beginning)), Duration.ofSeconds(3)))
                    .isEqualTo(ScriptEnd.NOT_FETCHED);
        }
    }

    private ScriptEnd endOf(LittleServer web) throws IOException {
        return endOf(web, PATIENCE);
    }

    private ScriptEnd endOf(LittleServer web, Duration patience) throws IOException {
        try (web;
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "10.20.0.1");
                Network network = network(dns, web)) {
            Survey survey = surveyor(network, Map.of(), Optional.empty()).begin(targets, 7, true, patience);
            ProxyScript seen = survey.seen().join().proxyScripts().get(0);
            assertThat(seen.problem()).isNotEmpty();
            assertThat(route(survey, "courier:5223")).isEmpty();
            return seen.end();
        }
    }

    @Test
    void whatWasSeenServesAgainUnattended() throws IOException {
        try (LittleServer web = script(SCRIPT);
                LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "10.20.0.1");
                Network network = network(dns, web)) {
            Surveyor surveyor = surveyor(network, Map.of(), Optional.empty());
            Survey first = surveyor.begin(targets, 7, false, PATIENCE);
            assertThat(surveyor.begin(targets, 8, false, PATIENCE).seen()).isSameAs(first.seen());
            assertThat(surveyor.begin(targets, 9, true, PATIENCE).seen()).isNotSameAs(first.seen());
            first.seen().join();
        }
    }

    @Test
    void nothingIsLookedAtOnANetworkWithSeams() throws IOException {
        try (LittleDns dns = new LittleDns(LittleDns.Behaviour.ANSWERS, "10.20.0.1");
                Network network = Network.open(Dialer.direct(), List.of(), List.of(dns.socketAddress()))) {
            Survey survey = Surveyor.of(network, Optional.empty()).begin(targets, 7, true, PATIENCE);
            assertThat(survey.seen().join()).isEqualTo(Surroundings.UNSEEN);
            assertThat(dns.questions()).isZero();
        }
    }

    @Test
    void onDemandABoundedSetIsTriedAndUnattendedAllThatMay() {
        assertThat(ProxiedTargets.of(targets, true))
                .contains(new TargetId("courier:5223"), new TargetId("api.push.apple.com:443"))
                .hasSizeLessThan(25);
        assertThat(ProxiedTargets.of(targets, false)).hasSizeGreaterThan(60);
    }

    private static LittleServer script(String text) throws IOException {
        return new LittleServer(
                LittleServer.says("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text));
    }

    private static Network network(LittleDns dns, LittleServer web) {
        return Network.open(
                address -> address.getPort() == 80
                        ? web.socketAddress()
                        : address.getPort() == 53 ? dns.socketAddress() : address,
                List.of(),
                List.of(dns.socketAddress()));
    }

    private Survey survey(Network network, Map<String, String> variables, Optional<ProxyChoice> configured) {
        return surveyor(network, variables, configured).begin(targets, 7, true, PATIENCE);
    }

    private static Surveyor surveyor(Network network, Map<String, String> variables, Optional<ProxyChoice> configured) {
        Ambient ambient =
                new Ambient(new ProxyVariables(Map.of("environment", variables)), List.of(), List.of("campus.example"));
        PacRunner runner = new PacRunner(
                new PacLimits(PacLimits.STANDARD.instructions(), PacLimits.STANDARD.bytes(), PATIENCE), PATIENCE);
        return new Surveyor(network, configured, () -> ambient, runner, PATIENCE);
    }

    private Optional<ProxyChoice> route(Survey survey, String id) {
        Target target = targets.stream()
                .filter(t -> t.id().value().equals(id))
                .findFirst()
                .orElseThrow();
        survey.seen().join();
        return survey.proxies().proxyFor(target, target.hostInRound(7)).join();
    }
}
