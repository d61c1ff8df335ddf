package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One round of many targets by {@code plumbline-agent probe}, and the most memory that its process ever had. */
final class LargeRound {
    private static final String[] KINDS = {"tcp", "https", "courier", "https"};

    private final Path product;
    private final int plain;
    private final int secure;

    LargeRound(Path product, int plain, int secure) {
        this.product = product;
        this.plain = plain;
        this.secure = secure;
    }

    /** A line of the table: VmHWM as the kernel counts it, shared pages included. */
    String weigh(int targets) throws IOException, InterruptedException {
        Path overlay = Files.createTempFile("plumbline-bench-", ".yaml");
        Path table = Files.createTempFile("plumbline-bench-", ".txt");
        try {
            List<String> command = new ArrayList<>(List.of(
                    product.resolve("bin/plumbline-agent").toString(),
                    "probe",
                    "--catalog-overlay",
                    overlay.toString()));
            Files.writeString(overlay, overlay(targets, command));
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(table.toFile())
                    .start();
            long most = 0;
            while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, kibibytes(process.pid()));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long failed = failed(table);
            if (process.exitValue() != 0 || failed > 0) {
                throw new IOException("the large round ended with " + process.exitValue() + " and " + failed
                        + " targets without an answer; " + lastLine(table));
            }
            return String.format(
                    Locale.ROOT,
                    "%-30s %-22s %8.1f MiB resident at most (VmHWM), %.1f s",
                    "a round of " + targets + " targets",
                    "plumbline-agent",
                    most / 1024.0,
                    seconds);
        } finally {
            Files.delete(overlay);
            Files.delete(table);
        }
    }

    private String overlay(int targets, List<String> command) {
        StringBuilder text = new StringBuilder("targets:\n");
        for (int i = 0; i < targets; i++) {
            String kind = KINDS[i % KINDS.length];
            String id = "bench-" + i;
            command.add(id);
            text.append("  - {add: true, id: ").append(id);
            text.append(", host: 127.").append(8 + i / 250).append(".2.").append(1 + i % 250);
            text.append(", probe: ").append(kind);
            if (!kind.equals("tcp")) {
                text.append(", server-name: ").append(BenchIdentity.NAME);
            }
            text.append(", port: ").append(kind.equals("tcp") ? plain : secure).append("}\n");
        }
        return text.toString();
    }

    private static long kibibytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Targets that were not connected to: one of one address of one family is what each has. */
    private static long failed(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> line.startsWith("bench-") && line.contains(" 0/1 "))
                .count();
    }

    private static String lastLine(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
