package dev.plumbline.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.config.ConfigException;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others do to the spool's files. Whatever it is: the spool opens and takes what is new, hands out nothing that was not
 * put in, uses no sequence twice, and of what was put in it knows how much is missing.
 */
final class SpoolDamageTest {
    private static final int BATCHES = 40;
    private static final int PER_BATCH = 2;
    private static final int PAGE = 4096;
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path folder;

    /** Files by name, of a spool that was closed, and of one whose process was killed. */
    private Map<String, byte[]> closed = Map.of();

    private Map<String, byte[]> killed = Map.of();
    private final Map<Long, Bytes> original = new HashMap<>();
    private UUID incarnation = new UUID(0, 0);
    private int number;

    /** Half of the batches are in the file alone, half in its log when the process is killed. */
    @BeforeEach
    void fill() throws Exception {
        Path own = folder.resolve("own");
        fill(own, 0, 3_000).close();
        SqliteSpool spool = fill(own, BATCHES / 2, 3_000);
        killed = filesOf(own);
        for (StoredBatch batch : spool.after(0, 1_000)) {
            original.put(batch.sequence(), batch.message());
        }
        incarnation = spool.incarnation();
        spool.close();
        closed = filesOf(own);
        assertThat(original).hasSize(BATCHES);
        assertThat(killed.getOrDefault("spool.db-wal", new byte[0]).length).isGreaterThan(PAGE * BATCHES / 2);
    }

    private static SqliteSpool fill(Path folder, int from, int size) throws Exception {
        Random random = new Random(from);
        SqliteSpool spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, NEVER, Clock.systemUTC());
        Semaphore written = new Semaphore(0);
        spool.listen(written::release);
        for (int i = from; i < from + BATCHES / 2; i++) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            for (int n = 0; n < PER_BATCH; n++) {
                spool.append("p" + i, Facts.observation(i * PER_BATCH + n), List.of(Evidence.x509(content)));
            }
            spool.append(Facts.summary("p" + i, "d"));
        }
        assertThat(written.tryAcquire(BATCHES / 2, 60, TimeUnit.SECONDS)).isTrue();
        return spool;
    }

    private static Map<String, byte[]> filesOf(Path folder) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : List.of("spool.db", "spool.db-wal", "spool.tally")) {
            if (Files.exists(folder.resolve(name))) {
                files.put(name, Files.readAllBytes(folder.resolve(name)));
            }
        }
        return files;
    }

    @Test
    void aFileThatIsCutAtAnyPageOrElsewhereIsSetAsideOrReadAndWhatIsMissingIsCounted() throws Exception {
        for (Map<String, byte[]> image : List.of(closed, killed)) {
            for (String name : image.keySet()) {
                Random random = new Random(3);
                byte[] whole = image.get(name);
                Set<Integer> lengths = new HashSet<>(List.of(0, 1, 15, 100, whole.length - 1));
                for (int at = PAGE; at < whole.length; at += PAGE) {
                    lengths.add(at);
                }
                for (int i = 0; i < 15; i++) {
                    lengths.add(random.nextInt(whole.length));
                }
                for (int length : lengths) {
                    if (length >= 0 && length < whole.length) {
                        check(image, name, java.util.Arrays.copyOf(whole, length), "cut at " + length);
                    }
                }
            }
        }
    }

    @Test
    void aBitThatFlipsAnywhereIsFoundOrHarmlessAndWhatIsMissingIsCounted() throws Exception {
        for (Map<String, byte[]> image : List.of(closed, killed)) {
            for (String name : image.keySet()) {
                Random random = new Random(5);
                for (int i = 0; i < 90; i++) {
                    byte[] flipped = image.get(name).clone();
                    // A third of them in the head and the schema, where most depends on each.
                    int at = random.nextInt(i % 3 == 0 ? Math.min(200, flipped.length) : flipped.length);
                    int bit = random.nextInt(8);
                    flipped[at] ^= (byte) (1 << bit);
                    check(image, name, flipped, "bit " + bit + " of byte " + at + " flipped");
                }
            }
        }
    }

    /** As programs made it that had no tally beside it. */
    @Test
    void whatWaitsInAFileOfAnOlderLayoutIsCountedWhenItIsSetAside() throws Exception {
        Path older = Files.createDirectories(folder.resolve("older"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + older.resolve("spool.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE batch(sequence INTEGER PRIMARY KEY, observations INTEGER NOT NULL,"
                    + " message BLOB NOT NULL)");
            statement.execute("INSERT INTO batch VALUES(1, 5, x'00'), (2, 6, x'00'), (3, 7, x'00')");
        }
        try (SqliteSpool spool = SqliteSpool.open(older, SpoolBounds.STANDARD, Clock.systemUTC())) {
            assertThat(spool.startedOver()).isTrue();
            assertThat(spool.counts().lost()).isEqualTo(18);
            assertThat(spool.counts().damagedFiles()).isEqualTo(1);
        }
    }

    /** A spool may be large, and it is tried again every little while: so it is not looked through each time. */
    @Test
    void aFileThatMayNotBeWrittenIsNotLookedThrough() throws Exception {
        byte[] all = Objects.requireNonNull(closed.get("spool.db")).clone();
        // SQLite reads files of later formats, and writes none (its file format, section 1.3.3).
        all[18] = 3;
        java.util.Arrays.fill(all, all.length - PAGE, all.length, (byte) 0xff);
        Path file = folder.resolve("unwritable.db");
        Files.write(file, all);
        SQLException refused = catchThrowableOfType(
                SQLException.class,
                () -> SpoolOpening.open(file, SpoolBounds.STANDARD).close());
        assertThat(Damage.isReadOnly(refused)).as(refused.getMessage()).isTrue();
    }

    @Test
    void garbageInTheFilesPlaceIsSetAside() throws Exception {
        byte[] noise = new byte[50_000];
        new Random(9).nextBytes(noise);
        for (byte[] garbage :
                List.of("this is no database ".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8), noise)) {
            for (String name : List.of("spool.db", "spool.db-wal", "spool.tally", "spool.db-journal", "spool.db-shm")) {
                check(killed, name, garbage, "garbage");
                check(closed, name, garbage, "garbage");
            }
        }
    }

    @Test
    void aLogThatIsGoneIsCounted() throws Exception {
        Map<String, byte[]> image = new HashMap<>(killed);
        image.remove("spool.db-wal");
        SpoolCounts counts = check(image, "", new byte[0], "the log deleted");
        assertThat(counts.lost()).isEqualTo(BATCHES / 2 * PER_BATCH);
        assertThat(counts.damagedFiles()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneIsCounted() throws Exception {
        Map<String, byte[]> image = new HashMap<>(closed);
        image.remove("spool.db");
        SpoolCounts counts = check(image, "", new byte[0], "the file deleted");
        assertThat(counts.lost()).isEqualTo(BATCHES * PER_BATCH);
    }

    @Test
    void aFolderInTheFilesPlaceIsSetAside() throws Exception {
        Path place = place(Map.of());
        Files.createDirectories(place.resolve("spool.db").resolve("somebody's"));
        assertThat(takesWhatIsNew(place)).isTrue();
        assertThat(aside(place)).hasSize(1);
    }

    /** One that could not write what came. */
    private static SqliteSpool stuck(Path place, Semaphore written) throws Exception {
        SqliteSpool spool = SqliteSpool.open(place, SpoolBounds.STANDARD, Duration.ofMillis(1), Clock.systemUTC());
        spool.listen(written::release);
        spool.append("p", Facts.observation(1_000), List.of());
        await(() -> spool.counts().unwritten() == 1);
        return spool;
    }

    private static void awaitWritten(SqliteSpool spool, Semaphore written) throws Exception {
        await(() -> {
            spool.append("p", Facts.observation(1_001), List.of());
            return written.tryAcquire(100, TimeUnit.MILLISECONDS);
        });
    }

    /** What even an administrator's process cannot write: the log's place is taken. */
    @Test
    void aLogThatCannotBeWrittenCostsWhatComesUntilItCan() throws Exception {
        Path place = place(closed);
        Path log = Files.createDirectories(place.resolve("spool.db-wal"));
        Semaphore written = new Semaphore(0);
        try (SqliteSpool spool = stuck(place, written)) {
            Files.delete(log);
            awaitWritten(spool, written);
            assertThat(spool.after(0, 1_000)).extracting(StoredBatch::sequence).containsAll(original.keySet());
            assertThat(spool.counts().unwritten()).isPositive();
            assertThat(spool.counts().damagedFiles()).isZero();
        }
    }

    /** Whose tally is damaged as well, but whose number was read before. */
    @Test
    void whatWaitsInAFileThatWasKnownIsCountedOnceWhenItIsSetAside() throws Exception {
        Path place = place(closed);
        Path log = Files.createDirectories(place.resolve("spool.db-wal"));
        Semaphore written = new Semaphore(0);
        try (SqliteSpool spool = stuck(place, written)) {
            long waiting = spool.counts().pending();
            assertThat(waiting).isPositive();
            Path tally = place.resolve("spool.tally");
            Files.write(tally, new byte[(int) Files.size(tally)]);
            try (var file =
                    new java.io.RandomAccessFile(place.resolve("spool.db").toFile(), "rw")) {
                // The number of its layout (SQLite's file format, section 1.3).
                file.seek(60);
                file.writeInt(1);
            }
            Files.delete(log);
            awaitWritten(spool, written);
            assertThat(spool.startedOver()).isTrue();
            assertThat(spool.counts().lost()).isEqualTo(waiting);
        }
    }

    @Test
    void aFileThatMayOnlyBeReadCostsWhatComesUntilItMayBeWritten() throws Exception {
        Path place = place(closed);
        Path file = place.resolve("spool.db");
        assumeTrue(file.toFile().setReadOnly() && !Files.isWritable(file), "modes mean nothing to an administrator");
        Semaphore written = new Semaphore(0);
        try (SqliteSpool spool = stuck(place, written)) {
            assertThat(file.toFile().setWritable(true)).isTrue();
            awaitWritten(spool, written);
            assertThat(spool.counts().damagedFiles()).isZero();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedWithASentence() {
        Path nowhere = Path.of("/proc/plumbline");
        assumeTrue(Files.isDirectory(Path.of("/proc")), "needs a file system that nobody can write");
        ConfigException e = org.assertj.core.api.Assertions.catchThrowableOfType(
                ConfigException.class, () -> SqliteSpool.open(nowhere, SpoolBounds.STANDARD, Clock.systemUTC()));
        assertThat(e.getMessage()).contains("data: " + nowhere).contains("name a folder that this user may write");
    }

    @Test
    void whatIsSetAsideIsBoundedInNumberAndSize() throws Exception {
        Path place = place(closed);
        for (int i = 0; i < 8; i++) {
            Files.write(place.resolve("spool.db"), new byte[10_000]);
            assertThat(takesWhatIsNew(place)).isTrue();
        }
        assertThat(aside(place)).hasSize(Quarantine.MOST_FILES);
        try (var file = new java.io.RandomAccessFile(place.resolve("spool.db").toFile(), "rw")) {
            file.setLength(Quarantine.MOST_BYTES + PAGE);
            file.write(new byte[200]);
        }
        assertThat(takesWhatIsNew(place)).isTrue();
        assertThat(aside(place)).isEmpty();
    }

    /** A file that is damaged while the agent runs, and read before it is written. */
    @Test
    void damageUnderARunningSpoolIsMetByANewIncarnation() throws Exception {
        // More than SQLite keeps in memory: what is damaged on the disk must be read from there.
        Path place = place(Map.of());
        fill(place, 0, 20_000).close();
        try (SqliteSpool spool =
                SqliteSpool.open(place, SpoolBounds.STANDARD, Duration.ofMillis(1), Clock.systemUTC())) {
            UUID before = spool.incarnation();
            try (var file =
                    new java.io.RandomAccessFile(place.resolve("spool.db").toFile(), "rw")) {
                file.seek(PAGE);
                for (long at = PAGE; at < file.length(); at += PAGE) {
                    file.write(new byte[PAGE]);
                }
            }
            assertThat(spool.after(0, 1_000)).isEmpty();
            assertThat(spool.incarnation()).isNotEqualTo(before);
            assertThat(spool.counts().lost()).isEqualTo(BATCHES / 2 * PER_BATCH);
            Semaphore written = new Semaphore(0);
            spool.listen(written::release);
            spool.append("p", Facts.observation(1_000), List.of());
            assertThat(written.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            assertThat(spool.after(0, 1_000))
                    .singleElement()
                    .satisfies(stored -> assertThat(
                                    BatchCodec.parse(stored.message().toArray())
                                            .losses()
                                            .damaged())
                            .isEqualTo(BATCHES / 2 * PER_BATCH));
        }
    }

    private SpoolCounts check(Map<String, byte[]> image, String name, byte[] content, String what) throws Exception {
        Map<String, byte[]> changed = new HashMap<>(image);
        if (!name.isEmpty()) {
            changed.put(name, content);
        }
        Path place = place(changed);
        String story = (image == closed ? "closed: " : "killed: ") + name + " " + what;
        SoftAssertions softly = new SoftAssertions();
        SpoolCounts counts;
        try (SqliteSpool spool =
                SqliteSpool.open(place, SpoolBounds.STANDARD, Duration.ofMillis(1), Clock.systemUTC())) {
            Semaphore written = new Semaphore(0);
            spool.listen(written::release);
            spool.append("new", Facts.observation(100_000), List.of());
            softly.assertThat(written.tryAcquire(60, TimeUnit.SECONDS))
                    .as(story)
                    .isTrue();
            long old = 0;
            List<StoredBatch> fresh = new ArrayList<>();
            for (StoredBatch stored : spool.after(0, 10_000)) {
                if (stored.message().equals(original.getOrDefault(stored.sequence(), Bytes.EMPTY))) {
                    old += PER_BATCH;
                } else {
                    fresh.add(stored);
                }
            }
            counts = spool.counts();
            softly.assertThat(fresh).as(story).singleElement().satisfies(one -> {
                var batch = BatchCodec.parse(one.message().toArray());
                assertThat(batch.planHash()).isEqualTo("new");
                assertThat(batch.incarnation().equals(incarnation) && original.containsKey(batch.sequence()))
                        .as("a sequence used twice")
                        .isFalse();
            });
            if (!name.equals("spool.tally")) {
                softly.assertThat(old + counts.damaged() + counts.lost())
                        .as(story + ": " + counts)
                        .isEqualTo(BATCHES * PER_BATCH);
            }
            softly.assertThat(counts.unwritten()).as(story).isZero();
        }
        softly.assertAll();
        return counts;
    }

    private Path place(Map<String, byte[]> files) throws IOException {
        Path place = Files.createDirectories(folder.resolve("place" + number++));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(place.resolve(file.getKey()), file.getValue());
        }
        return place;
    }

    private static boolean takesWhatIsNew(Path place) throws Exception {
        try (SqliteSpool spool =
                SqliteSpool.open(place, SpoolBounds.STANDARD, Duration.ofMillis(1), Clock.systemUTC())) {
            Semaphore written = new Semaphore(0);
            spool.listen(written::release);
            spool.append("p", Facts.observation(1), List.of());
            return spool.startedOver() && written.tryAcquire(60, TimeUnit.SECONDS);
        }
    }

    private static List<Path> aside(Path place) throws IOException {
        return new Quarantine(place.resolve("spool.db")).newestFirst();
    }

    private static void await(Condition condition) throws Exception {
        boolean holds = condition.holds();
        for (int i = 0; i < 3_000 && !holds; i++) {
            Thread.sleep(20);
            holds = condition.holds();
        }
        assertThat(holds).isTrue();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }
}
