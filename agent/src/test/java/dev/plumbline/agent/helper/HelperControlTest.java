package dev.plumbline.agent.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.helper.HelperSettings.Place;
import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.agent.round.RoundListener;
import dev.plumbline.agent.round.RoundOrder;
import dev.plumbline.agent.round.RoundRunner;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.round.Suspicion;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent hears from a helper: directly, and through boxes that lie on the way to it. */
final class HelperControlTest {
    /** For who is expected to answer: only a hang is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<InetSocketAddress, InetSocketAddress> boxes = new HashMap<>();
    private Helper helper;

    @BeforeEach
    void start() throws Exception {
        helper = Helper.start(
                new HelperSettings(
                        List.of(place(EchoProtocol.TLS, 0), place(EchoProtocol.HTTP, 0), place(EchoProtocol.UDP, 0)),
                        List.of(),
                        Optional.empty()),
                folder,
                Ticker.system());
        open.add(helper);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void directlyEverythingComesBackAndTheHelperSaysWhomItSees() {
        List<Echo> echoes = ask(PATIENCE);
        assertThat(echoes).hasSize(4);
        assertThat(echoes).allSatisfy(echo -> {
            assertThat(echo.answer()).as("%s", echo).isEqualTo(EchoAnswer.SAME);
            assertThat(echo.changes()).isEmpty();
            assertThat(echo.seenFrom()).as("%s", echo).isEqualTo(echo.attempt().local());
        });
        assertThat(environment(echoes).egressAddresses()).containsExactly("127.0.0.1");
        assertThat(environment(echoes).helperKeyReplaced()).isFalse();
    }

    @Test
    void aTransparentHttpProxyIsSeenByItsHandAndByWhatItRefuses() throws IOException {
        between(1, RewritingProxy.before(at(1)));
        List<Echo> echoes = ask(PATIENCE);
        Echo fields = of(EchoAsk.HTTP_FIELDS, echoes);
        assertThat(fields.answer()).isEqualTo(EchoAnswer.ALTERED);
        assertThat(fields.changes())
                .contains(
                        "case: hOsT arrived as Host",
                        "value: X-pLuMbLiNe: one arrived as X-Plumbline: one, two",
                        "missing: x-PlUmBlInE:  two",
                        "added: Via: 1.1 little-proxy",
                        "added to the answer: via: 1.1 little-proxy");
        assertThat(fields.seenFrom()).isNotEqualTo(fields.attempt().local());
        Echo garbage = of(EchoAsk.HTTP_GARBAGE, echoes);
        assertThat(garbage.answer()).isEqualTo(EchoAnswer.STRANGER);
        assertThat(garbage.attempt().exchange().orElseThrow().status()).isEqualTo(400);
        assertThat(garbage.attempt().exchange().orElseThrow().summary()).contains("400", "little-proxy");
        assertThat(of(EchoAsk.TLS, echoes).answer()).isEqualTo(EchoAnswer.SAME);
        assertThat(of(EchoAsk.UDP, echoes).answer()).isEqualTo(EchoAnswer.SAME);
    }

    @Test
    void whoOpensTlsOnTheWayCannotShowTheKeyAndItsChainIsKept() throws IOException {
        TestCertificate foreign = new TestCertificate("helper.example");
        CopyOnWriteArrayList<Integer> overheard = new CopyOnWriteArrayList<>();
        between(0, LittleServer.tls(foreign.serverContext(), false, List.of(), socket -> overhear(socket, overheard)));
        HelperAnswers heard = heard(PATIENCE);
        Echo tls = of(EchoAsk.TLS, heard.echoes());
        assertThat(tls.answer()).isEqualTo(EchoAnswer.OTHER_KEY);
        assertThat(tls.attempt().handshakes().get(0).certificates())
                .containsExactlyElementsOf(
                        heard.evidence().stream().map(Evidence::hash).toList())
                .hasSize(2);
        assertThat(environment(heard.echoes()).helperKeyReplaced()).isTrue();
        assertThat(overheard).as("bytes told to whom is not the helper").isEmpty();
    }

    @Test
    void whoRefusesOrIsSilentSaysNothing() throws IOException {
        Listeners.Closed closed = Listeners.closed();
        open.add(closed);
        boxes.put(at(0), closed.socketAddress());
        boxes.put(at(2), closed.socketAddress());
        between(1, LittleServer.silent());
        List<Echo> echoes = ask(SILENCE);
        assertThat(echoes).extracting(Echo::answer).containsOnly(EchoAnswer.NONE);
        assertThat(of(EchoAsk.TLS, echoes).attempt().connect().kind()).isEqualTo(FailureKind.CONNECT_RESET);
        assertThat(failure(of(EchoAsk.HTTP_FIELDS, echoes))).isEqualTo(FailureKind.EXCHANGE_SILENT);
        assertThat(failure(of(EchoAsk.UDP, echoes))).isEqualTo(FailureKind.EXCHANGE_RESET);
        assertThat(environment(echoes).egressAddresses()).isEmpty();
    }

    @Test
    void aRoundWithAHelperHasItsEchoesInTheSummaryAndTheirChainAmongTheEvidence() {
        List<Evidence> evidence = new CopyOnWriteArrayList<>();
        RoundListener listener = new RoundListener() {
            @Override
            public void observed(Observation observation, List<Evidence> fresh) {}

            @Override
            public void heard(List<Evidence> fresh) {
                evidence.addAll(fresh);
            }
        };
        try (Network network = network()) {
            Environment environment = new RoundRunner(network, Suspicion.ofFailures(), control())
                    .run(RoundOrder.of(List.of(), 1), new RoundSettings(PATIENCE, 0, 20), listener)
                    .join()
                    .environment();
            assertThat(environment.echoes()).extracting(Echo::answer).hasSize(4).containsOnly(EchoAnswer.SAME);
            assertThat(environment.echoes()).extracting(Echo::helper).contains(endpoint(0), endpoint(1), endpoint(2));
        }
        assertThat(evidence).hasSize(1);
    }

    @Test
    void whoComesTooOftenFindsTheDoorShutUntilTheNextSecond() throws Exception {
        List<Long> nanos = new CopyOnWriteArrayList<>(List.of(0L));
        Ticker still = new Ticker() {
            @Override
            public long nanos() {
                return nanos.get(0);
            }

            @Override
            public Instant instant() {
                return Instant.now();
            }
        };
        try (Helper slow = Helper.start(
                new HelperSettings(List.of(place(EchoProtocol.HTTP, 0)), List.of(), Optional.empty()), folder, still)) {
            InetSocketAddress at = slow.listening().get(0);
            for (int i = 0; i < 20; i++) {
                assertThat(isAnswered(at)).as("connection %d", i).isTrue();
            }
            assertThat(isAnswered(at)).as("the 21st of a second").isFalse();
            nanos.set(0, 1_000_000_000L);
            assertThat(isAnswered(at)).as("the first of the next").isTrue();
        }
    }

    private static boolean isAnswered(InetSocketAddress at) throws IOException {
        try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes().length > 0;
        } catch (java.net.SocketException reset) {
            return false;
        }
    }

    private static void overhear(Socket socket, List<Integer> overheard) throws IOException {
        int next = socket.getInputStream().read();
        while (next >= 0) {
            overheard.add(next);
            next = socket.getInputStream().read();
        }
    }

    private void between(int place, LittleServer.Manner manner) throws IOException {
        LittleServer box = new LittleServer(manner);
        open.add(box);
        boxes.put(at(place), box.socketAddress());
    }

    private List<Echo> ask(Duration timeout) {
        return heard(timeout).echoes();
    }

    private HelperAnswers heard(Duration timeout) {
        try (Network network = network()) {
            return control().ask(network, timeout).join();
        }
    }

    private Network network() {
        return Network.open(address -> boxes.getOrDefault(address, address), List.of(), List.of());
    }

    private HelperControl control() {
        Sha256 pin = helper.pin().orElseThrow();
        return HelperControl.of(new HelperSettings(
                List.of(),
                List.of(
                        new Place(EchoProtocol.TLS, at(0)),
                        new Place(EchoProtocol.HTTP, at(1)),
                        new Place(EchoProtocol.UDP, at(2))),
                Optional.of(pin)));
    }

    private static Echo of(EchoAsk ask, List<Echo> echoes) {
        return echoes.stream().filter(echo -> echo.ask() == ask).findFirst().orElseThrow();
    }

    private static Environment environment(List<Echo> echoes) {
        return new Environment("1", "test", "none", List.of(), List.of(), "").with(echoes);
    }

    private static FailureKind failure(Echo echo) {
        return echo.attempt().exchange().orElseThrow().failure().kind();
    }

    private InetSocketAddress at(int place) {
        return helper.listening().get(place);
    }

    private Endpoint endpoint(int place) {
        return new Endpoint("127.0.0.1", at(place).getPort());
    }

    private static Place place(EchoProtocol kind, int port) {
        return new Place(kind, new InetSocketAddress(HERE, port));
    }
}
