package dev.plumbline.agent.pac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PacProcessTest {
    private static final PacLimits NONE = new PacLimits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1));
    private static final long PATIENCE_SECONDS = 60;

    /** The agent's end of its pipe is closed by the kernel, however the agent ends. */
    @Test
    void anAgentThatIsGoneTakesABusyScriptWithIt() throws Exception {
        Process process = new ProcessBuilder(PacRunner.command())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (DataOutputStream out = new DataOutputStream(process.getOutputStream())) {
            PacProcess.send(
                    out,
                    NONE,
                    "dnsResolve('begun'); while (true) {}",
                    new NamelessHost("10.20.20.10", ZonedDateTime.parse("2026-11-21T19:30:15+01:00")),
                    List.of(new PacQuestion("http://b/", "b")));
            assertThat(process.getInputStream().read()).isEqualTo(PacProcess.ASKS_NAME);
            out.writeUTF("");
            out.flush();
            assertThat(process.isAlive()).isTrue();
            out.close();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void itLoadsItsOwnClassesAndTheInterpretersOnly() throws IOException {
        assertThat(PacClassPath.find().split(File.pathSeparator)).hasSize(3).anyMatch(p -> p.contains("rhino"));
    }
}
