package dev.plumbline.deploy.bench;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.query.Declared;
import dev.plumbline.collector.query.PastReader;
import dev.plumbline.collector.report.Composition;
import dev.plumbline.collector.report.Format;
import dev.plumbline.collector.report.Past;
import dev.plumbline.collector.report.Period;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.v1.Report;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deploy/bench-report}: how long a report of a month takes, from an embedded store that it writes first. */
@Command(
        name = "bench-report",
        mixinStandardHelpOptions = true,
        description = "Writes a past of some days into a folder and times reports of it.")
public final class ReportBench implements Callable<Integer> {
    @Option(
            names = "--folder",
            required = true,
            description = "an empty one, or that of another run of as many days and segments")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--days", defaultValue = "30", description = "of rounds of five minutes (30)")
    private int days;

    @Option(names = "--segments", defaultValue = "50", description = "each with one agent (50)")
    private int segments;

    @Option(names = "--runs", defaultValue = "5", description = "of each report (5)")
    private int runs;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ReportBench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ReportBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Catalog catalog = Catalog.builtIn();
        Path file = folder.resolve("store.db");
        try (SqliteStore store = SqliteStore.open(file);
                SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
            PastMonth month = new PastMonth(catalog, segments, store);
            if (store.rememberedFrom().isEmpty()) {
                month.write(days);
            }
            Declared declared = new Declared(catalog, month.site(), month.plans());
            PastReader reader =
                    new PastReader(() -> declared, Agreements.NONE, store, journal, PastMonth.ROUND.multipliedBy(2));
            Period period = new Period(PastMonth.BEGUN, PastMonth.BEGUN.plus(Duration.ofDays(days)));
            System.out.printf(
                    "%d segments, %d days, %d targets each, store of %.1f MiB%n",
                    segments,
                    days,
                    month.plans().values().iterator().next().targets().size(),
                    Files.size(file) / 1048576.0);
            System.out.printf(
                    "%-8s %4s %8s %8s %8s %8s %8s%n", "format", "run", "read s", "judge s", "write s", "all s", "KiB");
            for (Format format : Format.values()) {
                for (int run = 0; run < runs; run++) {
                    time(reader, period, format, run);
                }
            }
        }
        return 0;
    }

    /** Of the processor, of which what else runs on the machine is no part, but for the sum. */
    private static void time(PastReader reader, Period period, Format format, int run) throws Exception {
        long clock = System.nanoTime();
        long begun = THREADS.getCurrentThreadCpuTime();
        Past past = reader.read(period, Optional.empty());
        long read = THREADS.getCurrentThreadCpuTime();
        Report report = Composition.of(past);
        long judged = THREADS.getCurrentThreadCpuTime();
        byte[] document = format.write(report);
        long written = THREADS.getCurrentThreadCpuTime();
        System.out.printf(
                "%-8s %4d %8.2f %8.2f %8.2f %8.2f %8d%n",
                format,
                run,
                (read - begun) / 1e9,
                (judged - read) / 1e9,
                (written - judged) / 1e9,
                (System.nanoTime() - clock) / 1e9,
                document.length / 1024);
    }
}
