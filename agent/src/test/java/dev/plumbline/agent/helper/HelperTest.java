package dev.plumbline.agent.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.agent.helper.HelperSettings.Place;
import dev.plumbline.agent.hold.HoldOutcome;
import dev.plumbline.agent.hold.HoldTarget;
import dev.plumbline.agent.hold.HoldTimes;
import dev.plumbline.agent.hold.QuietConnection;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelperTest {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Helper helper;

    @BeforeEach
    void start() throws Exception {
        helper = Helper.start(
                new HelperSettings(
                        List.of(listen(EchoProtocol.TLS), listen(EchoProtocol.HTTP), listen(EchoProtocol.UDP)),
                        List.of(),
                        Optional.empty()),
                folder,
                Ticker.system());
    }

    @AfterEach
    void stop() {
        helper.close();
    }

    @Test
    void aConnectionIsHeldToItAndAnsweredUnderItsPin() {
        HoldOutcome outcome = held(helper.pin().orElseThrow());
        assertThat(outcome.why()).isEmpty();
        assertThat(outcome.hold().orElseThrow().end()).isEqualTo(HoldEnd.ALIVE);
        assertThat(outcome.hold().orElseThrow().answered()).isTrue();
    }

    @Test
    void aHelperThatIsStoppedAccusesNobody() {
        try (Network network = Network.ofHost()) {
            QuietConnection held = QuietConnection.begin(
                    network,
                    target(helper.pin().orElseThrow()),
                    Duration.ofMinutes(10),
                    new HoldTimes(PATIENCE, PATIENCE, Duration.ofMinutes(5)));
            while (held.quiet().isEmpty() && !held.ended().isDone()) {
                Thread.onSpinWait();
            }
            helper.close();
            assertThat(held.ended().join()).isEqualTo(new HoldOutcome(Optional.empty(), "the helper was stopped"));
        }
    }

    @Test
    void underAnotherPinItIsSomebodyElse() {
        assertThat(held(Sha256.of(new byte[0])).why()).contains("another key than the pinned one");
    }

    @Test
    void theKeyIsKeptForItsOwnerOnlyAndUsedAgain() throws Exception {
        Sha256 before = helper.pin().orElseThrow();
        helper.close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("helper.key"))))
                .isEqualTo("rw-------");
        start();
        assertThat(helper.pin()).contains(before);
        assertThat(folder.resolve("helper.pin")).hasContent(before.hex());
    }

    @Test
    void whatIsNoKeyIsRefusedWithASentence() throws Exception {
        helper.close();
        Files.writeString(folder.resolve("helper.key"), "no key");
        ConfigException e = catchThrowableOfType(ConfigException.class, this::start);
        assertThat(e).hasMessageContaining("helper.key").hasMessageContaining("remove both");
    }

    @Test
    void aPlaceThatIsTakenIsRefusedWithASentence() {
        HelperSettings again =
                new HelperSettings(List.of(new Place(EchoProtocol.TLS, at(0))), List.of(), Optional.empty());
        assertThatThrownBy(() -> Helper.start(again, folder, Ticker.system()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("helper.listen: tls 127.0.0.1:" + at(0).getPort() + " cannot be listened on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nhOsT: x\r\nX-Odd:  two  spaces \r\n\r\n",
                "gArBaGe \u00e9\r\n\r\n",
                "A\r\r\nB: c\r\n\r\r\n\r\n",
            })
    void theRequestComesBackAsItArrived(String request) throws Exception {
        String answer = ask(request);
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isEqualTo(request);
    }

    @Test
    void aRequestWithoutAnEndIsBounded() throws Exception {
        assertThat(ask("x".repeat(HttpEcho.MAX_BYTES)))
                .startsWith("HTTP/1.1 431 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aDatagramComesBackAsItIsButNotTooOften() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] question = {1, 2, 3, 4, 5};
            for (int i = 0; i < 500; i++) {
                socket.send(new DatagramPacket(question, question.length, at(2)));
            }
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            socket.receive(answer);
            assertThat(answer.getLength()).isEqualTo(question.length);
            assertThat(answer.getData()).startsWith(question);
            assertThat(answers(socket)).as("500 questions at once").isLessThan(400);
        }
    }

    @Test
    void withoutAPlaceToListenNothingIsMade(@TempDir Path other) throws Exception {
        try (Helper none = Helper.start(HelperSettings.NONE, other, Ticker.system())) {
            assertThat(none.pin()).isEmpty();
            assertThat(other).isEmptyDirectory();
        }
    }

    private static int answers(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(700);
        int answers = 1;
        while (true) {
            try {
                socket.receive(new DatagramPacket(new byte[100], 100));
                answers++;
            } catch (SocketTimeoutException silence) {
                return answers;
            }
        }
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(at(1).getAddress(), at(1).getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private HoldOutcome held(Sha256 pin) {
        try (Network network = Network.ofHost()) {
            return QuietConnection.begin(
                            network,
                            target(pin),
                            Duration.ofMillis(500),
                            new HoldTimes(PATIENCE, PATIENCE, Duration.ofMinutes(5)))
                    .ended()
                    .join();
        }
    }

    private HoldTarget target(Sha256 pin) {
        return new HelperSettings(List.of(), List.of(new Place(EchoProtocol.TLS, at(0))), Optional.of(pin))
                .held()
                .get(0);
    }

    private InetSocketAddress at(int place) {
        return helper.listening().get(place);
    }

    private static Place listen(EchoProtocol kind) {
        return new Place(kind, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
