package dev.plumbline.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ProbeCommandTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no-such-target                    | there is no target 'no-such-target' in the catalog
            NOT_AN_ID                         | target id 'NOT_AN_ID' must be lower-case letters
            courier:5223 --role printer       | 'printer' is none of device, mdm-server, content-cache
            courier:5223 --timeout soon       | 'soon' is no time span
            courier:5223 --edition ht-1984    | there is no edition 'ht-1984'
            courier:5223 --catalog-overlay no | no
            --helper tls:192.0.2.1:443        | --helper and --helper-pin belong together
            --helper 192.0.2.1 --helper-pin 0 | '192.0.2.1' is no address with a port
            """)
    void wrongInputIsOneSentenceAndExitTwo(String arguments, String sentence) {
        StringWriter err = new StringWriter();
        int exit =
                new CommandLine(new ProbeCommand()).setErr(new PrintWriter(err)).execute(arguments.split(" ", -1));
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(sentence);
    }
}
