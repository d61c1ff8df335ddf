package dev.plumbline.deploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
