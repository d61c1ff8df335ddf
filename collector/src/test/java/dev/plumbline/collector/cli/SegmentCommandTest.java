package dev.plumbline.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.words.SegmentId;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments are added, changed and removed by command, at a whole collector over mutual TLS. */
final class SegmentCommandTest {
    private static final String WIFI = "    - {id: wifi, name: Wi-Fi, kind: wifi, cidrs: [10.20.0.0/16]}\n";

    @TempDir
    Path folder;

    private final List<ScriptedAgent> agents = new ArrayList<>();
    private Collector collector;

    @BeforeEach
    void start() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        serve(WIFI);
    }

    @AfterEach
    void stop() {
        agents.forEach(ScriptedAgent::close);
        collector.close();
    }

    private void serve(String segments) throws Exception {
        Files.writeString(folder.resolve("collector.yaml"), """
                listen: 127.0.0.1:0
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                enrolment: {listen: "127.0.0.1:0", authority: {certificate: pki/ca.pem, key: pki/ca.key}}
                data: data
                rounds: {every: 1h, grace: 1s}
                site:
                  id: campus
                  domain: campus.example
                  segments:
                %s""".formatted(segments));
        collector = Collector.start(CollectorConfig.read(folder.resolve("collector.yaml")), Clock.systemUTC());
        WifiCollector.client(folder.resolve("client.yaml"), "pki", collector.port());
    }

    private Typed run(String words) {
        Typed answer = Typed.at(folder.resolve("client.yaml"), words.split(" ", -1));
        return new Typed(answer.exitCode(), answer.out().replaceAll("\\s+", " ").strip(), answer.err());
    }

    private Typed done(String words) {
        Typed answer = run(words);
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
        return answer;
    }

    private ScriptedAgent agent(String segment) throws Exception {
        Path identity = folder.resolve("agent-" + segment);
        if (!Files.exists(identity)) {
            new AuthorityFolder(folder.resolve("pki")).issue(new SegmentId(segment), "a", identity, Instant.now());
        }
        ScriptedAgent agent = ScriptedAgent.connect(identity, collector.port());
        agents.add(agent);
        return agent;
    }

    @Test
    void aSegmentIsAddedInvitedToChangedAndRemovedWithoutARestart() throws Exception {
        assertThat(agent("lab").ended().getDescription())
                .isEqualTo("segment lab is not declared in the collector's site: it was removed, or never there");
        assertThat(done("segment add lab --kind guest --cidr 10.20.30.0/24 --egress nat")
                        .out())
                .isEqualTo("Segment lab is declared: lab, kind guest, roles device; address blocks 10.20.30.0/24;"
                        + " egress group nat; must not reach none. Its agents: plumbline invite --segment lab"
                        + " 10.20.30.0/24 of segment lab overlaps 10.20.0.0/16 of segment wifi: an agent with an"
                        + " address in both is displaced in neither");
        assertThat(done("invite --segment lab --json")
                        .json()
                        .get("invitation")
                        .get("segment")
                        .asText())
                .isEqualTo("lab");
        assertThat(done("segments --json").json().toString())
                .contains("\"lab\"")
                .contains("10.20.30.0/24");
        assertThat(done("matrix --json --segment lab").json().size()).isPositive();

        ScriptedAgent lab = agent("lab");
        String plan = lab.nextPlan().getHash();
        ScriptedAgent wifi = agent("wifi");
        String untouched = wifi.nextPlan().getHash();
        assertThat(done("segment edit lab --role device,mdm-server --json")
                        .json()
                        .get("segment")
                        .get("roles")
                        .toString())
                .isEqualTo("[\"device\",\"mdm-server\"]");
        assertThat(lab.nextPlan().getHash()).as("the plan is another one").isNotEqualTo(plan);

        Typed refused = run("segment remove lab");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("agents of segment lab are connected (a); stop them first, or give --force");
        JsonNode removed = done("segment remove lab --force --json").json();
        assertThat(removed.get("endedStreams").asInt()).isEqualTo(1);
        assertThat(removed.get("revokedInvitations").asInt()).isEqualTo(1);
        assertThat(lab.ended().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(agent("lab").ended().getDescription()).contains("it was removed, or never there");
        assertThat(run("invite --segment lab").err()).contains("segment lab is not declared");
        assertThat(done("invites").out()).doesNotContain("lab");
        assertThat(done("segments --json").json().toString()).doesNotContain("\"lab\"");

        assertThat(done("audit --json").out())
                .contains("SEGMENT_ADDED")
                .contains("SEGMENT_EDITED")
                .contains("SEGMENT_REMOVED")
                .contains("/operator/admin")
                .contains("segment lab, which was removed");
        agents.remove(wifi);
        wifi.close();
        ScriptedAgent again = agent("wifi");
        assertThat(again.nextPlan().getHash()).as("nobody touched it").isEqualTo(untouched);
    }

    @Test
    void whatWasChangedStandsAfterARestartUntilTheFileSaysOtherwise() throws Exception {
        done("segment add lab --kind server");
        collector.close();
        serve(WIFI);
        assertThat(agent("lab").nextPlan().getSegmentId()).isEqualTo("lab");
        collector.close();

        serve(WIFI + "    - {id: lab, kind: guest}\n");
        assertThat(done("segments --json").json().toString()).contains("\"guest\"");
        assertThat(done("audit").out()).contains("SEGMENT_WRITTEN").contains("collector.yaml:11 about lab");
        collector.close();

        serve(WIFI);
        assertThat(done("segments --json").json().toString())
                .as("what the file took over does not come back by itself")
                .doesNotContain("\"lab\"");
        done("segment add lab");
    }

    @Test
    void aSiteMayHaveNoSegmentInTheFile() throws Exception {
        collector.close();
        serve("    []\n");
        assertThat(done("segments --json").json().size()).isZero();
        done("segment add lab --kind wifi");
        assertThat(agent("lab").nextPlan().getTargetsCount()).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # COMMAND                                       | SAYS
            segment                                         | say what is to be done: plumbline segment
            segment edit wifi --kind guest                  | segment wifi stands in FILE:10 and is edited there: change the file and restart the collector
            segment remove wifi --force                     | segment wifi stands in FILE:10 and is removed there: change the file and restart the collector
            segment add wifi                                | segment wifi stands in FILE:10; change it there
            segment add attic                               | segment attic is declared already; plumbline segment edit attic changes it
            segment add site                                | segment id 'site' is reserved: site, apple and all are places of their own
            segment add lab --kind wlan                     | 'wlan' is none of server, wifi, guest, wired, reference, outside
            segment add lab --cidr 10.0.0.0                 | '10.0.0.0' is no address block; write 10.20.0.0/16 or 2001:db8::/32
            segment add lab --must-not-reach gdmf.apple.com:443 | segment lab must not reach gdmf.apple.com:443, but plumbline-2026 requires target
            segment edit lab --kind wifi                    | no segment 'lab' is declared; declared are wifi, attic
            segment edit attic                              | nothing is to be changed: give --name, --kind, --role, --cidr, --egress or --must-not-reach
            segment edit attic --no-cidr --cidr 10.0.0.0/8  | give --cidr or --no-cidr, not both
            segment remove lab                              | no segment 'lab' is declared; declared are wifi, attic
            """)
    void whatCannotBeDoneIsRefusedInASentence(String command, String sentence) {
        done("segment add attic --kind wired");
        Typed answer = run(command);
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err().replace(folder.resolve("collector.yaml").toString(), "FILE"))
                .startsWith(sentence);
        assertThat(done("audit").out()).doesNotContain("about wifi").doesNotContain("about lab");
    }
}
