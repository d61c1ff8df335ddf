package dev.plumbline.deploy.bench.month;

import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/** The past in a folder: written once, read by later runs. */
final class Past {
    /** Rounds after each point of the grid that are judged: what a first look leaves open the second one settles. */
    private static final int JUDGED = 2;

    private static final UUID INCARNATION = new UUID(0, 1);

    private final MonthSite month;
    private final Faults faults;
    private final Instant begun;
    private final int days;
    private final Path told;

    private Past(Path folder, Instant begun, int days, int segments) throws IOException, ConfigException {
        this.begun = begun;
        this.days = days;
        this.month = MonthSite.in(folder, segments, end());
        this.faults = Faults.of(month.site(), begun, days);
        this.told = folder.resolve("written");
    }

    /** It ended with the last midnight (UTC) when it was first asked for. */
    static Past in(Path folder, int days, int segments) throws IOException, ConfigException {
        Files.createDirectories(folder);
        Path file = folder.resolve("begun");
        if (!Files.exists(file)) {
            Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
            Files.writeString(file, end.minus(Duration.ofDays(days)).toString());
        }
        return new Past(folder, Instant.parse(Files.readString(file).strip()), days, segments);
    }

    MonthSite month() {
        return month;
    }

    Faults faults() {
        return faults;
    }

    Instant begun() {
        return begun;
    }

    Instant end() {
        return begun.plus(Duration.ofDays(days));
    }

    boolean isWritten() {
        return Files.exists(told);
    }

    /** What was said when it was written. */
    String told() throws IOException {
        return Files.readString(told).strip();
    }

    Path store() {
        return month.folder().resolve("data").resolve("store.db");
    }

    Path journal() {
        return month.folder().resolve("data").resolve("journal.db");
    }

    /** Of the whole plan in each round, with what was not told because an agent was away. */
    long observations() {
        return month.cells()
                * (Duration.ofDays(days).toMillis()
                        / month.config().settings().round().toMillis());
    }

    /**
     * @param whole how many of the last rounds are told and judged one by one
     * @param out where it is told how far it is
     */
    void write(int whole, PrintStream out) throws IOException, ConfigException, JournalException, InterruptedException {
        Files.createDirectories(store().getParent());
        if (Files.exists(store())) {
            throw new IOException(store() + " is there, but it was not written to its end; name an empty folder");
        }
        Duration every = month.config().settings().round();
        MonthWriter.Tally tally;
        long lastRounds;
        try (SqliteStore store = SqliteStore.open(store());
                SqliteJournal journal = SqliteJournal.open(journal())) {
            MonthWriter writer = new MonthWriter(month, journal, store, new Rounds(month, faults, INCARNATION));
            tally = writer.tally();
            writer.begin(begun);
            Instant one = end().minus(every.multipliedBy(whole));
            for (Instant day = begun; day.isBefore(one); day = day.plus(Duration.ofDays(1))) {
                Instant next = day.plus(Duration.ofDays(1));
                writer.write(day, next.isBefore(one) ? next : one, JUDGED);
                out.printf(
                        Locale.ROOT,
                        "%s: %d rounds judged, %d findings open, store of %d MiB, journal of %d MiB%n",
                        day,
                        tally.judged,
                        store.openIncidents().size(),
                        Files.size(store()) >> 20,
                        Files.size(journal()) >> 20);
            }
            long begunNanos = System.nanoTime();
            writer.write(one, end(), Integer.MAX_VALUE);
            lastRounds = System.nanoTime() - begunNanos;
        }
        Files.writeString(
                told,
                String.format(
                        Locale.ROOT,
                        "%,d observations in %,d rounds were journalled and judged, %,d rounds between them heard; the last %d rounds"
                                + " took %.1f s each to draw, journal and judge; %d faults%n",
                        tally.observations,
                        tally.judged,
                        tally.heardOnly,
                        whole,
                        whole == 0 ? 0 : lastRounds / 1e9 / whole,
                        faults.drawn()));
    }
}
