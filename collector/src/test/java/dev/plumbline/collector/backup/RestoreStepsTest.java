package dev.plumbline.collector.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.store.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore over a folder that holds something, ended after each of its steps, and again after each step of its repair. */
final class RestoreStepsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T05:06:07.089Z");
    private static final String ASIDE = "replaced-20261123T050607.089Z";

    @TempDir
    Path folder;

    private Restore restore;
    private SortedMap<String, byte[]> old;
    private SortedMap<String, byte[]> backedUp;

    @BeforeEach
    void make() throws Exception {
        Path first = Files.createDirectories(folder.resolve("first"));
        fill(first, 3);
        Backup.make(first, folder.resolve("backup"), "1.0", NOW);
        restore = Restore.of(folder.resolve("backup"));
        backedUp = databases(folder.resolve("backup"));
        Path second = Files.createDirectories(folder.resolve("second"));
        fill(second, 5);
        Files.writeString(second.resolve("store.db-wal"), "a log");
        Files.writeString(second.resolve("snapshot.db"), "a snapshot");
        Files.writeString(second.resolve("collector.yaml"), "no database");
        old = content(second);
        assertThat(old).containsKeys("journal.db", "store.db", "store.db-wal", "snapshot.db");
    }

    private static void fill(Path data, int closings) throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(data.resolve("journal.db"));
                SqliteStore store = SqliteStore.open(data.resolve("store.db"))) {
            for (int i = 0; i < closings; i++) {
                store.pass(journal.enterClosing(i, 0, NOW).join().id());
            }
        }
    }

    private static SortedMap<String, byte[]> content(Path data) throws Exception {
        SortedMap<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    private static SortedMap<String, byte[]> databases(Path data) throws Exception {
        SortedMap<String, byte[]> content = content(data);
        content.keySet().removeIf(name -> !name.matches(".*\\.db(-wal|-shm)?"));
        return content;
    }

    private Path begun(int steps) throws Exception {
        Path data = Files.createTempDirectory(folder, "data");
        for (var file : old.entrySet()) {
            Files.write(data.resolve(file.getKey()), file.getValue());
        }
        for (Replacement.Step step : restore.steps(data, NOW).subList(0, steps)) {
            step.take();
        }
        return data;
    }

    /** True when the backup is in force; then all that was there lies aside. */
    private boolean isReplaced(Path data) throws Exception {
        SortedMap<String, byte[]> now = databases(data);
        assertThat(data.resolve("collector.yaml")).exists();
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left.map(f -> f.getFileName().toString())).noneMatch(name -> name.contains("restor"));
        }
        if (!Files.exists(data.resolve(ASIDE))) {
            assertSame(now, without(old, "collector.yaml"));
            return false;
        }
        assertSame(now, backedUp);
        assertSame(content(data.resolve(ASIDE)), without(old, "collector.yaml"));
        try (JournalReading journal = JournalReading.open(data.resolve("journal.db"))) {
            assertThat(journal.lastClosing()).isEqualTo(3);
        }
        assertThat(SqliteStore.closingOf(data.resolve("store.db"))).isEqualTo(3);
        return true;
    }

    private static SortedMap<String, byte[]> without(SortedMap<String, byte[]> content, String name) {
        SortedMap<String, byte[]> less = new TreeMap<>(content);
        less.remove(name);
        return less;
    }

    private static void assertSame(SortedMap<String, byte[]> one, SortedMap<String, byte[]> other) {
        assertThat(one.keySet()).isEqualTo(other.keySet());
        one.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(other.get(name)));
    }

    @Test
    void whereverItEndsTheFolderIsAsBeforeOrTheBackupIsInForce() throws Exception {
        int all = restore.steps(begun(0), NOW).size();
        List<Boolean> replaced = new ArrayList<>();
        for (int n = 0; n <= all; n++) {
            Path data = begun(n);
            boolean isMarked = Files.exists(Replacement.marker(data));
            Optional<String> said = Restore.finish(data);
            assertThat(said.isPresent()).as("step %d", n).isEqualTo(n > 0 && n < all);
            assertThat(said.orElse("")).contains(isMarked ? "brought to its end" : n == 0 || n == all ? "" : "deleted");
            replaced.add(isReplaced(data));
            assertThat(Restore.finish(data)).as("nothing is left to be done").isEmpty();
        }
        assertThat(replaced).as("first not, then always").isSorted();
        assertThat(replaced).contains(false, true);
    }

    @Test
    void aRepairThatEndsItselfIsRepaired() throws Exception {
        int all = restore.steps(begun(0), NOW).size();
        int repaired = 0;
        for (int n = 1; n < all; n++) {
            if (!Files.exists(Replacement.marker(begun(n)))) {
                continue;
            }
            int steps = Replacement.read(begun(n)).steps(folder).size();
            for (int m = 0; m <= steps; m++) {
                Path data = begun(n);
                for (Replacement.Step step : Replacement.read(data).steps(data).subList(0, m)) {
                    step.take();
                }
                Restore.finish(data);
                assertThat(isReplaced(data)).as("%d and %d steps", n, m).isTrue();
                repaired++;
            }
        }
        assertThat(repaired).isGreaterThan(50);
    }

    @Test
    void aCopyThatIsHalfThereIsDeleted() throws Exception {
        Path data = begun(1);
        Path half = Replacement.copy(data, restore.manifest().files().get(0).name());
        Files.write(half, Arrays.copyOf(Files.readAllBytes(half), 1_000));
        assertThat(Restore.finish(data).orElseThrow()).contains("had changed nothing; its copies were deleted");
        assertThat(isReplaced(data)).isFalse();
    }
}
