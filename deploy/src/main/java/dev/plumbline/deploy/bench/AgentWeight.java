package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The resident memory of an agent that is connected to a collector of its own on loopback and follows its plan. */
final class AgentWeight {
    private final Path product;

    AgentWeight(Path product) {
        this.product = product;
    }

    /** @return VmRSS as the kernel counts it, shared pages included */
    double mebibytesAfter(int seconds) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("plumbline-bench-");
        Process collector = null;
        Process agent = null;
        try {
            prepare(folder);
            collector = start(folder, "plumbline-collector", "serve", "--config", "collector.yaml");
            agent = start(folder, "plumbline-agent", "run", "--config", "agent/agent.yaml");
            if (agent.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException("the agent ended: " + Files.readString(folder.resolve("plumbline-agent.log")));
            }
            return resident(agent.pid());
        } finally {
            end(agent);
            end(collector);
            delete(folder);
        }
    }

    private void prepare(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        run(folder, "init", "--dir", "pki", "--site", "bench", "--domain", "bench.example", "--address", "127.0.0.1");
        run(folder, "issue", "--dir", "pki", "--segment", "bench-1", "--agent", "bench-1", "--out", "agent");
        Files.writeString(folder.resolve("collector.yaml"), """
                listen: "127.0.0.1:%d"
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: collector
                round: 30s
                site:
                  id: bench
                  domain: bench.example
                  segments:
                    - {id: bench-1, name: bench, kind: wired, roles: [device, mdm-server]}
                """.formatted(port));
        Files.writeString(folder.resolve("agent/agent.yaml"), """
                collector: ["127.0.0.1:%d"]
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                data: data
                """.formatted(port));
    }

    private void run(Path folder, String... words) throws IOException, InterruptedException {
        int code = start(folder, "plumbline-collector", words).waitFor();
        if (code != 0) {
            throw new IOException("plumbline-collector " + words[0] + " ended with " + code + ": "
                    + Files.readString(folder.resolve("plumbline-collector.log")));
        }
    }

    private Process start(Path folder, String program, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(product.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile())
                .start();
    }

    private static double resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("the kernel does not say how much memory process " + pid + " has"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void end(@Nullable Process process) throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
