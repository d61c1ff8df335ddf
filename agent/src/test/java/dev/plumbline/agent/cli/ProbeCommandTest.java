package dev.plumbline.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.bundle.Bundle;
import dev.plumbline.agent.bundle.BundleReader;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void aBundleHoldsTheFactsOfTheRoundAndItsSizeIsTold(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("facts.plb");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InetSocketAddress nobody;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) once.getLocalSocketAddress();
        }
        ProbeCommand probe = new ProbeCommand(() -> Network.open(to -> to, List.of(), List.of(nobody)));
        int exit = new CommandLine(probe)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("courier:5223", "--role", "device", "--timeout", "1s", "--bundle", file.toString());
        assertThat(exit).as(err.toString()).isZero();
        Bundle bundle = BundleReader.read(file);
        assertThat(err.toString()).contains(file + ": " + bundle.observations().size() + " observations, ", " KiB");
        assertThat(bundle.isComplete()).isTrue();
        assertThat(bundle.asked().roles()).containsExactly(Role.DEVICE);
        assertThat(bundle.observations())
                .isNotEmpty()
                .allSatisfy(o -> assertThat(o.target().value()).isEqualTo("courier:5223"));
        assertThat(bundle.summary().environment().resolvers()).hasSize(1);
    }
}
