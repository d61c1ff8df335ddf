package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.alert.Causes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.Causes;
import dev.plumbline.collector.alert.SyslogMessage.Facility;
import dev.plumbline.loopback.HeldPort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Messages to real log servers over UDP, TCP and TLS. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SyslogSenderTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    static Path folder;

    private static LittlePki pki;
    private static ScheduledExecutorService timer;

    @BeforeAll
    static void start() throws Exception {
        pki = LittlePki.make(folder);
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void stop() {
        timer.shutdownNow();
    }

    private static Outcome send(int port, Target.Syslog.Transport transport, int patienceSeconds) {
        return send("127.0.0.1", port, transport, patienceSeconds);
    }

    private static Outcome send(String name, int port, Target.Syslog.Transport transport, int patienceSeconds) {
        Alert alert = Causes.opened();
        Target.Syslog target = new Target.Syslog(name, port, transport, Facility.LOCAL0, Optional.of(pki.trust()));
        return new SyslogSender(target, "collector", timer, patienceSeconds).send(alert, T0);
    }

    @Test
    void aDatagramHoldsOneMessage() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
            assertThat(send(server.getLocalPort(), Target.Syslog.Transport.UDP, 20)
                            .kind())
                    .isEqualTo(Outcome.Kind.DELIVERED);
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            server.setSoTimeout(60_000);
            server.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .startsWith(
                            "<131>1 2026-11-21T10:00:00Z collector plumbline - opened - [violation] wifi: tcp.drop tcp/5223");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UDP")
    void aFrameSaysHowLongItIs(Target.Syslog.Transport transport) throws Exception {
        try (ServerSocket server = transport == Target.Syslog.Transport.TLS
                ? pki.server().getServerSocketFactory().createServerSocket(0, 5, LOOPBACK)
                : new ServerSocket(0, 5, LOOPBACK)) {
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept()) {
                    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(send(server.getLocalPort(), transport, 20).kind()).isEqualTo(Outcome.Kind.DELIVERED);
            String frame = heard.get(60, TimeUnit.SECONDS);
            int blank = frame.indexOf(' ');
            String message = frame.substring(blank + 1);
            assertThat(Integer.parseInt(frame.substring(0, blank)))
                    .isEqualTo(message.getBytes(StandardCharsets.UTF_8).length);
            assertThat(message).startsWith("<131>1 ").doesNotContain("\n");
        }
    }

    /** Under TLS 1.3 the server says so when the client has written all it had to say. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void aServerThatWantsACertificateOfOursHasNotTakenIt(String version) throws Exception {
        try (SSLServerSocket server =
                (SSLServerSocket) pki.server().getServerSocketFactory().createServerSocket(0, 5, LOOPBACK)) {
            server.setNeedClientAuth(true);
            server.setEnabledProtocols(new String[] {version});
            CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept()) {
                    return socket.getInputStream().readAllBytes().length;
                } catch (IOException e) {
                    return 0;
                }
            });
            Outcome outcome = send(server.getLocalPort(), Target.Syslog.Transport.TLS, 20);
            assertThat(outcome.kind()).as(outcome.said()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(heard.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aServerOfAnotherNameIsToldNothing() throws Exception {
        try (ServerSocket server = pki.server().getServerSocketFactory().createServerSocket(0, 5, LOOPBACK)) {
            CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept()) {
                    return socket.getInputStream().readAllBytes().length;
                } catch (IOException e) {
                    return 0;
                }
            });
            Outcome outcome = send("localhost", server.getLocalPort(), Target.Syslog.Transport.TLS, 20);
            assertThat(outcome.kind()).as(outcome.said()).isEqualTo(Outcome.Kind.NOBODY);
            assertThat(outcome.said())
                    .as("the certificate names 127.0.0.1 alone")
                    .contains("localhost");
            assertThat(heard.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aServerThatNeverShakesHandsIsLeft() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
            Outcome outcome = send(silent.getLocalPort(), Target.Syslog.Transport.TLS, 1);
            assertThat(outcome).isEqualTo(Outcome.nobody("the log server did not take it in 1 s"));
        }
    }

    @Test
    void whereNobodyListensThatIsSaid() throws Exception {
        try (HeldPort closed = new HeldPort()) {
            assertThat(send(closed.number(), Target.Syslog.Transport.TCP, 20).said())
                    .contains("could not be written to: ConnectException");
        }
    }
}
