package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host key of a real sshd, where this host has one. */
final class RealSshdTest {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "ed25519, curve25519-sha256, ssh-ed25519",
        "ecdsa, ecdh-sha2-nistp256, ecdsa-sha2-nistp256",
        "rsa, curve25519-sha256@libssh.org, ssh-rsa"
    })
    void theKeyIsTheOneThatItsOwnToolsShow(String type, String exchange, String expected) throws Exception {
        // The build installs nothing: SshWordsTest and OddKindsTest hold what a missing sshd would.
        assumeTrue(Files.isExecutable(SSHD), "there is an sshd");
        Path key = folder.resolve("host");
        Path config = folder.resolve("sshd_config");
        ended("ssh-keygen", "-q", "-t", type, "-N", "", "-f", key.toString());
        Files.writeString(config, "HostKey " + key + "\nKexAlgorithms " + exchange + "\nUsePAM no\nPidFile none\n");
        // Some builds of it want a folder that only root may make.
        assumeTrue(
                new ProcessBuilder(SSHD.toString(), "-t", "-f", config.toString())
                                .start()
                                .waitFor()
                        == 0,
                "this user may run it");
        String shown = ended("ssh-keygen", "-l", "-f", key + ".pub").split(" ", -1)[1];
        try (LittleServer server = new LittleServer(socket -> serve(socket, config));
                Network network = Network.ofHost()) {
            Exchange exchanged = Talks.hold(network, ProbeKind.SSH, Transport.TCP, server.socketAddress());
            assertThat(exchanged.failure().isNone()).isTrue();
            assertThat(exchanged.seen())
                    .containsEntry("host-key-type", expected)
                    .containsEntry("host-key", shown);
        }
    }

    /** One connection, as a super-server would hand it over. */
    private static void serve(Socket socket, Path config) throws IOException {
        Process sshd = new ProcessBuilder(SSHD.toString(), "-i", "-f", config.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Thread out = new Thread(() -> pump(sshd.getInputStream(), socket), "sshd-says");
            out.setDaemon(true);
            out.start();
            LittleServer.copy(socket.getInputStream(), sshd.getOutputStream());
        } finally {
            sshd.destroy();
        }
    }

    private static void pump(InputStream from, Socket to) {
        try {
            LittleServer.copy(from, to.getOutputStream());
        } catch (IOException gone) {
            // The probe leaves first.
        }
    }

    private static String ended(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("no " + command[0] + " here", e);
        }
    }
}
