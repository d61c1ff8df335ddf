package dev.plumbline.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.identity.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Asks a whole collector over HTTP: by the JDK's client, or by a bare socket what no client would send. */
final class HttpAsker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final SSLContext tls;
    private final HttpClient client;

    private HttpAsker(int port, SSLContext tls, HttpClient.Version version) {
        this.port = port;
        this.tls = tls;
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(version)
                .connectTimeout(Duration.ofSeconds(60))
                .build();
    }

    static HttpAsker of(PeoplesCollector collector) throws Exception {
        return of(collector, collector.pki().resolve("ca.pem"), HttpClient.Version.HTTP_2);
    }

    static HttpAsker of(PeoplesCollector collector, Path trust, HttpClient.Version version) throws Exception {
        return of(collector.httpPort(), trust, version);
    }

    static HttpAsker of(int port, Path trust, HttpClient.Version version) throws Exception {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null);
        for (X509Certificate anchor : TlsFiles.anchors(trust)) {
            anchors.setCertificateEntry("anchor-" + anchors.size(), anchor);
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(anchors);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trusted.getTrustManagers(), null);
        return new HttpAsker(port, tls, version);
    }

    SSLContext tls() {
        return tls;
    }

    URI at(String path) {
        return URI.create("https://127.0.0.1:" + port + path);
    }

    HttpRequest.Builder request(String method, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .timeout(Duration.ofMinutes(2))
                .method(method, HttpRequest.BodyPublishers.noBody());
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return client.send(
                request("GET", path, token).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    JsonNode json(String path, String token) throws IOException, InterruptedException {
        return JSON.readTree(get(path, token).body());
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** To be closed. */
    HttpResponse<InputStream> open(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    /** The status alone: some answers never end by themselves. */
    int status(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = open(request);
        response.body().close();
        return response.statusCode();
    }

    Events events(String path, String token, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("GET", path, token);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new Events(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** Server-sent events as they come. */
    static final class Events implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Events(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        HttpResponse<InputStream> response() {
            return response;
        }

        /** Its fields; empty at the end. Comments are passed over. */
        Map<String, String> next() throws IOException {
            Map<String, String> event = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !event.isEmpty()) {
                    return event;
                }
                int colon = line.indexOf(':');
                if (colon > 0) {
                    event.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    /** A connection from an address of this host. */
    SSLSocket connect(String from) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 60_000);
        socket.setSoTimeout(120_000);
        socket.startHandshake();
        return socket;
    }

    /**
     * HTTP/2 by hand.
     *
     * @param window so many bytes of each answer are taken
     */
    HttpFrames frames(int window) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(120_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return HttpFrames.begin(socket, window);
    }

    /** What is answered to these bytes until the connection ends. */
    String raw(String from, String request) throws IOException {
        try (SSLSocket socket = connect(from)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
