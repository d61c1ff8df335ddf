package dev.plumbline.deploy.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ManualsTest {
    @TempDir
    private static Path share;

    @BeforeAll
    static void write() throws IOException {
        Manuals.write(share, "1.2");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.list(share.resolve("man/man1"))) {
            return all.sorted().toList();
        }
    }

    private static String page(String name) throws IOException {
        return Files.readString(share.resolve("man/man1").resolve(name + ".1"));
    }

    @Test
    void everyCommandHasAPage() throws Exception {
        int commands = Manuals.programs().stream().mapToInt(ManualsTest::count).sum();
        assertThat(pages()).hasSize(commands);
        assertThat(pages().stream().map(p -> p.getFileName().toString()))
                .contains(
                        "plumbline.1",
                        "plumbline-findings.1",
                        "plumbline-segment-add.1",
                        "plumbline-agent-run.1",
                        "plumbline-collector-rebuild.1");
    }

    private static int count(CommandLine command) {
        return 1
                + command.getSubcommands().values().stream()
                        .distinct()
                        .mapToInt(ManualsTest::count)
                        .sum();
    }

    @Test
    void aPageSaysWhatHelpSays() throws Exception {
        assertThat(page("plumbline-agent-run"))
                .startsWith(".TH \"PLUMBLINE\\-AGENT\\-RUN\" \"1\" \"\" \"plumbline\\-agent 1.2\" \"Plumbline\"\n")
                .contains(".SH NAME\nplumbline\\-agent\\-run \\- Follows the collector's plan")
                .contains(".SH SYNOPSIS\n.nf\nplumbline\\-agent run ")
                .contains(".TP\n\\fB\\-\\-config FILE\\fR\nThe agent's configuration, YAML.\n")
                .contains(".SH SEE ALSO\nplumbline\\-agent(1)\n");
        assertThat(page("plumbline")).contains(".SH EXIT STATUS\n.TP\n\\fB0\\fR\n", "\\fBmatrix\\fR\n");
        assertThat(page("plumbline-report")).contains(".SH EXIT STATUS\n.TP\n\\fB0\\fR\nAll requirements were met");
        assertThat(page("plumbline-findings")).contains(".SH EXIT STATUS\n.TP\n\\fB0\\fR\nAsked and answered");
    }

    @Test
    void everyPageSaysWhatTheExitCodesMean() throws Exception {
        for (Path page : pages()) {
            assertThat(Files.readString(page)).as(page.toString()).contains(".SH EXIT STATUS\n.TP\n\\fB0\\fR\n");
        }
    }

    /** But those that run until they are told to end, and what a shell reads. */
    @Test
    void everyCommandAnswersProgramsToo() {
        assertThat(Manuals.programs().stream()
                        .flatMap(ManualsTest::leaves)
                        .filter(command ->
                                !command.getCommandSpec().optionsMap().containsKey("--json"))
                        .map(command -> command.getCommandSpec().qualifiedName()))
                .containsExactlyInAnyOrder("plumbline completion", "plumbline-agent run", "plumbline-collector serve");
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().distinct().flatMap(ManualsTest::leaves);
    }

    @Test
    void nothingIsLeftThatOnlyTheParserOfCommandsUnderstands() throws Exception {
        for (Path page : pages()) {
            assertThat(Files.readString(page)).as(page.toString()).doesNotContain("${", "@|", "|@", "%n", "null");
        }
    }

    @Test
    void manTakesEveryPage() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed here (deploy/lab/packages.txt)");
        for (Path page : pages()) {
            assertThat(groff("-Kutf8", "-man", "-ww", "-z", page.toString()))
                    .as(page.toString())
                    .isEmpty();
        }
        assertThat(groff(
                        "-Kutf8",
                        "-man",
                        "-Tutf8",
                        share.resolve("man/man1/plumbline-agent-run.1").toString()))
                .contains("--config FILE");
    }

    private static String groff(String... arguments) throws Exception {
        Path said = Files.createTempFile("groff", ".txt");
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of("groff", "-P-cbou"), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean isEnded = process.waitFor(120, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(isEnded).isTrue();
            return Files.readString(said, StandardCharsets.UTF_8);
        } finally {
            Files.delete(said);
        }
    }

    @Test
    void everyProgramHasACompletion() throws Exception {
        for (String program : List.of("plumbline", "plumbline-agent", "plumbline-collector")) {
            assertThat(Files.readString(
                            share.resolve("bash-completion/completions").resolve(program)))
                    .contains("complete -F _complete_" + program + " ");
        }
    }
}
