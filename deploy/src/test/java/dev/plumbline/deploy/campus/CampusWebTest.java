package dev.plumbline.deploy.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CampusWebTest {
    private static final String TOKEN = "/3/device/" + "0".repeat(64);

    private static Campus campus;
    private CampusSegment segment;

    @BeforeAll
    static void start() throws Exception {
        campus = Campus.start(List.of(new HostEntry("gdmf.apple.com", 443, HostKind.HTTPS)));
    }

    @AfterAll
    static void stop() {
        campus.close();
    }

    @BeforeEach
    void enter(TestInfo test) {
        segment = campus.segment(test.getDisplayName());
    }

    private InetSocketAddress host(String name, int port) throws IOException {
        String address = new DnsClient(segment.resolver()).udp(name).of("A").get(0);
        return segment.translate(new InetSocketAddress(Block.address(address), port));
    }

    private static HttpResponse<byte[]> send(InetSocketAddress where, String method, String path) throws Exception {
        return send(where, method, path, new byte[0]);
    }

    private static HttpResponse<byte[]> send(InetSocketAddress where, String method, String path, byte[] body)
            throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TlsClient.context(new AtomicBoolean()))
                .version(HttpClient.Version.HTTP_2)
                .build();
        URI uri = URI.create("https://localhost:" + where.getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(30))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /** The whole answer to one plain request, which the server ends by closing. */
    private static String plain(InetSocketAddress where, String host, String path) throws IOException {
        try (Socket socket = new Socket(where.getAddress(), where.getPort())) {
            return ask(socket, host, path);
        }
    }

    private static String ask(Socket socket, String host, String path) throws IOException {
        socket.setSoTimeout(30_000);
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            POST, /3/device/00, 403, MissingProviderToken
            GET,  /3/device/00, 405, MethodNotAllowed
            POST, /elsewhere,   404, BadPath
            """)
    void theProviderApiRefusesWithAReasonAndAnIdOverHttp2(String method, String path, int status, String reason)
            throws Exception {
        for (int port : new int[] {443, 2197}) {
            HttpResponse<byte[]> response = send(host("api.push.apple.com", port), method, path);
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"reason\":\"" + reason + "\"}");
            String id = response.headers().firstValue("apns-id").orElseThrow();
            assertThat(UUID.fromString(id)).hasToString(id);
        }
    }

    @Test
    void theProviderApiHangsUpOnAClientWithoutHttp2() throws Exception {
        try (SSLSocket socket =
                TlsClient.open(host("api.push.apple.com", 443), "api.push.apple.com", new AtomicBoolean())) {
            assertThat(ask(socket, "api.push.apple.com", TOKEN)).isEmpty();
        }
    }

    @Test
    void anInterceptedProviderApiSpeaksHttp1AndNamesTheProxy() throws Exception {
        segment.apply(Fault.intercept(2197));
        HttpResponse<byte[]> response = send(host("api.push.apple.com", 2197), "POST", TOKEN);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("via").orElseThrow()).contains("proxy.campus.example");
        assertThat(response.headers().firstValue("apns-id")).isPresent();
    }

    @Test
    void theCaptiveHostSaysSuccessAndNothingElse() throws Exception {
        assertThat(plain(host("captive.apple.com", 80), "captive.apple.com", "/hotspot-detect.html"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>");
    }

    @Test
    void theConfigurationBagIsAPropertyListWithASignedOneInside() throws Exception {
        assertThat(plain(host("init-p01st.push.apple.com", 80), "init-p01st.push.apple.com", "/bag"))
                .startsWith("HTTP/1.1 200")
                .contains("<?xml", "<key>bag</key><data>", "<key>certs</key>", "<key>signature</key><data>");
    }

    @Test
    void theConfigurationBagIsServedOverTlsToo() throws Exception {
        try (SSLSocket socket =
                TlsClient.open(host("init.push.apple.com", 443), "init.push.apple.com", new AtomicBoolean())) {
            assertThat(ask(socket, "init.push.apple.com", "/bag")).contains("200 OK", "<key>bag</key>");
        }
    }

    @Test
    void theVersionServiceAnswersJson() throws Exception {
        try (SSLSocket socket =
                TlsClient.open(host("gdmf.apple.com", 443), "gdmf.apple.com", new AtomicBoolean(), "http/1.1")) {
            assertThat(ask(socket, "gdmf.apple.com", "/v2/pmv")).contains("application/json", "\"PublicAssetSets\"");
        }
    }

    @Test
    void aCaptivePortalRedirectsPort80AndSwallowsTheRest() throws Exception {
        segment.apply(Fault.captive());
        assertThat(plain(host("captive.apple.com", 80), "captive.apple.com", "/hotspot-detect.html"))
                .startsWith("HTTP/1.1 302")
                .contains("location: http://portal.campus.example/login");
        InetSocketAddress courier = segment.translate(new InetSocketAddress(Block.address("17.57.144.10"), 5223));
        assertThat(courier).isEqualTo(segment.translate(new InetSocketAddress(Block.address("192.0.2.1"), 443)));
        assertThat(plain(host("portal.campus.example", 80), "portal.campus.example", "/login"))
                .contains("200 OK", "please log in");
    }

    @Test
    void aBlockPageSaysSo() throws Exception {
        segment.apply(Fault.blockPage(Match.port(80, 443)));
        assertThat(plain(host("captive.apple.com", 80), "captive.apple.com", "/"))
                .startsWith("HTTP/1.1 403")
                .contains("Blocked by Campus Web Filter");
    }

    @Test
    void aParkedHostAnswersTheCaptiveQuestionWithAPageOfItsOwn() throws Exception {
        segment.apply(Fault.dns(Fault.Damage.HIJACK));
        assertThat(plain(host("captive.apple.com", 80), "captive.apple.com", "/"))
                .startsWith("HTTP/1.1 200")
                .contains("Parked");
    }

    @Test
    void questionsOverHttpsGetTheTruthEvenWhereTheResolverLies() throws Exception {
        InetSocketAddress doh = host("doh.dns.apple.com", 443);
        segment.apply(Fault.dns(Fault.Damage.NXDOMAIN));
        byte[] query = DnsClient.query("7-courier.push.apple.com", 1);
        try (SSLSocket socket = TlsClient.open(doh, "doh.dns.apple.com", new AtomicBoolean(), "http/1.1")) {
            socket.setSoTimeout(30_000);
            String head = "POST /dns-query HTTP/1.1\r\nHost: doh.dns.apple.com\r\nConnection: close\r\n"
                    + "Content-Type: application/dns-message\r\nContent-Length: " + query.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(query);
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            assertThat(text).contains("200 OK", "application/dns-message");
            byte[] message = Arrays.copyOfRange(answer, text.indexOf("\r\n\r\n") + 4, answer.length);
            assertThat(DnsClient.parse(message).of("A")).hasSize(8);
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void theSshHostShowsItsBannerAndItsAlgorithmsToWhomSaysWhoHeIs() throws Exception {
        InetSocketAddress where = host("upload.appleschoolcontent.com", 22);
        try (Socket socket = new Socket(where.getAddress(), where.getPort())) {
            socket.setSoTimeout(30_000);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(in.readNBytes(21)).asString().isEqualTo("SSH-2.0-OpenSSH_9.2\r\n");
            socket.getOutputStream().write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
            int length = in.readInt();
            assertThat((length + 4) % 8).isZero();
            byte[] packet = in.readNBytes(length);
            assertThat(packet[1]).isEqualTo((byte) 20);
            assertThat(new String(packet, StandardCharsets.ISO_8859_1)).contains("ssh-ed25519");
        }
    }

    @Test
    void theTimeServerAnswersAsStratum1WithOurTimestamp() throws Exception {
        byte[] question = new byte[48];
        question[0] = 0x23;
        ByteBuffer.wrap(question).putLong(40, 0x1122334455667788L);
        ByteBuffer answer = ByteBuffer.wrap(exchange(host("time.apple.com", 123), question));
        assertThat(answer.get(0) & 7).isEqualTo(4);
        assertThat(answer.get(1)).isEqualTo((byte) 1);
        assertThat(answer.getLong(24)).isEqualTo(0x1122334455667788L);
        long seconds = (answer.getInt(40) & 0xffffffffL) - 2_208_988_800L;
        assertThat(seconds).isCloseTo(System.currentTimeMillis() / 1000, Offset.offset(5L));
    }

    @Test
    void theQuicHostNegotiatesTheVersionAndSwapsTheConnectionIds() throws Exception {
        ByteBuffer question = ByteBuffer.allocate(1200);
        question.put((byte) 0xc0).putInt(0x1a2a3a4a);
        question.put((byte) 3).put(new byte[] {1, 2, 3}).put((byte) 2).put(new byte[] {8, 9});
        byte[] answer = exchange(host("mask.icloud.com", 443), question.array());
        assertThat(answer[0] & 0x80).isNotZero();
        assertThat(Arrays.copyOfRange(answer, 1, 16)).containsExactly(0, 0, 0, 0, 2, 8, 9, 3, 1, 2, 3, 0, 0, 0, 1);
    }

    private static byte[] exchange(InetSocketAddress where, byte[] question) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(30_000);
            socket.send(new DatagramPacket(question, question.length, where));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }
}
