package dev.plumbline.deploy.scenarios;

import dev.plumbline.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code deploy/lab/facts}. Exit codes: 0 all agree, 1 some do not, 2 it could not be tried. */
@Command(
        name = "facts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Asks the agent what it sees under each fault of a lab, and whether that tells it from look-alikes.")
public final class FactsOfFaults implements Callable<Integer> {
    @Option(names = "--lab", paramLabel = "DIR", description = "Folder of the lab; default: ${DEFAULT-VALUE}")
    private Path lab = Path.of(System.getProperty("plumbline.lab", "deploy/lab"));

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "Facts and look-alikes; default: facts.tsv of the lab")
    private @Nullable Path table;

    @Option(
            names = "--only",
            paramLabel = "IDS",
            split = ",",
            description = "Only rows of these lines, parted by commas")
    private List<String> only = new ArrayList<>();

    @Option(names = "--keep", description = "Leave the folder with configurations, data and logs of the run")
    private boolean keep;

    @Option(names = "--product", paramLabel = "DIR", description = "The built product; default: ${DEFAULT-VALUE}")
    private Path product = Path.of(System.getProperty("plumbline.product", "deploy/target/plumbline"));

    @Option(names = "--check-table", description = "Only read the table")
    private boolean checkTable;

    private final Deque<Ending> endings = new ArrayDeque<>();

    private interface Ending {
        void end() throws Trouble;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FactsOfFaults()).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            Table faults = Table.read(lab.resolve("expected.tsv"));
            FactTable facts = FactTable.read(table == null ? lab.resolve("facts.tsv") : table, faults);
            return checkTable ? 0 : play(facts.only(only), faults);
        } catch (ConfigException e) {
            e.problems().forEach(p -> System.err.println("facts: " + p));
        } catch (Trouble e) {
            System.err.println("facts: " + e.sentence());
        }
        return 2;
    }

    private int play(FactTable facts, Table faults) throws Trouble {
        if (!Files.isExecutable(product.resolve("bin/plumbline-agent"))) {
            throw new Trouble(product + " holds no built product; mvn package makes it");
        }
        RunFolder folder = RunFolder.create();
        Commands commands = new ProcessCommands(folder.root());
        Thread hook = new Thread(this::end, "end of run");
        Runtime.getRuntime().addShutdownHook(hook);
        begin(() -> {
            if (keep) {
                System.err.println("facts: the run is kept in " + folder.root());
            } else {
                folder.delete();
            }
        });
        try {
            return play(
                    facts,
                    faults,
                    new Lab(lab.toAbsolutePath(), commands),
                    new Product(product.toAbsolutePath(), folder, commands));
        } finally {
            end();
        }
    }

    private int play(FactTable facts, Table faults, Lab place, Product programs) throws Trouble {
        begin(place.up() ? place::down : place::reset);
        place.reset();
        programs.folder().writeOverlay(place.anchors());
        HelperInLab helper = new HelperInLab(programs);
        Commands.Daemon echoing = helper.start();
        begin(echoing::stop);
        FactTrial trial = new FactTrial(place, programs, faults, facts, helper.pin(echoing));
        List<FactCheck> checks = new ArrayList<>();
        for (FactTable.Stage stage : facts.stages()) {
            List<FactCheck> played = trial.play(stage);
            played.forEach(check -> System.out.println(stage.segment() + "\t" + check.text()));
            checks.addAll(played);
        }
        long right = checks.stream().filter(FactCheck::agrees).count();
        System.out.println();
        System.out.println(
                right + " of " + checks.size() + " agree, of " + facts.rows().size() + " rows");
        return right == checks.size() ? 0 : 1;
    }

    private synchronized void begin(Ending ending) {
        endings.push(ending);
    }

    /** In reverse order, each once, also when the run is interrupted. */
    private synchronized void end() {
        while (!endings.isEmpty()) {
            try {
                endings.pop().end();
            } catch (Trouble e) {
                System.err.println("facts: while cleaning up: " + e.sentence());
            }
        }
    }
}
