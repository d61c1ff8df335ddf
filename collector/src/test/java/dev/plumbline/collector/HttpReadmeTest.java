package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines that the README gives to whoever asks over HTTP for the first time, in a shell, against a whole collector. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HttpReadmeTest {
    private static final String ADDRESS = "192.0.2.10:50054";

    @TempDir
    Path folder;

    private static List<String> lines() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        int begins = readme.indexOf("### Ask over HTTP");
        return readme.substring(begins, readme.indexOf("\n### ", begins + 1))
                .lines()
                .filter(l -> l.startsWith("    $ "))
                .map(l -> l.substring(6))
                .toList();
    }

    @Test
    void theyWorkAsTheyAreWritten() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "this host has no curl");
        try (PeoplesCollector collector = PeoplesCollector.made(folder).withHttp("{listen: '127.0.0.1:0'}")) {
            collector.open();
            Path home = Files.createDirectory(folder.resolve("home"));
            Files.copy(collector.pki().resolve("ca.pem"), home.resolve("ca.pem"));
            Files.writeString(home.resolve("wall.token"), collector.token("viewer") + "\n");
            assertThat(lines()).hasSizeGreaterThan(5);
            for (String line : lines()) {
                String answer = firstLine(
                        home,
                        line.replace(ADDRESS, "127.0.0.1:" + collector.httpPort())
                                .replace("student-wifi", "wifi")
                                .replace("server-vlan", "srv")
                                .replace("guest", "wifi"));
                if (line.startsWith("curl")) {
                    assertThat(answer).as(line).matches("(id: .*|[{].*)").doesNotContainPattern("\"code\":\\s*[0-9]");
                }
            }
        }
    }

    /** Of what one of them answers: a stream has no end. */
    private static String firstLine(Path home, String line) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", line)
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answer =
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            String first = answer.readLine();
            return first == null ? "" : first;
        } finally {
            shell.destroy();
            shell.waitFor();
        }
    }
}
