package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Prometheus' blackbox_exporter, asked over HTTP from outside of its process, which serves its metrics with each probe. */
final class BlackboxExporter implements AutoCloseable {
    private static final String PROGRAM = "prometheus-blackbox-exporter";
    private static final int UNDER_WAY = 16;
    private static final int TRIES = 200;

    private final Process process;
    private final Path config;
    private final int port;
    private final ExecutorService threads = Executors.newFixedThreadPool(UNDER_WAY);
    private final HttpClient client = HttpClient.newHttpClient();

    private BlackboxExporter(Process process, Path config, int port) {
        this.process = process;
        this.config = config;
        this.port = port;
    }

    /** Empty when it is not installed. */
    static Optional<BlackboxExporter> start() throws IOException, InterruptedException {
        if (!Installed.has(PROGRAM)) {
            return Optional.empty();
        }
        Path config = Files.createTempFile("plumbline-bench-", ".yml");
        Files.writeString(config, """
                modules:
                  tcp: {prober: tcp, timeout: 20s}
                  tls:
                    prober: tcp
                    timeout: 20s
                    tcp: {tls: true, tls_config: {insecure_skip_verify: true, server_name: %1$s}}
                  https:
                    prober: http
                    timeout: 20s
                    http: {tls_config: {insecure_skip_verify: true, server_name: %1$s}}
                """.formatted(BenchIdentity.NAME));
        int port;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        PROGRAM,
                        "--config.file=" + config,
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=error")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BlackboxExporter exporter = new BlackboxExporter(process, config, port);
        exporter.awaitReady();
        return Optional.of(exporter);
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try {
                get("/-/healthy");
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IOException(PROGRAM + " does not answer on port " + port);
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** @param scheme before the address, where the module wants an URL */
    Contender with(String module, String scheme, int targetPort) {
        return new Contender() {

            @Override
            public Effort run(int probes) throws IOException, InterruptedException {
                return probe(module, scheme, targetPort, probes);
            }
        };
    }

    private Contender.Effort probe(String module, String scheme, int targetPort, int probes)
            throws IOException, InterruptedException {
        CountDownLatch left = new CountDownLatch(probes);
        AtomicInteger succeeded = new AtomicInteger();
        long cpu = CpuTime.nanosOf(process.pid());
        long start = System.nanoTime();
        for (int i = 0; i < probes; i++) {
            String path = "/probe?module=" + module + "&target=" + scheme + Loopback.address(i) + ":" + targetPort;
            threads.execute(() -> {
                try {
                    succeeded.addAndGet(get(path).contains("\nprobe_success 1") ? 1 : 0);
                } catch (IOException | InterruptedException lost) {
                    // Counted below: it did not succeed.
                } finally {
                    left.countDown();
                }
            });
        }
        left.await();
        long wall = System.nanoTime() - start;
        if (succeeded.get() < probes) {
            throw new IOException(
                    probes - succeeded.get() + " of " + probes + " probes of " + PROGRAM + ", " + module + ", failed");
        }
        return new Contender.Effort(probes, wall, CpuTime.nanosOf(process.pid()) - cpu);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        threads.shutdownNow();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Files.delete(config);
    }
}
