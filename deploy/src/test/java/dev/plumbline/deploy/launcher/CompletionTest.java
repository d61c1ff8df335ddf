package dev.plumbline.deploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script is given to a real bash. */
final class CompletionTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int plumbline(String... words) {
        return Plumbline.commandLine(new Surroundings(
                        new PrintWriter(out),
                        new PrintWriter(err, true),
                        Map.of(),
                        folder,
                        Terminal.PLAIN,
                        Clock.systemUTC()))
                .execute(words);
    }

    private Path script() throws Exception {
        assertThat(plumbline("completion", "bash")).isZero();
        return Files.writeString(folder.resolve("plumbline.bash"), out.toString());
    }

    private String bash(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "--noprofile", "--norc"));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean isEnded = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(isEnded).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void theScriptIsOneForBash() throws Exception {
        assertThat(bash("-n", script().toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plumbline mat             | matrix
            plumbline se              | segment segments
            plumbline segment re      | remove
            plumbline findings --fi   | --filter
            plumbline completion z    | zsh
            plumbline nothing-like-it | ''
            """)
    void whatWasBegunIsCompleted(String typed, String completions) throws Exception {
        Path script = script();
        String said = bash(
                "-c",
                "compopt() { :; }; source " + script + "; COMP_LINE='" + typed + "'; COMP_WORDS=(" + typed + ");"
                        + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_plumbline; echo \"${COMPREPLY[@]}\"");
        assertThat(said.strip().split("\\s+")).containsExactlyInAnyOrder(completions.split(" "));
    }

    @Test
    void zshTakesTheSameByItsOwnBashcompinit() throws Exception {
        String bash = Files.readString(script());
        out.getBuffer().setLength(0);
        assertThat(plumbline("completion", "zsh")).isZero();
        assertThat(out.toString()).contains("bashcompinit").isEqualTo(bash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fish", "BASH", ""})
    void anotherShellIsToldWhichThereAre(String shell) {
        assertThat(plumbline("completion", shell)).isEqualTo(2);
        assertThat(err.toString()).contains("'" + shell + "' is none of bash, zsh");
    }
}
