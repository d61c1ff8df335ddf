package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deploy/bench-probes}: what a probe costs, beside what others' probes cost, and what a large round weighs. */
@Command(
        name = "bench-probes",
        mixinStandardHelpOptions = true,
        description = "Compares the agent's probes with blackbox_exporter and openssl on one loopback server, in turns,"
                + " and weighs the agent in a round of many targets.")
public final class ProbeBench implements Callable<Integer> {
    private static final String OWN = "plumbline-agent";

    /**
     * As newest devices do, the agent offers a key share of X25519MLKEM768 too, which the exporter cannot: with the
     * exporter it is compared doing what the exporter does, and beside it stands what it really takes.
     */
    private static final String ALIKE = "plumbline-agent, X25519";

    private static final String CLASSICAL_GROUPS = "-Djdk.tls.namedGroups=x25519,secp256r1";

    @Option(names = "--runs", defaultValue = "5", description = "turns of everybody (5)")
    private int runs = 5;

    @Option(names = "--probes", defaultValue = "4000", description = "probes in a turn (4000); a fifth with TLS")
    private int probes = 4000;

    @Option(
            names = "--targets",
            defaultValue = "2000",
            description = "targets of the large round (2000); 0 leaves it out")
    private int targets = 2000;

    private ProbeBench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ProbeBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ChildProcess server = ChildProcess.java(List.of("-Xmx256m"), BenchServer.class)) {
            String[] ports = server.hear().split(" ", -1);
            int plain = Integer.parseInt(ports[0]);
            int secure = Integer.parseInt(ports[1]);
            if (runs > 0) {
                race(plain, secure);
            }
            if (targets > 0) {
                System.out.println(new LargeRound(product(), plain, secure).weigh(targets));
            }
        }
        return 0;
    }

    private void race(int plain, int secure) throws IOException, InterruptedException {
        List<String> flags = List.of(Objects.requireNonNull(System.getProperty("plumbline.agent.flags"))
                .split(" ", -1));
        List<String> classical = new ArrayList<>(flags);
        classical.add(CLASSICAL_GROUPS);
        try (ChildProcess own = ChildProcess.java(flags, ProbeLoop.class);
                ChildProcess alike = ChildProcess.java(classical, ProbeLoop.class);
                MaybeExporter exporter = new MaybeExporter(BlackboxExporter.start())) {
            System.out.println("agent: " + own.hear() + "; nobody asks a resolver, all are given addresses");
            alike.hear();
            int secured = Math.max(1, probes / 5);
            List<Race> races = new ArrayList<>();
            races.add(new Race("TCP connection")
                    .with(OWN, Optional.of(new OwnProbes(own, "tcp", plain)), probes)
                    .with("blackbox_exporter", exporter.with("tcp", "", plain), probes));
            races.add(new Race("full TLS handshake")
                    .with(ALIKE, Optional.of(new OwnProbes(alike, "courier", secure)), secured / 3)
                    .with(OWN, Optional.of(new OwnProbes(own, "courier", secure)), secured / 3)
                    .with("blackbox_exporter", exporter.with("tls", "", secure), secured)
                    .with("openssl s_client loop", OpenSslLoop.of(secure), Math.max(1, secured / 10)));
            races.add(new Race("full TLS handshake and a GET")
                    .with(ALIKE, Optional.of(new OwnProbes(alike, "https", secure)), secured)
                    .with(OWN, Optional.of(new OwnProbes(own, "https", secure)), secured)
                    .with("blackbox_exporter", exporter.with("https", "https://", secure), secured));
            for (Race race : races) {
                race.warmUp();
            }
            for (int run = 0; run < runs; run++) {
                for (Race race : races) {
                    race.turn();
                }
            }
            System.out.printf(
                    "%-30s %-24s medians of %d turns; CPU of the prober alone; times the agent's%n", "", "", runs);
            races.forEach(Race::print);
        }
    }

    private static Path product() {
        return Path.of(Objects.requireNonNull(
                System.getProperty("plumbline.product"), "deploy/bench-probes says where the product is"));
    }

    /** The exporter where there is one. */
    private record MaybeExporter(Optional<BlackboxExporter> exporter) implements AutoCloseable {
        Optional<Contender> with(String module, String scheme, int port) {
            return exporter.map(one -> one.with(module, scheme, port));
        }

        @Override
        public void close() throws IOException, InterruptedException {
            if (exporter.isPresent()) {
                exporter.get().close();
            }
        }
    }
}
