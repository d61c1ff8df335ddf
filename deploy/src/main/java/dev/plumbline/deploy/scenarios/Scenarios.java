package dev.plumbline.deploy.scenarios;

import dev.plumbline.config.ConfigException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code deploy/lab/scenarios}. Exit codes: 0 all agree, 1 some do not, 2 it could not be tried. */
@Command(
        name = "scenarios",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Plays a table of faults against a lab with the real product and compares what it finds.")
public final class Scenarios implements Callable<Integer> {
    @Option(names = "--lab", paramLabel = "DIR", description = "Folder of the lab; default: ${DEFAULT-VALUE}")
    private Path lab = Path.of(System.getProperty("plumbline.lab", "deploy/lab"));

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "Faults and findings; default: expected.tsv of the lab")
    private @Nullable Path table;

    @Option(names = "--only", paramLabel = "IDS", split = ",", description = "Only these lines, parted by commas")
    private List<String> only = new ArrayList<>();

    @Option(names = "--swap", paramLabel = "A,B", description = "Two segments change roles, as in wifi,guest")
    private @Nullable String swap;

    @Option(
            names = "--json",
            description = "One JSON object at the end instead of text; progress goes to standard error")
    private boolean json;

    @Option(names = "--keep", description = "Leave the folder with configurations, data and logs of the run")
    private boolean keep;

    @Option(names = "--product", paramLabel = "DIR", description = "The built product; default: ${DEFAULT-VALUE}")
    private Path product = Path.of(System.getProperty("plumbline.product", "deploy/target/plumbline"));

    @Option(names = "--check-table", description = "Only read the table, expectations included")
    private boolean checkTable;

    private boolean ended;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Scenarios()).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            Swap pair = swap == null ? Swap.NONE : Swap.parse(swap);
            Table lines = Table.read(table == null ? lab.resolve("expected.tsv") : table);
            if (checkTable) {
                lines.lines().forEach(TableLine::expected);
                return 0;
            }
            return play(lines.only(only), pair);
        } catch (ConfigException e) {
            e.problems().forEach(p -> System.err.println("scenarios: " + p));
        } catch (IllegalArgumentException | Trouble e) {
            System.err.println("scenarios: " + e.getMessage());
        }
        return 2;
    }

    private int play(Table lines, Swap pair) throws Trouble {
        requireProgram(lab.resolve("lab"), "--lab must name a folder with a program lab");
        requireProgram(product.resolve("bin/plumbline-agent"), "there is no built product; mvn package makes it");
        RunFolder folder = RunFolder.create();
        Commands commands = new ProcessCommands(folder.root());
        Deployment deployment = new Deployment(
                new Lab(lab.toAbsolutePath(), commands), new Product(product.toAbsolutePath(), folder, commands));
        // Ctrl-C ends the run as the end does.
        Thread hook = new Thread(() -> end(deployment, folder), "end of run");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return report(play(deployment, lines, pair));
        } finally {
            end(deployment, folder);
        }
    }

    private List<Outcome> play(Deployment deployment, Table lines, Swap pair) throws Trouble {
        PrintStream progress = json ? System.err : System.out;
        deployment.start(progress::println);
        progress.println("all agents are connected; asking for a clean round");
        deployment.product().requireJudged(deployment.product().verifyNow());
        RequiredTargets required = deployment.product().requiredTargets();
        progress.println(required.count() + " targets are required of the segments");
        try (HostMeter meter = HostMeter.start()) {
            Trial trial = new Trial(
                    deployment,
                    required,
                    pair,
                    System::nanoTime,
                    meter::lap,
                    time -> LockSupport.parkNanos(time.toNanos()));
            return play(deployment, lines, trial, progress);
        }
    }

    private static List<Outcome> play(Deployment deployment, Table lines, Trial trial, PrintStream progress)
            throws Trouble {
        List<Outcome> outcomes = new ArrayList<>();
        for (TableLine line : lines.lines()) {
            Outcome outcome = trial.playFit(line, progress::println);
            outcomes.add(outcome);
            Report.progress(outcomes.size(), lines.lines().size(), outcome).forEach(progress::println);
            Optional<String> casualty = deployment.casualty();
            if (casualty.isPresent()) {
                throw new Trouble(casualty.get());
            }
        }
        return outcomes;
    }

    private int report(List<Outcome> outcomes) {
        Report report = new Report(outcomes);
        if (json) {
            System.out.println(report.json());
        } else {
            System.out.println();
            report.summary().forEach(System.out::println);
        }
        return report.agrees() ? 0 : 1;
    }

    private synchronized void end(Deployment deployment, RunFolder folder) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            deployment.close();
        } catch (Trouble e) {
            System.err.println("scenarios: while cleaning up: " + e.sentence());
        }
        if (keep) {
            System.err.println("scenarios: the run is kept in " + folder.root());
        } else {
            folder.delete();
        }
    }

    private static void requireProgram(Path program, String otherwise) throws Trouble {
        if (!Files.isExecutable(program)) {
            throw new Trouble(program + " is no program: " + otherwise);
        }
    }
}
