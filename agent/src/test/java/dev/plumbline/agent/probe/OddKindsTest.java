package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.net.Listeners;
import dev.plumbline.agent.net.LittleHttp2;
import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.agent.net.LittleUdp;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** QUIC, time, SSH and DNS over HTTPS, with servers that answer rightly, wrongly, late and without end. */
final class OddKindsTest {
    /** For who is expected to be silent. */
    private static final Duration SILENCE = Duration.ofMillis(800);

    private static Network network;
    private static TestCertificate certificate;

    @BeforeAll
    static void open() {
        network = Network.ofHost();
        certificate = new TestCertificate(Talks.HOST);
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            at once                     | n     | 00000001
            after two losses            | --n   | 00000001
            doubled                     | nn    | 00000001
            after somebody else's       | xn    | 00000001
            after garbage               | gn    | 00000001
            somebody else's ids         | x     | EXCHANGE_MALFORMED
            garbage                     | g     | EXCHANGE_MALFORMED
            the question itself         | q     | EXCHANGE_MALFORMED
            a stateless reset           | r     | EXCHANGE_MALFORMED
            """)
    void quicIsMetByNegotiationForUsOnly(String what, String manner, String expected) throws IOException {
        LittleUdp.Manner server = manner.startsWith("-")
                ? (question, number) -> number < manner.length() ? List.of() : List.of(quic(question, 'n'))
                : (question, number) ->
                        manner.chars().mapToObj(c -> quic(question, (char) c)).toList();
        try (LittleUdp udp = new LittleUdp(server)) {
            Exchange exchange = Talks.hold(network, ProbeKind.QUIC, Transport.UDP, udp.socketAddress());
            if (expected.startsWith("0")) {
                assertThat(exchange.failure().isNone()).isTrue();
                assertThat(exchange.seen())
                        .containsEntry("versions", expected)
                        .containsEntry("connection-ids", "swapped");
                assertThat(exchange.bodyStart().size()).isEqualTo(27);
            } else {
                assertThat(exchange.failure().kind()).hasToString(expected);
            }
            assertThat(udp.questions())
                    .allMatch(
                            question -> Arrays.equals(question, udp.questions().get(0)))
                    .allMatch(question -> question.length == 1200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIC", "NTP"})
    void silenceIsMetWithThreeSends(ProbeKind kind) throws IOException {
        try (LittleUdp udp = new LittleUdp((question, number) -> List.of())) {
            Exchange exchange = Talks.hold(network, kind, Transport.UDP, udp.socketAddress(), SILENCE);
            assertThat(exchange.failure().kind()).isEqualTo(FailureKind.EXCHANGE_SILENT);
            assertThat(exchange.seen()).isEqualTo(Map.of("sends", "3"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIC", "NTP"})
    void aPortThatNobodyListensOnIsNoSilence(ProbeKind kind) throws IOException {
        try (Listeners.Closed deaf = Listeners.deaf()) {
            Exchange exchange = Talks.hold(network, kind, Transport.UDP, deaf.socketAddress());
            assertThat(exchange.failure().kind()).isEqualTo(FailureKind.EXCHANGE_RESET);
        }
    }

    /** From the question: the negotiation due, the same for other ids, noise, the question again, or a short header. */
    private static byte[] quic(byte[] question, char manner) {
        ByteBuffer out = ByteBuffer.allocate(27).put((byte) 0x80).putInt(0);
        // Both ids have eight bytes, each after its length.
        out.put(question, 14, 9).put(question, 5, 9).putInt(1);
        return switch (manner) {
            case 'n' -> out.array();
            case 'x' -> out.put(8, (byte) ~out.get(8)).array();
            case 'g' -> "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII);
            case 'q' -> question;
            default -> out.put(0, (byte) 0x40).array();
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            at once                  | 24 01 | o   | ours  | 1
            a forged one comes first | 24 01 | xo  | ours  | 1
            a short one comes first  | 24 01 | so  | ours  | 1
            only a forged one        | 24 01 | x   | other | 1
            after two losses         | 24 02 | --o | ours  | 2
            doubled                  | 24 02 | oo  | ours  | 2
            """)
    void timeIsMetByAnAnswerToOurQuestion(String what, String head, String manner, String originate, String stratum)
            throws IOException {
        LittleUdp.Manner server = manner.startsWith("-")
                ? (question, number) -> number < manner.length() ? List.of() : List.of(ntp(question, head, 'o'))
                : (question, number) -> manner.chars()
                        .mapToObj(c -> ntp(question, head, (char) c))
                        .toList();
        try (LittleUdp udp = new LittleUdp(server)) {
            Exchange exchange = Talks.hold(network, ProbeKind.NTP, Transport.UDP, udp.socketAddress());
            assertThat(exchange.failure().isNone()).isTrue();
            assertThat(exchange.headers()).isEmpty();
            assertThat(exchange.seen())
                    .containsEntry("originate", originate)
                    .containsEntry("stratum", stratum)
                    .containsEntry("root-dispersion-millis", "500")
                    .containsEntry("reference-id", stratum.equals("1") ? "RATE" : "52415445");
            assertThat(exchange.bodyStart().size()).isEqualTo(48);
        }
    }

    @Test
    void aKissOfDeathIsAnAnswerAndItsCodeIsKept() throws IOException {
        try (LittleUdp udp = new LittleUdp((question, number) -> List.of(ntp(question, "e4 00", 'o')))) {
            Exchange exchange = Talks.hold(network, ProbeKind.NTP, Transport.UDP, udp.socketAddress());
            assertThat(exchange.failure().isNone()).isTrue();
            assertThat(exchange.seen()).containsEntry("kiss-code", "RATE").doesNotContainKey("reference-id");
            assertThat(exchange.summary()).contains("kiss code RATE");
        }
    }

    private static byte[] ntp(byte[] question, String head, char manner) {
        ByteBuffer reply = ByteBuffer.allocate(manner == 's' ? 47 : 48);
        reply.put(HexFormat.of().parseHex(head.replace(" ", "")));
        reply.putInt(8, 1 << 15).putInt(12, 0x52415445);
        long transmit = ByteBuffer.wrap(question).getLong(40);
        return reply.putLong(24, manner == 'x' ? ~transmit : transmit).array();
    }

    @Test
    void anSshServersAlgorithmsAreReadOnceItHasHeardUs() throws IOException {
        try (LittleServer server = new LittleServer(socket -> {
            say(socket, SshWordsTest.bytes("Welcome\r\nSSH-2.0-Test\r\n"));
            int read = socket.getInputStream().read();
            while (read != '\n') {
                read = socket.getInputStream().read();
            }
            byte[] packet = SshWordsTest.kexInit("curve25519-sha256", "ssh-ed25519,rsa-sha2-512");
            for (byte one : packet) {
                say(socket, new byte[] {one});
            }
            socket.getInputStream().readNBytes(1);
        })) {
            Exchange exchange = Talks.hold(network, ProbeKind.SSH, Transport.TCP, server.socketAddress());
            assertThat(exchange.failure().isNone()).isTrue();
            assertThat(exchange.summary()).isEqualTo("SSH-2.0-Test");
            assertThat(exchange.seen())
                    .containsEntry("banner", "SSH-2.0-Test")
                    .containsEntry("kex-algorithms", "curve25519-sha256")
                    .containsEntry("host-key-algorithms", "ssh-ed25519,rsa-sha2-512");
        }
    }

    @ParameterizedTest
    @CsvSource({"curve25519-sha256, 32", "ecdh-sha2-nistp256, 65"})
    void anSshServersHostKeyIsAskedForByOneExchangeOfKeys(String exchange, int pointBytes) throws IOException {
        try (LittleServer server = new LittleServer(socket -> {
            say(socket, SshWordsTest.bytes("SSH-2.0-Test\r\n"));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (in.read() != '\n') {}
            say(socket, SshPacket.of(new byte[] {2, 0, 0, 0, 0}));
            say(socket, SshWordsTest.kexInit("sntrup," + exchange, "rsa-sha2-512,ssh-ed25519"));
            byte[] ours = packet(in);
            SshKexInit read = SshKexInit.read(ours, 0).orElseThrow();
            byte[] asked = packet(in);
            boolean right = read.keyExchange().equals(exchange)
                    && read.hostKey().equals("ssh-ed25519,rsa-sha2-512")
                    && asked[5] == 30
                    && ByteBuffer.wrap(asked).getInt(6) == pointBytes;
            if (right) {
                say(socket, SshWordsTest.reply("ssh-ed25519", 32));
            }
            in.readAllBytes();
        })) {
            Exchange answered = Talks.hold(network, ProbeKind.SSH, Transport.TCP, server.socketAddress());
            assertThat(answered.seen())
                    .containsEntry("host-key-type", "ssh-ed25519")
                    .hasEntrySatisfying("host-key", key -> assertThat(key).matches("SHA256:[A-Za-z0-9+/]{43}"));
            assertThat(answered.summary()).startsWith("SSH-2.0-Test, ssh-ed25519 SHA256:");
        }
    }

    private static byte[] packet(DataInputStream in) throws IOException {
        int length = in.readInt();
        return ByteBuffer.allocate(4 + length)
                .putInt(length)
                .put(in.readNBytes(length))
                .array();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            goes after its banner   | 5353482d322e302d780a                   | closes | NONE               | SSH-2.0-x
            says no more            | 5353482d322e302d780a                   | waits  | NONE               | SSH-2.0-x
            a gigabyte follows      | 5353482d322e302d780a40000000           | waits  | NONE               | SSH-2.0-x
            speaks HTTP             | 485454502f312e3120343030200d0a0d0a     | waits  | NONE               | HTTP/1.1 400
            goes after another line | 6e6f0d0a                               | closes | NONE               | no
            goes without a word     | ''                                     | closes | EXCHANGE_CLOSED    | ''
            a banner without end    | 5353482d                               | floods | EXCHANGE_MALFORMED | ''
            lines without end       | 6e6f0d0a0a                             | lines  | NONE               | no
            """)
    void theBannerIsTheAnswerWhateverFollows(String what, String hex, String then, FailureKind expected, String summary)
            throws IOException {
        try (LittleServer server = new LittleServer(socket -> {
            say(socket, HexFormat.of().parseHex(hex));
            switch (then) {
                case "closes" -> socket.shutdownOutput();
                case "floods", "lines" -> {
                    byte[] flood = new byte[1 << 16];
                    Arrays.fill(flood, (byte) (then.equals("lines") ? '\n' : 'x'));
                    for (int i = 0; i < 100_000; i++) {
                        say(socket, flood);
                    }
                }
                default -> {}
            }
            socket.getInputStream().readAllBytes();
        })) {
            Exchange exchange = Talks.hold(network, ProbeKind.SSH, Transport.TCP, server.socketAddress());
            assertThat(exchange.failure().kind()).isEqualTo(expected);
            assertThat(exchange.summary()).isEqualTo(summary);
        }
    }

    private static void say(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the answer due     | 200 | application/dns-message | 8180 | 0  | ours
            in other letters   | 200 | Application/DNS-Message | 8180 | 0  | ours
            no such name       | 200 | application/dns-message | 8183 | 0  | ours
            another id         | 200 | application/dns-message | 8180 | 1  | a DNS answer under another id
            the question again | 200 | application/dns-message | 0100 | 0  | a DNS question in place of an answer
            a page             | 403 | text/html               | 8180 | 0  | -
            """)
    void dnsOverHttpsIsAskedForItsOwnNameAndItsAnswerRead(
            String what, int status, String type, String flags, int more, String expected) throws IOException {
        try (LittleServer server = new LittleServer(LittleServer.tls(
                certificate.serverContext(), false, List.of("h2"), LittleHttp2.answers(asked -> {
                    byte[] message = question(asked);
                    message[1] += (byte) more;
                    System.arraycopy(HexFormat.of().parseHex(flags), 0, message, 2, 2);
                    return new LittleHttp2.Reply(status, Map.of("content-type", type), Bytes.of(message));
                })))) {
            Exchange exchange = Talks.hold(network, ProbeKind.DOH, Transport.TCP, server.socketAddress());
            assertThat(exchange.status()).isEqualTo(status);
            assertThat(exchange.seen().getOrDefault("dns-answer", "-")).isEqualTo(expected);
            if (expected.equals("ours")) {
                assertThat(exchange.seen())
                        .containsEntry("rcode", flags.substring(3))
                        .containsEntry("answers", "0");
            }
        }
    }

    /** The DNS message in the path of a GET, which stands uncompressed after its length. */
    private static byte[] question(String headers) {
        String path = "/dns-query?dns=";
        int at = headers.indexOf(path);
        int length = headers.charAt(at - 1) & 0x7f;
        return Base64.getUrlDecoder().decode(headers.substring(at + path.length(), at + length));
    }
}
