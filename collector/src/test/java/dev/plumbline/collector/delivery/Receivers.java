package dev.plumbline.collector.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP server that answers as it is told, and keeps what came. */
final class Receivers implements AutoCloseable {
    /** A message as it came. */
    record Came(String path, String id, String timestamp, String signature, String authorization, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Came> came = new LinkedBlockingQueue<>();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    Receivers() throws IOException {
        this(0);
    }

    Receivers(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** What the next messages are answered, in their order; 204 all that follow. {@code hang}, {@code reset}, {@code endless}. */
    Receivers answering(String... next) {
        for (String answer : next) {
            answers.add(answer);
        }
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        came.add(new Came(
                exchange.getRequestURI().getPath(),
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "webhook-signature"),
                header(exchange, "authorization"),
                body));
        String next = answers.poll();
        String answer = next == null ? "204" : next;
        switch (answer) {
            case "hang" -> await();
            // Nothing was answered: the server drops the connection.
            case "reset" -> exchange.close();
            case "endless" -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                await();
            }
            default -> {
                String[] words = answer.split(" ", 2);
                if (words.length > 1) {
                    exchange.getResponseHeaders().set("Retry-After", words[1]);
                }
                byte[] said =
                        answer.startsWith("2") ? new byte[0] : "said the <server>\r\n".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(Integer.parseInt(words[0]), said.length == 0 ? -1 : said.length);
                exchange.getResponseBody().write(said);
                exchange.close();
            }
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Came next() throws InterruptedException {
        Came next = came.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came in a minute");
        }
        return next;
    }

    boolean isEmpty() {
        return came.isEmpty();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
