package dev.plumbline.deploy.here;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.agent.bundle.Bundle;
import dev.plumbline.agent.bundle.BundleFile;
import dev.plumbline.agent.bundle.BundleReader;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.deploy.campus.Campus;
import dev.plumbline.deploy.campus.CampusSegment;
import dev.plumbline.deploy.campus.Fault;
import dev.plumbline.deploy.campus.HostEntry;
import dev.plumbline.deploy.campus.HostKind;
import dev.plumbline.deploy.campus.Match;
import dev.plumbline.v1.BundlePart;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class HereReplayTest {
    private static Campus campus;
    private static Path overlay;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

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

    private Path file() {
        return folder.resolve("facts.plb");
    }

    private int here(CampusSegment segment, String... options) {
        List<String> all = new ArrayList<>(List.of("--overlay", overlay.toString(), "--timeout", "2s"));
        all.addAll(Arrays.asList(options));
        return run(
                new Uplink(() -> Network.open(segment::translate, List.of(), List.of(segment.resolver())), n -> true),
                all);
    }

    private int replay(String... options) {
        List<String> all = new ArrayList<>(List.of("--replay", file().toString()));
        all.addAll(Arrays.asList(options));
        Uplink none = new Uplink(
                () -> {
                    throw new AssertionError("a replay measures nothing");
                },
                n -> true);
        return run(none, all);
    }

    private int run(Uplink uplink, List<String> options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Surroundings surroundings = new Surroundings(
                new PrintWriter(out),
                new PrintWriter(err, true),
                Map.of(),
                Path.of("."),
                Terminal.PLAIN,
                Clock.systemUTC());
        return new CommandLine(new HereCommand(surroundings, uplink))
                .setErr(surroundings.err())
                .setParameterExceptionHandler((e, args) -> {
                    surroundings.err().println(e.getMessage());
                    return 2;
                })
                .execute(options.toArray(String[]::new));
    }

    private String said() {
        return out.toString().replaceAll("\\s+", " ");
    }

    private static void apply(CampusSegment segment, String fault) {
        switch (fault) {
            case "none" -> {}
            case "drop" -> segment.apply(Fault.drop(Match.port(5223)));
            case "intercept" -> segment.apply(Fault.intercept(443));
            case "nxdomain" -> segment.apply(Fault.dns(Fault.Damage.NXDOMAIN, "apple.com"));
            case "captive" -> segment.apply(Fault.captive());
            default -> throw new AssertionError(fault);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "drop", "intercept", "nxdomain", "captive"})
    void theFactsOfARoundGiveTheSameVerdictWhereverTheyAreJudged(String fault) {
        CampusSegment segment = campus.segment("replay-" + fault);
        apply(segment, fault);
        int code = here(segment, "--role", "device", "--role", "mdm-server", "--bundle", file().toString());
        String measured = out.toString();
        assertThat(err.toString()).startsWith(file() + ": ").contains(" pieces of evidence, ");

        assertThat(replay()).as(measured).isEqualTo(code);
        String judgedAgain = out.toString();
        assertThat(judgedAgain).startsWith("Judged again from ");
        String verdict = judgedAgain.substring(judgedAgain.indexOf("\n\n") + 2);
        assertThat(verdict).startsWith("This host judged as device and as MDM server");
        assertThat(measured).endsWith(verdict);
    }

    @Test
    void theWholeReportIsTheSameInJson() throws Exception {
        CampusSegment segment = campus.segment("replay-json");
        segment.apply(Fault.reset(Match.port(2197)));
        int code = here(segment, "--json", "--role", "mdm-server", "--set", "apns", "--bundle", file().toString());
        JsonNode measured = new ObjectMapper().readTree(out.toString());
        assertThat(replay("--json")).isEqualTo(code);
        JsonNode again = new ObjectMapper().readTree(out.toString());
        assertThat(again.path("replay").path("cutShortBy").asText("none")).isEmpty();
        assertThat(again.path("replay").path("otherCatalog").asBoolean())
                .as("the overlay took the minimum intervals away")
                .isTrue();
        ((ObjectNode) again).remove("replay");
        assertThat(again).isEqualTo(measured);
    }

    @Test
    void whatIsAskedForNowAndWasNotThenIsNotMeasured() {
        here(campus.segment("replay-role"), "--set", "apns", "--bundle", file().toString());
        assertThat(replay("--set", "apns", "--role", "device", "--role", "mdm-server"))
                .as(out.toString())
                .isEqualTo(3);
        assertThat(said()).contains("Not asked for then: ", "INSUFFICIENT: ");
    }

    @Test
    void aTargetInWordsOfANewerProgramIsNamedAndTheRestJudged() throws Exception {
        int code = here(campus.segment("replay-newer"), "--set", "apns", "--bundle", file().toString());
        addTarget("telepathy", "mind-reading");
        assertThat(replay()).as(out.toString()).isEqualTo(code);
        assertThat(said()).contains("telepathy: this version cannot judge it, since", "mind-reading");
    }

    /** A bundle comes from anywhere, and holds what peers said besides. */
    @Test
    void whatIsSaidInABundleIsShownAndGivesNoOrdersToTheTerminal() throws Exception {
        here(campus.segment("replay-orders"), "--set", "apns", "--bundle", file().toString());
        addTarget("telepathy", "mind-\u001b[2J\u202ereading\nMET");
        replay();
        assertThat(said()).contains("mind-?[2J?reading?MET");
        assertThat(out.toString()).doesNotContain("\u001b", "\u202e");
        replay("--json");
        assertThat(out.toString()).doesNotContain("\u001b", "\u202e");
        assertThat(new ObjectMapper().readTree(out.toString()).toString()).contains("mind-");
    }

    /** As a newer program would have written it. */
    private void addTarget(String id, String probe) throws Exception {
        String magic = "plumbline-bundle 1\n";
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
        byte[] before = Files.readAllBytes(file());
        try (InputStream in = new GZIPInputStream(
                        new ByteArrayInputStream(before, magic.length(), before.length - magic.length()));
                OutputStream zipped = new GZIPOutputStream(changed)) {
            BundlePart part = BundlePart.parseDelimitedFrom(in);
            while (part != null) {
                BundlePart.Builder written = part.toBuilder();
                if (part.hasOpening()) {
                    var plan = written.getOpeningBuilder().getPlanBuilder().clearHash();
                    plan.addTargets(plan.getTargets(0).toBuilder().setId(id).setProbe(probe));
                    plan.setHash(Sha256.of(plan.build().toByteArray()).hex());
                }
                written.build().writeDelimitedTo(zipped);
                part = BundlePart.parseDelimitedFrom(in);
            }
        }
        Files.write(file(), changed.toByteArray());
    }

    @Test
    void anIncompleteRoundIsJudgedByWhatItSawAndSaysSo() throws Exception {
        here(campus.segment("replay-cut"), "--set", "apns", "--bundle", file().toString());
        Bundle whole = BundleReader.read(file());
        Bundle cut = new Bundle(
                whole.asked(),
                whole.plan(),
                whole.anchors(),
                whole.observations().subList(0, 1),
                whole.evidence(),
                whole.summary(),
                whole.closedAt(),
                Duration.ofSeconds(1),
                "the program was ended before the round was over");
        BundleFile.at(file(), true).write(cut, Clock.systemUTC());
        assertThat(replay()).as(out.toString()).isEqualTo(3);
        assertThat(said()).contains("INCOMPLETE: the program was ended before the round was over.");
    }

    @Test
    void withAnOverlayOnlyItsAnchorsAreTrusted() throws Exception {
        here(campus.segment("replay-anchors"), "--set", "apns", "--bundle", file().toString());
        replay();
        assertThat(said()).contains("Trusted there and not here, and so taken for right: ");
        Path standard = Files.writeString(folder.resolve("standard.yaml"), "minimum-interval: 0s\n");
        assertThat(replay("--overlay", standard.toString())).as(out.toString()).isNotZero();
        assertThat(said()).doesNotContain("Trusted there");
    }

    @Test
    void wrongUseIsOneSentence() throws Exception {
        assertThat(replay()).isEqualTo(2);
        assertThat(err.toString()).contains("--replay " + file() + ": there is no such file");
        assertThat(replay("--bundle", "other")).isEqualTo(2);
        assertThat(err.toString()).contains("give one of them");
        Files.writeString(file(), "mine");
        assertThat(here(campus.segment("replay-usage"), "--bundle", file().toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("exists already").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }
}
