package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deploy/bench}: a table of medians. Variants take turns, so that a busy moment of the machine hits them alike. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Times plumbline here and weighs an agent at rest, with the built product.")
public final class Bench implements Callable<Integer> {
    @Option(names = "--namespace", description = "network namespace to measure in; this host's own when not given")
    private String namespace = "";

    @Option(names = "--overlay", paramLabel = "FILE", description = "changes to the catalog, such as a lab's anchors")
    private List<Path> overlays = new ArrayList<>();

    @Option(names = "--runs", defaultValue = "5", description = "of each variant (5)")
    private int runs = 5;

    @Option(
            names = "--rest",
            defaultValue = "60",
            description = "seconds that the agent is given to settle (60); 0 leaves it out")
    private int restSeconds = 60;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path product = Path.of(Objects.requireNonNull(
                System.getProperty("plumbline.product"), "deploy/bench says where the product is"));
        Map<String, Timing> variants = new LinkedHashMap<>();
        variants.put("plumbline --version (start of Java)", timing(product, "", "--version"));
        variants.put("here, whole catalog", timing(product, "", here()));
        variants.put("here, without archived classes", timing(product, "-Xshare:off", here()));
        for (int run = 0; run < runs; run++) {
            for (Timing timing : variants.values()) {
                timing.run();
            }
        }
        System.out.printf(
                "%-38s %8s %8s %8s  %s%n", "of " + runs + " runs", "median s", "least s", "most s", "exit codes");
        variants.forEach((name, timing) -> System.out.printf(
                "%-38s %8.2f %8.2f %8.2f  %s%n", name, timing.median(), timing.least(), timing.most(), timing.codes()));
        if (restSeconds > 0) {
            System.out.printf(
                    "%-38s %8.1f MiB resident after %d s%n",
                    "agent connected, rounds every 30 s",
                    new AgentWeight(product).mebibytesAfter(restSeconds),
                    restSeconds);
        }
        return 0;
    }

    private Timing timing(Path product, String flags, String... words) {
        List<String> command = new ArrayList<>();
        if (!namespace.isEmpty()) {
            command.addAll(List.of("ip", "netns", "exec", namespace));
        }
        command.add(product.resolve("bin/plumbline").toString());
        command.addAll(List.of(words));
        return new Timing(command, flags);
    }

    private String[] here() {
        List<String> words = new ArrayList<>(List.of("here", "--role", "device", "--role", "mdm-server"));
        overlays.forEach(o -> words.addAll(List.of("--overlay", o.toString())));
        return words.toArray(String[]::new);
    }
}
