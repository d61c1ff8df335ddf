package dev.plumbline.deploy.here;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.collector.cli.ExitCode;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.deploy.campus.Campus;
import dev.plumbline.deploy.campus.CampusSegment;
import dev.plumbline.deploy.campus.Fault;
import dev.plumbline.deploy.campus.HostEntry;
import dev.plumbline.deploy.campus.HostKind;
import dev.plumbline.deploy.campus.Match;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class HereCommandTest {
    private static final Duration TO_PROVE = Duration.ofMinutes(2);
    /** A handshake that a busy host, which is both ends of it, takes longer for would be seen as a second fault. */
    private static final String PATIENT_STAGE = "8s";

    private static Campus campus;
    private static Path overlay;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CampusSegment segment;
    private boolean leadsOut = true;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        List<HostEntry> hosts = Catalog.builtIn().targets("plumbline-2026").stream()
                .map(t -> new HostEntry(
                        t.host(), t.port(), HostKind.ofWord(t.probe().word())))
                .toList();
        campus = Campus.start(hosts);
        Map<String, Path> anchors = campus.anchors().writeTo(folder);
        overlay = Files.writeString(
                folder.resolve("overlay.yaml"), """
                minimum-interval: 0s
                anchors:
                  apple-private: [%s]
                  public: [%s]
                """.formatted(anchors.get("apple-private"), anchors.get("public")));
    }

    @AfterAll
    static void stop() {
        campus.close();
    }

    @BeforeEach
    void enter(TestInfo test) {
        segment = campus.segment(test.getDisplayName());
    }

    private int verdict(String... options) {
        return answer("", options);
    }

    private int verdictAfterAFirstLook(String... options) {
        return answer("First look after", options);
    }

    /**
     * Asks for a verdict. A busy host may say that it cannot tell yet, or have no first look that tells anything, and is
     * asked again then; any other answer stands.
     *
     * @return the exit code; {@link #out} and {@link #err} hold the last answer only
     */
    private int answer(String wanted, String... options) {
        long deadline = System.nanoTime() + TO_PROVE.toNanos();
        int code = here(options);
        while (System.nanoTime() < deadline
                && (code == ExitCode.INSUFFICIENT || (code == ExitCode.BROKEN && !said().contains(wanted)))) {
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            code = here(options);
        }
        return code;
    }

    private int here(String... options) {
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out),
                new PrintWriter(err, true),
                Map.of(),
                Path.of("."),
                Terminal.PLAIN,
                Clock.systemUTC());
        Uplink uplink = new Uplink(
                () -> Network.open(segment::translate, List.of(), List.of(segment.resolver())), n -> leadsOut);
        List<String> all = new ArrayList<>(List.of("--overlay", overlay.toString()));
        all.addAll(Arrays.asList(options));
        return new CommandLine(new HereCommand(surroundings, uplink))
                .setErr(surroundings.err())
                .setParameterExceptionHandler((e, args) -> {
                    surroundings.err().println(e.getMessage());
                    return 2;
                })
                .execute(all.toArray(String[]::new));
    }

    /** The text with its line breaks taken out, so that a sentence is found wherever it was wrapped. */
    private String said() {
        return out.toString().replaceAll("\\s+", " ");
    }

    @Test
    void onACleanSegmentEveryRuleOfBothRolesIsMet() {
        assertThat(verdict("--role", "device", "--role", "mdm-server", "--timeout", PATIENT_STAGE))
                .as(out.toString())
                .isZero();
        assertThat(said())
                .contains("judged as device and as MDM server")
                .contains("MET: this host reaches directly all that it has to reach.")
                .doesNotContain("Broken", "BROKEN", "First look", "Not settled");
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
    }

    /** A target that both of the newest editions ask for stands in both tables. */
    @ParameterizedTest
    @ValueSource(strings = {"ht210060-2022", "plumbline-2026"})
    void onACleanSegmentTheTableSaysOfEachTargetWhatWasProvedByItsKind(String edition) {
        Set<Service> asked = Set.of(Service.APNS, Service.TIME, Service.CERTIFICATE_VALIDATION);
        List<String> options = new ArrayList<>(
                List.of("--table", "--edition", edition, "--role", "device", "--timeout", PATIENT_STAGE));
        asked.forEach(service -> options.addAll(List.of("--set", Words.of(service))));
        assertThat(verdict(options.toArray(String[]::new))).as(out.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches("TARGET +KIND +PROVED");
        assertThat(lines).allMatch(line -> line.length() <= 100);
        for (Target target : Catalog.builtIn().targets(edition)) {
            if (target.retiredOn().isEmpty()
                    && target.roles().contains(Role.DEVICE)
                    && asked.containsAll(target.services())) {
                assertThat(lines)
                        .anyMatch(line -> line.startsWith(target.id().value() + " ")
                                && line.contains(" " + target.probe().word() + " "));
            }
        }
        assertThat(said()).doesNotContain("NOT MEASURED", "INSUFFICIENT", "BLOCKED", "IMPAIRED");
        assertThat(lines.get(lines.size() - 1)).matches("[1-9][0-9]* of [1-9][0-9]* targets proved");
    }

    @Test
    void aDroppedCourierPortIsABrokenRuleWhoseOwnerOnlyAnAgentElsewhereCanSettle() {
        segment.apply(Fault.drop(Match.port(5223)));
        assertThat(verdictAfterAFirstLook("--set", "apns", "--timeout", PATIENT_STAGE))
                .as(out.toString())
                .isEqualTo(1);
        assertThat(said())
                .contains("First look after", "being confirmed")
                .contains("tcp.drop", "(tcp/5223", "only an agent elsewhere can settle")
                .contains("apns-device-direct BROKEN yes", "apns-device-fallback MET yes")
                .contains("change Allow outbound connections from here for tcp/5223")
                .contains("BROKEN: rule broken, not direct: apns-device-direct.")
                .doesNotContain("tls.", "dns.");
    }

    @Test
    void aBoxThatBreaksTls13IsAFactThatAccusesNobodyYet() {
        segment.apply(Fault.oldTls(Match.port(5223)));
        assertThat(verdict("--set", "apns")).as(out.toString()).isZero();
    }

    @Test
    void interceptionProvesItselfWithoutAnybodyElse() {
        segment.apply(Fault.intercept(443));
        assertThat(verdict("--set", "apns", "--set", "device-setup"))
                .as(out.toString())
                .isEqualTo(1);
        assertThat(said())
                .contains("tls.intercepted", "Campus Web Gateway CA", "no-interception BROKEN no")
                .contains("apns-device-direct MET", "Exempt")
                .contains("what was seen proves that it is done on the way");
    }

    @Test
    void namesThatTheResolverDeniesBreakTheRuleByDns() {
        segment.apply(Fault.dns(Fault.Damage.NXDOMAIN, "apple.com"));
        assertThat(verdict("--set", "apns")).as(out.toString()).isEqualTo(1);
        assertThat(said())
                .contains("dns.nxdomain", "dns-resolves BROKEN no", "apns-device-direct BROKEN no")
                .contains("only an agent elsewhere can settle")
                .doesNotContain("tcp.drop");
    }

    @Test
    void aPortalIsNamedAndHidesWhatFollowsFromIt() {
        segment.apply(Fault.captive());
        assertThat(verdict("--set", "apns", "--set", "device-setup", "--timeout", "2s"))
                .as(out.toString())
                .isEqualTo(1);
        assertThat(said()).contains("portal.captive", "Sign the segment's managed devices in");
        assertThat(said().substring(said().indexOf("Broken, and by what"))).doesNotContain("tcp.drop");
    }

    @Test
    void whereEverythingIsDroppedTheHostIsOffline() {
        segment.apply(Fault.drop(Match.all()));
        assertThat(verdictAfterAFirstLook("--timeout", "1s")).as(out.toString()).isEqualTo(1);
        assertThat(said())
                .contains("First look after", "segment.offline", "hosts that are not Apple's included")
                .doesNotContain("tcp.drop");
    }

    @Test
    void aHostWithoutNetworkIsToldSoInOneSentence() {
        leadsOut = false;
        assertThat(here()).isEqualTo(3);
        assertThat(said()).contains("INSUFFICIENT: this host has no network").contains("0 targets probed");
        assertThat(out.toString()).hasLineCount(3);
    }

    @Test
    void jsonHasTheWholeReport() throws Exception {
        segment.apply(Fault.drop(Match.port(2197)));
        assertThat(verdict("--json", "--role", "mdm-server", "--set", "apns", "--timeout", PATIENT_STAGE))
                .as(out.toString())
                .isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("verdict").asText()).isEqualTo("BROKEN");
        assertThat(report.path("roles").get(0).asText()).isEqualTo("mdm-server");
        JsonNode cause = report.path("suspicions").get(0);
        assertThat(cause.path("mechanism").asText()).isEqualTo("tcp.drop");
        assertThat(cause.path("scope").asText()).startsWith("tcp/2197");
        assertThat(cause.path("witnesses").get(0).path("remote").asText()).endsWith(":2197");
        assertThat(report.path("findings")).isEmpty();
    }

    @Test
    void aScopeOfManyPartsIsCutToWhatALineHolds() {
        assertThat(HostText.shortened("of (name:a.example+name:b.example+tcp/443+tcp/80+udp/53), 9 targets"))
                .isEqualTo("of (name:a.example+name:b.example+tcp/443 and 2 more), 9 targets");
        assertThat(HostText.shortened("of (tcp/443+tcp/80+tcp/5223+udp/53)"))
                .isEqualTo("of (tcp/443+tcp/80+tcp/5223+udp/53)");
    }

    @Test
    void aWrongWordIsRefusedWithThoseThatExist() {
        assertThat(here("--set", "push")).isEqualTo(2);
        assertThat(here("--role", "phone")).isEqualTo(2);
        assertThat(here("--timeout", "1ms")).isEqualTo(2);
        assertThat(here("--edition", "ht-1984")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--set 'push'", "certificate-validation", "--role 'phone'", "100ms", "'ht-1984', only");
    }
}
