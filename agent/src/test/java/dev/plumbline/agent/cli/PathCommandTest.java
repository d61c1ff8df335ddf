package dev.plumbline.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.LittleServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class PathCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1 0           | port 0 is not between 1 and 65535
            127.0.0.1 https       | 'https' is not an int
            127.0.0.1             | PORT
            127.0.0.1 443 --4 --6 | --4 and --6 exclude each other
            """)
    void wrongInputIsOneSentenceAndExitTwo(String arguments, String sentence) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(sentence);
    }

    @Test
    void anAddressOfTheOtherFamilyIsNothingToDraw() {
        assertThat(run("127.0.0.1 443 --6")).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1 has no IPv6 address here.");
    }

    @Test
    void loopbackIsOneHopAwayAndAnswersWithTheInitialTtl() throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.silent())) {
            int port = server.socketAddress().getPort();
            assertThat(run("127.0.0.1 " + port)).isZero();
            assertThat(out.toString())
                    .containsPattern("TTL +port " + port + " +port 443 +port 80")
                    .containsPattern("(?m)^1 +accepted")
                    .containsPattern("arriving TTL +64");
        }
    }

    @Test
    void theSameAsJson() throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.silent())) {
            assertThat(run("127.0.0.1 " + server.socketAddress().getPort() + " --json"))
                    .isZero();
            assertThat(out.toString())
                    .startsWith("{")
                    .contains("\"answeringHop\" : 1")
                    .contains("\"arrivingTtl\" : 64")
                    .contains("\"meaning\" : ");
        }
    }

    private int run(String arguments) {
        return new CommandLine(new PathCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.split(" ", -1));
    }
}
