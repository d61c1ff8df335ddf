package dev.plumbline.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.TestCertificate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class HoldCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --age soon            | --age: 'soon' is no time span
            --age 3h              | --age: '3h' is not between 1s and 2h
            --for 100ms           | --for: '100ms' is not between 1s and 2h
            --for 10s --age 30s   | --age: one is longer than --for allows
            --port 0              | --port port 0 is not between 1 and 65535
            --port https          | Invalid value for option '--port'
            """)
    void wrongInputIsOneSentenceAndExitTwo(String arguments, String sentence) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(sentence);
    }

    @Test
    void aHoldIsToldInLinesAndAsJson() throws Exception {
        TestCertificate certificate = new TestCertificate("courier.test");
        try (LittleServer server = new LittleServer(
                LittleServer.tls(certificate.serverContext(), false, List.of(), LittleServer.silent()))) {
            String port = Integer.toString(server.socketAddress().getPort());
            assertThat(run("--age", "1s", "--port", port, "127.0.0.1")).isZero();
            assertThat(out.toString().lines())
                    .hasSize(2)
                    .anyMatch(line -> line.equals("127.0.0.1:" + port + ": quiet for 0:01"))
                    .anyMatch(line -> line.startsWith("127.0.0.1:" + port + ": alive at 0:01: "));
            out.getBuffer().setLength(0);
            assertThat(run("--age", "1s", "--port", port, "--json", "127.0.0.1"))
                    .isZero();
            JsonNode hold =
                    new ObjectMapper().readTree(out.toString()).path("holds").path(0);
            assertThat(hold.path("end").asText()).isEqualTo("alive");
            assertThat(hold.path("remote").asText()).isEqualTo("127.0.0.1:" + port);
            assertThat(hold.path("idleMicros").asLong()).isGreaterThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void whereNothingCanBeHeldTheExitCodeSaysSo() throws Exception {
        int closed;
        try (LittleServer server = new LittleServer(LittleServer.silent())) {
            closed = server.socketAddress().getPort();
        }
        assertThat(run("--age", "1s", "--port", Integer.toString(closed), "127.0.0.1"))
                .isEqualTo(3);
        assertThat(out.toString()).contains("not held: no connection to");
    }

    @Test
    void theBarFillsWithAge() {
        assertThat(HoldView.bar(Duration.ofSeconds(15), Duration.ofSeconds(30))).isEqualTo("[##########----------]");
        assertThat(HoldView.bar(Duration.ofSeconds(90), Duration.ofSeconds(30))).isEqualTo("[####################]");
    }

    private int run(String... arguments) {
        return new CommandLine(new HoldCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
