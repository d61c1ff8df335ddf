package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.BASIS;
import static dev.plumbline.collector.Samples.WIFI_A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.journal.Closing;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is killed with SIGKILL while it journals and judges, again and again over one folder. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KilledCollectorTest {
    private static final int KILLS = 25;
    private static final int MOST_ACKNOWLEDGED = 120;

    @TempDir
    Path folder;

    private record Name(UUID incarnation, long sequence) {}

    @Test
    void whatWasAcknowledgedIsThereOnceAndTheStoreIsThatOfTheJournal() throws Exception {
        Random random = new Random(5);
        Set<Name> acknowledged = new HashSet<>();
        int unwritten = 0;
        for (int run = 1; run <= KILLS; run++) {
            acknowledged.addAll(killed(run, 1 + random.nextInt(MOST_ACKNOWLEDGED)));
            try (JournalReading journal = JournalReading.open(DataFolder.journal(folder))) {
                long stored = SqliteStore.closingOf(DataFolder.store(folder));
                assertThat(stored).as("no store is ahead of its journal").isLessThanOrEqualTo(journal.lastClosing());
                unwritten += stored < journal.lastClosing() ? 1 : 0;
            }
        }
        System.out.println(KILLS + " kills, " + acknowledged.size() + " acknowledged, " + unwritten
                + " between closing and store");
        recover();
        try (JournalReading journal = JournalReading.open(DataFolder.journal(folder))) {
            List<Name> journalled = journal.tail(0, Integer.MAX_VALUE).stream()
                    .map(JournalEntry::record)
                    .map(r -> new Name(r.incarnation(), r.sequence()))
                    .toList();
            assertThat(journalled).doesNotHaveDuplicates().containsAll(acknowledged);
            List<Closing> closings = journal.closings(0, Integer.MAX_VALUE);
            assertThat(closings)
                    .extracting(c -> c.round() + " read to " + c.readTo())
                    .doesNotHaveDuplicates();
            assertThat(closings).extracting(Closing::readTo).isSorted();
            Path made = folder.resolve("rebuilt.db");
            try (SqliteStore store = SqliteStore.open(made)) {
                Rebuild.Result result = new Rebuild(journal, evidence -> new UnfitJudge(), JudgedFolder.TIMING, BASIS)
                        .run(store, journal.lastClosing(), (records, rounds) -> {});
                assertThat(result.isWhole()).isTrue();
                assertThat(result.rounds()).isEqualTo(closings.size());
            }
            assertSame(DataFolder.store(folder), made);
        }
    }

    /** All that a process said before it was killed. */
    private List<Name> killed(int run, int after) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Objects.requireNonNull(System.getProperty("java.class.path")),
                        KilledCollector.class.getName(),
                        folder.toString(),
                        String.valueOf(run))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Name> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("\\d+")) {
                    said.add(new Name(new UUID(0, run), Long.parseLong(line)));
                }
                if (said.size() == after) {
                    // By its handle: what it said before must still be read.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("ended by SIGKILL").isEqualTo(128 + 9);
        return said;
    }

    /** A last round closes after all others. */
    private void recover() throws Exception {
        try (JudgedFolder judged = new JudgedFolder(folder, evidence -> new UnfitJudge(), BASIS)) {
            long last = JudgedFolder.TIMING.demandAt(Instant.now().plusSeconds(1_000));
            judged.append(WIFI_A, new UUID(1, 1), 1, last, "").join();
            assertThat(judged.closes(last)).isTrue();
            assertThat(judged.store.closing()).isEqualTo(judged.journal.lastClosing());
        }
    }

    private static void assertSame(Path inForce, Path made) throws Exception {
        try (StoreContent one = StoreContent.open(inForce);
                StoreContent other = StoreContent.open(made)) {
            assertThat(other.tables()).isEqualTo(one.tables());
            assertThat(one.tables()).anyMatch(t -> t.name().equals("incident") && t.rows() > 0);
        }
    }
}
