package dev.plumbline.deploy.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The helper of the segments under test: an agent beyond the edge that echoes. It needs no collector for that. */
record HelperInLab(Product product) {
    static final String NAMESPACE = "out";
    static final String ADDRESS = "203.0.113.18";
    private static final Duration TO_LISTEN = Duration.ofSeconds(60);

    /** What it serves. */
    static final String LISTEN = "\"tls:0.0.0.0:443\", \"tls:0.0.0.0:5223\", \"http:0.0.0.0:80\", \"udp:0.0.0.0:443\"";

    /** Those to which no connection is held. */
    static List<String> briefEchoes() {
        return List.of("http:" + ADDRESS + ":80", "udp:" + ADDRESS + ":443");
    }

    /** All that it serves. */
    static List<String> allEchoes() {
        List<String> all = new ArrayList<>(List.of("tls:" + ADDRESS + ":443", "tls:" + ADDRESS + ":5223"));
        all.addAll(briefEchoes());
        return all;
    }

    /** What the agents are told with {@code --helper}. */
    static List<String> echoes() {
        return List.of("tls:" + ADDRESS + ":443", "http:" + ADDRESS + ":80", "udp:" + ADDRESS + ":443");
    }

    static String agentYaml() {
        return """
                collector: ["127.0.0.1:50051"]
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                data: data
                hold: {ports: []}
                helper: {listen: [%s]}
                """.formatted(LISTEN);
    }

    Commands.Daemon start() throws Trouble {
        product.issueIdentity(NAMESPACE);
        return product.startAgent(NAMESPACE, agentYaml());
    }

    /** Waits until it listens; what it printed then is its pin. */
    String pin(Commands.Daemon agent) throws Trouble {
        Path file = product.folder().agent(NAMESPACE).resolve("data").resolve("helper.pin");
        long deadline = System.nanoTime() + TO_LISTEN.toNanos();
        while (System.nanoTime() < deadline && agent.alive()) {
            try {
                if (Files.exists(file)) {
                    return Files.readString(file).trim();
                }
            } catch (IOException e) {
                throw new Trouble(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        throw new Trouble("the helper did not begin to listen; its last words: " + agent.lastWords());
    }
}
