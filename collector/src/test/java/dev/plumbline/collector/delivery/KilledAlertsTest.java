package dev.plumbline.collector.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole of the outbox and its threads, killed by the system at points that nobody chose. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class KilledAlertsTest {
    private static final int RUNS = 4;
    private static final int MORE = 15;

    @TempDir
    Path folder;

    @Test
    void noAlertIsLostAndEachKeepsItsId() throws Exception {
        Path secret = Settings.secret(folder, "0123456789abcdef0123456789abcdef");
        Map<String, String> idOfFinding = new HashMap<>();
        try (Receivers server = new Receivers()) {
            for (int run = 0; run < RUNS; run++) {
                Process process = process(secret, server, run * MORE, (run + 1) * MORE);
                try {
                    boolean isLast = run == RUNS - 1;
                    // All but the last run are killed in the middle of what they tell.
                    while (isLast ? idOfFinding.size() < RUNS * MORE : idOfFinding.size() < run * MORE + MORE / 2) {
                        take(server.next(), idOfFinding);
                    }
                } finally {
                    process.destroyForcibly().waitFor();
                }
                while (!server.isEmpty()) {
                    take(server.next(), idOfFinding);
                }
            }
        }
        assertThat(idOfFinding).hasSize(RUNS * MORE);
        assertThat(idOfFinding.values()).as("another alert has another id").doesNotHaveDuplicates();
    }

    private static void take(Receivers.Came came, Map<String, String> idOfFinding) throws Exception {
        JsonNode data = new ObjectMapper().readTree(came.body()).path("data");
        assertThat(data.path("kind").asText()).isEqualTo("opened");
        String before = idOfFinding.put(data.path("finding").asText(), came.id());
        assertThat(before == null || before.equals(came.id()))
                .as("what is sent again because of a kill is known by its id")
                .isTrue();
    }

    private Process process(Path secret, Receivers server, int known, int last) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                KilledAlerts.class.getName()));
        command.addAll(List.of(
                folder.toString(),
                secret.toString(),
                server.url("/"),
                Integer.toString(known),
                Integer.toString(last)));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
