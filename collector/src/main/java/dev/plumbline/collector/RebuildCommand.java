package dev.plumbline.collector;

import dev.plumbline.collector.cli.RebuildJson;
import dev.plumbline.collector.cli.RebuildText;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.enrol.EnrolmentFile;
import dev.plumbline.collector.journal.Damage;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.projection.FormerJudges;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.collector.store.StoreTable;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline-collector rebuild}: with {@code --verify} it may run beside the collector and changes nothing. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Makes the store anew from the journal and puts it in place of the one in force.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Made anew; with --verify: every row is the same",
            "1:With --verify: rows differ",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "70:The journal cannot be read, or the disk failed"
        })
final class RebuildCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    private static final int COPIES = 3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "collector.yaml")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--verify",
            description = "compare with the store in force and change nothing; exit code 1 when a row differs")
    private boolean verify;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    private final RebuildJson answer = new RebuildJson();

    private FormerJudges former = FormerJudges.FORGOTTEN;

    @Override
    public Integer call() {
        try {
            CollectorConfig config = CollectorConfig.read(file);
            return verify ? verify(config, judging(config)) : rebuild(config);
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CollectorMain.USAGE;
        } catch (JournalException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return CollectorMain.INTERNAL;
        } catch (SQLException | IOException e) {
            spec.commandLine().getErr().println("the store cannot be made anew: " + e.getMessage());
            return CollectorMain.INTERNAL;
        }
    }

    private Judging judging(CollectorConfig config) throws ConfigException {
        List<SegmentChange> changes = EnrolmentFile.segmentChanges(DataFolder.enrolments(config.data()));
        Judging judging = Judging.of(config.under(config.written().after(changes)));
        former = new FormerSites(config, judging, changes);
        return judging;
    }

    private int rebuild(CollectorConfig config) throws ConfigException, JournalException, SQLException, IOException {
        // The folder first: where a restore was interrupted, what says which segments there were is put back by it.
        try (DataFolder data = DataFolder.take(config.data());
                JournalReading journal = JournalReading.open(data.journal())) {
            Judging judging = judging(config);
            Path made = data.store().resolveSibling("store.db.rebuilding");
            Path before = data.store().resolveSibling("store.db.before-rebuild");
            DatabaseFiles.delete(made);
            keepWhatNoClosingTells(data, journal);
            new Snapshot(data.snapshot(), data.store()).replaceMissing(made);
            make(config, judging, journal, made, journal.lastClosing());
            DatabaseCopy.settle(made);
            boolean replaces = Files.exists(data.store());
            DatabaseFiles.move(data.store(), before);
            Files.move(made, data.store(), StandardCopyOption.ATOMIC_MOVE);
            DatabaseCopy.flush(config.data());
            answer.placed(data.store(), journal.lastClosing(), replaces ? Optional.of(before) : Optional.empty());
            print(List.of(data.store() + " was made anew up to closing " + journal.lastClosing()
                    + (replaces ? "; the one before is " + before : "")));
            printAnswer();
            return 0;
        }
    }

    /** What a program that entered no closings judged stands in its store alone. */
    private static void keepWhatNoClosingTells(DataFolder data, JournalReading journal)
            throws ConfigException, JournalException {
        if (!Files.exists(data.store())) {
            return;
        }
        try {
            // Without writing first: whoever opens a damaged one to write may drop the log beside it.
            SqliteStore.closingOf(data.store());
            keepWhatNoClosingTells(data);
        } catch (ConfigException | StoreException e) {
            // A damaged store is what a rebuild is for, where the journal tells what was in it.
            if (journal.lastClosing() == 0) {
                throw new ConfigException(List.of(
                        String.valueOf(e.getMessage()),
                        "and the journal has no closings to make it anew from; put back a backup"));
            }
        }
    }

    private static void keepWhatNoClosingTells(DataFolder data) throws ConfigException {
        try (SqliteStore store = SqliteStore.open(data.store())) {
            new Snapshot(data.snapshot(), data.store()).keepWhatNoClosingTells(store, data.store());
        }
    }

    private int verify(CollectorConfig config, Judging judging)
            throws ConfigException, JournalException, SQLException, IOException {
        Path store = DataFolder.store(config.data());
        if (!Files.exists(store)) {
            throw new ConfigException(List.of(store + ": does not exist; there is nothing to compare with"));
        }
        Path folder = Files.createTempDirectory(config.data(), "verify-");
        try {
            Path inForce = folder.resolve("in-force.db");
            Path made = folder.resolve("rebuilt.db");
            copyBoth(config, store, inForce, made);
            try (JournalReading journal = JournalReading.open(DataFolder.journal(config.data()))) {
                // Opened once, so that a copy of an older program's file has this one's tables.
                try (SqliteStore copy = SqliteStore.open(inForce)) {
                    // As the collector does when it starts, after a kill in between.
                    new Snapshot(made, inForce).forgetAlike(copy);
                    Recovery.finish(journal, copy, judging, former);
                }
                make(config, judging, journal, made, SqliteStore.closingOf(inForce));
            }
            return compare(inForce, made);
        } finally {
            DatabaseFiles.deleteFolder(folder);
        }
    }

    /** The store, and what it is to be made of: a snapshot that the collector made in between stands for more than the copy has. */
    private static void copyBoth(CollectorConfig config, Path store, Path inForce, Path made)
            throws ConfigException, SQLException, IOException {
        Snapshot snapshot = new Snapshot(DataFolder.snapshot(config.data()), store);
        for (int i = 0; i < COPIES; i++) {
            DatabaseFiles.delete(inForce);
            DatabaseFiles.delete(made);
            DatabaseCopy.make(store, inForce);
            snapshot.replaceMissing(made);
            if (!Files.exists(made) || SqliteStore.closingOf(made) <= SqliteStore.closingOf(inForce)) {
                return;
            }
        }
        throw new ConfigException(List.of(snapshot.file() + ": is not of " + store
                + ", which contains less; start the collector once, or put back a backup of both"));
    }

    /** @param made a copy of a snapshot, or a file that is not there */
    private void make(CollectorConfig config, Judging judging, JournalReading journal, Path made, long upTo)
            throws ConfigException, JournalException {
        Terminal terminal = Terminal.ofProcess(System.getenv());
        PrintWriter err = spec.commandLine().getErr();
        long begun = System.nanoTime();
        try (SqliteStore store = SqliteStore.open(made)) {
            Rebuild.Result result = new Rebuild(journal, judging, config.timing(), judging.basis(), former)
                    .run(store, upTo, progress(err, terminal, begun));
            List<String> damaged =
                    journal.damaged().stream().map(Damage::sentence).toList();
            if (terminal.isProgressShown()) {
                err.print("\r\u001b[2K");
                err.flush();
            }
            long millis = millisSince(begun);
            answer.made(result, damaged, millis);
            print(RebuildText.notes(result, damaged, millis, terminal));
        }
    }

    private void print(List<String> lines) {
        if (!json) {
            lines.forEach(spec.commandLine().getOut()::println);
        }
    }

    private void printAnswer() {
        if (json) {
            spec.commandLine().getOut().println(answer.text());
        }
    }

    private static Rebuild.Progress progress(PrintWriter err, Terminal terminal, long begun) {
        return (records, rounds) -> {
            if (terminal.isProgressShown()) {
                err.print("\r\u001b[2K" + records + " records, " + rounds + " rounds, "
                        + rounds * 1000 / Math.max(1, millisSince(begun)) + " rounds/s");
                err.flush();
            }
        };
    }

    private static long millisSince(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private int compare(Path inForce, Path made) throws SQLException {
        try (StoreContent one = StoreContent.open(inForce);
                StoreContent other = StoreContent.open(made)) {
            List<StoreTable> mine = one.tables();
            List<StoreTable> others = other.tables();
            Map<String, String> differences = new LinkedHashMap<>();
            for (StoreTable table : mine) {
                Optional<String> difference = one.firstDifference(other, table.name());
                difference.ifPresent(said -> differences.put(table.name(), said));
            }
            Terminal terminal = Terminal.ofProcess(System.getenv());
            answer.compared(mine, others, differences);
            print(RebuildText.comparison(mine, others, differences, terminal));
            printAnswer();
            return mine.equals(others) ? 0 : DIFFERENT;
        }
    }
}
