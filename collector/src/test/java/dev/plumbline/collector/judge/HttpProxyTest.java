package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.foundAndNoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who writes plain HTTP anew, told from the helper's echoes and from Via, and who only looks like it. */
final class HttpProxyTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final String CLEAN = "fields=SAME garbage=SAME";
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    /** What the helper, or every answer, showed on some segments; on the others all came back as it left. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing altered                  |                                                  |                     | -
            requests written anew            | wifi: fields=ALTERED garbage=STRANGER            |                     | wifi http.proxied tcp/80
            written anew, garbage lost       | wifi: fields=ALTERED garbage=NONE                |                     | wifi http.proxied tcp/80
            read, and not written anew       | wifi: fields=SAME garbage=STRANGER               |                     | wifi http.proxied tcp/80
            garbage alone, the rest lost     | wifi: fields=NONE garbage=STRANGER               |                     | -
            a page in place of the helper    | wifi: fields=STRANGER garbage=STRANGER           |                     | -
            no answer of the helper          | wifi: fields=NONE garbage=NONE                   |                     | -
            a proxy on every segment         | everywhere: fields=ALTERED garbage=STRANGER      |                     | -
            on all but one                   | srv: fields=ALTERED; guest: fields=ALTERED; wifi: fields=ALTERED | | guest http.proxied tcp/80; srv http.proxied tcp/80; wifi http.proxied tcp/80
            nobody else asked a helper       | wifi: fields=ALTERED; srv: fields=NONE; guest: fields=NONE; lab: fields=NONE; out: fields=NONE | | -
            one Via on all answers           | wifi: via=1.1 box.campus.example                 |                     | wifi http.proxied tcp/80
            the same Via for everybody       | everywhere: via=1.1 varnish                      |                     | -
            the same Via on another segment  | wifi: via=1.1 varnish; guest: via=1.1 varnish    |                     | -
            a proxy behind a portal          | wifi: fields=ALTERED                             | wifi:portal all     | wifi portal.captive all
            a proxy where port 80 is dropped | wifi: fields=ALTERED                             | wifi:silent tcp/80  | wifi tcp.drop tcp/80
            everything accepted, 80 rewritten | wifi: fields=ALTERED                            | wifi:accepted all   | wifi http.proxied tcp/80; wifi tcp.proxied tcp/443+tcp/5223
            a proxy, and a port dropped      | wifi: fields=ALTERED                             | wifi:silent tcp/5223 | wifi http.proxied tcp/80; wifi tcp.drop tcp/5223
            """)
    void whoWritesPlainHttpAnewIsNamed(String what, String seen, String faults, String expected) {
        assertThat(foundAndNoted(judge(seen, faults))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            captive.apple.com:80 |                                    | PROXIED
            captive.apple.com:443 |                                   | OK
            crl.apple.com:80     | wifi:silent name:crl.apple.com     | BLOCKED
            """)
    void whatPassesThroughItIsProxiedAndWhatDoesNotIsNot(String target, String faults, State state) {
        assertThat(judge("wifi: fields=ALTERED", faults).cells())
                .filteredOn(c ->
                        c.segment().value().equals("wifi") && c.target().value().equals(target))
                .singleElement()
                .matches(c -> c.state() == state, state.toString());
    }

    private static RoundVerdict judge(String seen, String faults) {
        List<Scene.Fault> drawn = faults == null ? List.of() : Scene.Fault.all(faults);
        Scene scene = new Scene(pki, EVERYBODY, drawn);
        SiteJudge judge = scene.judge();
        Map<String, String> answers = answers(seen);
        for (Map.Entry<AgentId, Batch> batch : scene.batches().entrySet()) {
            String segment = batch.getKey().segment().value();
            String answer = answers.getOrDefault(segment, answers.getOrDefault("everywhere", CLEAN));
            judge.accept(batch.getKey(), Echoed.with(batch.getValue(), answer));
        }
        return judge.judge(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9));
    }

    private static Map<String, String> answers(String seen) {
        return seen == null
                ? Map.of()
                : Arrays.stream(seen.split(";"))
                        .map(s -> s.trim().split(": ", 2))
                        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    }
}
