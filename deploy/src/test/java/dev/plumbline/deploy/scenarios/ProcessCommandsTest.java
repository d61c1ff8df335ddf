package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCommandsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path scratch;

    @Test
    void outputErrorsAndExitCodeAreKeptApart() throws Trouble {
        Commands.Ran ran =
                new ProcessCommands(scratch).run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), LIMIT);
        assertThat(ran.output()).isEqualTo("out\n");
        assertThat(ran.errors()).isEqualTo("err\n");
        assertThat(ran.exit()).isEqualTo(3);
        assertThatThrownBy(() -> ran.expecting(0, 1)).hasMessageContaining("ended with 3 and said: err");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aProgramThatTakesTooLongIsEnded() {
        assertThatThrownBy(() -> new ProcessCommands(scratch).run(List.of("sleep", "60"), Duration.ofMillis(100)))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("sleep 60 took longer than");
    }

    @Test
    void aProgramThatIsMissingIsNamed() {
        assertThatThrownBy(() -> new ProcessCommands(scratch).run(List.of("no-such-program"), LIMIT))
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith("no-such-program cannot be started");
    }

    @Test
    void aDaemonLivesUntilItIsStopped() throws Trouble {
        Commands.Daemon daemon =
                new ProcessCommands(scratch).start("sleeper", List.of("sleep", "60"), scratch.resolve("log"));
        assertThat(daemon.alive()).isTrue();
        daemon.stop();
        assertThat(daemon.alive()).isFalse();
    }
}
