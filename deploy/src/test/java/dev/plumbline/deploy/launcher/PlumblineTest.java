package dev.plumbline.deploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class PlumblineTest {
    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private CommandLine plumbline() {
        return Plumbline.commandLine(new Surroundings(
                new PrintWriter(out), new PrintWriter(err, true), Map.of(), home, Terminal.PLAIN, Clock.systemUTC()));
    }

    @Test
    void theProgramHasTheCommandsOfTheOtherModules() {
        assertThat(plumbline().getSubcommands())
                .containsKeys("segments", "matrix", "findings", "explain", "remedy", "verify-now", "catalog");
    }

    @Test
    void whatIsNoCommandEndsWithTwoAndASentence() {
        assertThat(plumbline().execute("nothing")).isEqualTo(2);
        assertThat(err.toString()).contains("nothing", "plumbline --help").hasLineCount(1);
    }

    @Test
    void withoutAClientConfigurationACommandSaysWhereItBelongs() {
        assertThat(plumbline().execute("segments")).isEqualTo(2);
        assertThat(err.toString()).contains(".config/plumbline/client.yaml does not exist");
    }

    @Test
    void whoeverReadsTheLineOfAPluginReadsThereThatItWasCalledInAWrongWay() {
        assertThat(plumbline().execute("check", "--sgement", "guest")).isEqualTo(3);
        assertThat(out.toString())
                .startsWith("PLUMBLINE UNKNOWN - Unknown options: '--sgement', 'guest' (see plumbline check --help)")
                .hasLineCount(1);
        assertThat(err.toString()).contains("--sgement");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report     | 3 | Neither is proved
            alert test | 1 | A receiver did not
            check      | 1 | Warning: a fault, or something comes and goes
            verify-now | 1 | With --wait: a requirement is broken
            findings   | 4 | The collector cannot be reached
            token create | 2 | Wrong usage or configuration
            """)
    void helpSaysWhatEachExitCodeMeans(String command, int code, String meaning) {
        CommandLine at = plumbline();
        for (String word : command.split(" ", -1)) {
            at = Optional.ofNullable(at.getSubcommands().get(word)).orElseThrow();
        }
        assertThat(at.getCommandSpec().usageMessage().exitCodeList()).containsEntry(String.valueOf(code), meaning);
    }
}
