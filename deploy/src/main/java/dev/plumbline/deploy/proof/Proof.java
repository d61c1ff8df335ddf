package dev.plumbline.deploy.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deploy/proof}: tries every row and prints the table. Exit codes: 0 every row is green, 1 one is not, 2 nothing could be tried. */
@Command(
        name = "proof",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Kills, floods and deceives the built product on loopback, and prints what came of it.")
public final class Proof implements Callable<Integer> {
    @Option(names = "--short", description = "less of everything: some four minutes instead of ten")
    private boolean brief;

    @Option(names = "--only", paramLabel = "ROWS", split = ",", description = "only these rows, parted by commas")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--json",
            description = "one JSON array at the end instead of the table; progress goes to standard error")
    private boolean json;

    @Option(names = "--list", description = "the names of the rows, and nothing is tried")
    private boolean list;

    @Option(names = "--product", paramLabel = "DIR", description = "the built product; default: ${DEFAULT-VALUE}")
    private Path product = Path.of(System.getProperty("plumbline.product", "deploy/target/plumbline"));

    private Proof() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Proof()).execute(arguments));
    }

    @Override
    public Integer call() {
        List<Row> rows = Rows.all();
        if (list) {
            rows.forEach(row -> System.out.println(row.id()));
            return 0;
        }
        List<String> unknown = only.stream()
                .filter(id -> rows.stream().noneMatch(row -> row.id().equals(id)))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.println("proof: there is no row " + String.join(", ", unknown) + "; --list names them");
            return 2;
        }
        if (!Files.isExecutable(product.resolve("bin/plumbline-collector"))) {
            System.err.println("proof: there is no built product in " + product + "; mvn package makes it");
            return 2;
        }
        Interruption interruption = Interruption.of(Thread.currentThread());
        try (Ground ground = Ground.make(product.toAbsolutePath(), brief ? Size.SHORT : Size.FULL)) {
            interruption.guard(ground);
            return play(
                    ground,
                    rows.stream()
                            .filter(row -> only.isEmpty() || only.contains(row.id()))
                            .toList());
        } catch (IOException e) {
            System.err.println("proof: no temporary folder can be made or taken away (" + e + ")");
            return 2;
        } catch (InterruptedException e) {
            System.err.println("proof: was ended before every row was tried; what it had started is ended, too");
            return 2;
        } finally {
            interruption.over();
        }
    }

    private int play(Ground ground, List<Row> rows) throws InterruptedException {
        Table table = new Table(json ? line -> {} : System.out::println);
        long began = System.nanoTime();
        table.head();
        for (Row row : rows) {
            ground.progress(row.id() + " ...");
            long from = System.nanoTime();
            Outcome outcome = tried(row, ground);
            ground.progress("");
            if (ground.hasEnded()) {
                // What the row saw came of that, and says nothing of the product.
                throw new InterruptedException();
            }
            table.add(row.id(), outcome, Duration.ofNanos(System.nanoTime() - from));
        }
        table.foot(Duration.ofNanos(System.nanoTime() - began));
        if (json) {
            System.out.println(table.json());
        }
        return table.isGreen() ? 0 : 1;
    }

    private static Outcome tried(Row row, Ground ground) throws InterruptedException {
        try {
            return row.run(ground);
        } catch (Trouble e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A defect of the row's own is no proof either, and the rows after it are tried all the same.
            StackTraceElement[] frames = e.getStackTrace();
            return Outcome.failed(e + (frames.length > 0 ? " at " + frames[0] : ""));
        }
    }
}
