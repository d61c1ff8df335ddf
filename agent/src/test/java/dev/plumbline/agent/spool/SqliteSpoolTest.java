package dev.plumbline.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.config.ConfigException;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSpoolTest {
    private static final String PLAN = "p1";
    /** Longer than any test: how batches are cut must not depend on how fast the facts come. */
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final BlockingQueue<Boolean> written = new LinkedBlockingQueue<>();
    private SqliteSpool spool;

    @BeforeEach
    void open() throws Exception {
        open(SpoolBounds.STANDARD, NEVER);
    }

    private void open(SpoolBounds bounds, Duration maxAge) throws Exception {
        spool = SqliteSpool.open(folder, bounds, maxAge, Clock.systemUTC());
        spool.listen(() -> written.add(true));
    }

    @AfterEach
    void everySpooledObservationIsAccountedFor() {
        SpoolCounts counts = spool.counts();
        assertThat(counts.spooled())
                .isEqualTo(counts.acked() + counts.dropped() + counts.refused() + counts.damaged() + counts.pending());
        spool.close();
    }

    @Test
    void aBatchIsCutByAge() throws Exception {
        spool.close();
        open(SpoolBounds.STANDARD, SqliteSpool.MAX_AGE);
        spool.append(PLAN, Facts.observation(1), List.of());
        assertThat(written.poll(60, TimeUnit.SECONDS)).isTrue();
        assertThat(batches()).singleElement().satisfies(b -> {
            assertThat(b.observations()).containsExactly(Facts.observation(1));
            assertThat(b.incarnation()).isEqualTo(spool.incarnation());
            assertThat(b.planHash()).isEqualTo(PLAN);
        });
    }

    @Test
    void batchesAreCutByCountByBytesByPlanAndAtTheEndOfARound() throws Exception {
        for (int i = 0; i < 64; i++) {
            spool.append(PLAN, Facts.observation(i), List.of());
        }
        spool.append("p2", Facts.observation(100), List.of());
        spool.append("p3", Facts.observation(101), List.of(Evidence.x509(new byte[400 << 10])));
        spool.append("p3", Facts.observation(102), List.of(Evidence.x509(new byte[401 << 10])));
        spool.append(Facts.summary("p3", "d1"));
        spool.append("p3", Facts.observation(103), List.of());
        reopen();
        assertThat(batches()).extracting(b -> b.observations().size()).containsExactly(64, 1, 1, 1, 1);
        assertThat(batches()).extracting(Batch::planHash).containsExactly(PLAN, "p2", "p3", "p3", "p3");
        assertThat(batches()).extracting(b -> b.summaries().size()).containsExactly(0, 0, 0, 1, 0);
        assertThat(batches()).extracting(Batch::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aHoldTravelsWithTheOthersAndIsNotCountedAsAnObservation() throws Exception {
        spool.append(PLAN, Facts.observation(1), List.of());
        spool.append(PLAN, Facts.hold());
        reopen();
        assertThat(batches()).singleElement().satisfies(b -> {
            assertThat(b.observations()).containsExactly(Facts.observation(1));
            assertThat(b.holds()).containsExactly(Facts.hold());
        });
        assertThat(spool.counts()).isEqualTo(new SpoolCounts(1, 0, 0, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void incarnationSequenceAndPendingBatchesSurviveReopening() throws Exception {
        UUID before = spool.incarnation();
        spool.append(PLAN, Facts.observation(1), List.of());
        reopen();
        assertThat(spool.incarnation()).isEqualTo(before);
        spool.ack(before, 1);
        spool.append(PLAN, Facts.observation(2), List.of());
        reopen();
        assertThat(batches()).extracting(Batch::sequence).containsExactly(2L);
        assertThat(spool.counts()).isEqualTo(new SpoolCounts(2, 1, 0, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void anAcknowledgementOfAnotherIncarnationDeletesNothing() throws Exception {
        spool.append(PLAN, Facts.observation(1), List.of());
        reopen();
        spool.ack(new UUID(0, 0), 1);
        assertThat(spool.newestPending()).isEqualTo(1);
    }

    @Test
    void aRefusedBatchIsGivenUpAndCountedAndTheOthersStay() throws Exception {
        for (int i = 0; i < 130; i++) {
            spool.append(PLAN, Facts.observation(i), List.of());
        }
        reopen();
        spool.refuse(UUID.randomUUID(), 1);
        assertThat(spool.counts().refused()).isZero();
        spool.refuse(spool.incarnation(), 1);
        assertThat(batches()).extracting(Batch::sequence).containsExactly(2L, 3L);
        assertThat(spool.counts().refused()).isEqualTo(64);
    }

    @Test
    void aFullSpoolDropsTheOldestBatchesAndCountsThem() throws Exception {
        spool.close();
        open(bytes(50_000), NEVER);
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] content = new byte[10_000];
            random.nextBytes(content);
            spool.append("p" + i, Facts.observation(i), List.of(Evidence.x509(content)));
        }
        spool.close();
        open(bytes(50_000), NEVER);
        assertThat(batches()).extracting(Batch::sequence).containsExactly(17L, 18L, 19L, 20L);
        assertThat(spool.counts()).isEqualTo(new SpoolCounts(20, 0, 16, 0, 0, 4, 0, 0, 0));
    }

    @Test
    void aDamagedFileIsSetAsideAndANewIncarnationBegins() throws Exception {
        UUID before = spool.incarnation();
        spool.close();
        Files.writeString(folder.resolve("spool.db"), "this is no database ".repeat(500));
        open(SpoolBounds.STANDARD, SqliteSpool.MAX_AGE);
        assertThat(spool.startedOver()).isTrue();
        assertThat(spool.incarnation()).isNotEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).anyMatch(n -> n.matches("spool\\.db\\.corrupt-.*Z"));
        }
        spool.append(PLAN, Facts.observation(1), List.of());
        assertThat(written.poll(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFolderThatAnotherAgentUsesIsRefused() {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC()));
        assertThat(e.problems())
                .containsExactly("data: " + folder + " is in use by another agent; give each agent its own folder");
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> SqliteSpool.open(file, SpoolBounds.STANDARD, Clock.systemUTC()));
        assertThat(e.getMessage()).startsWith("data: " + file + " cannot be used");
    }

    private static SpoolBounds bytes(long most) {
        return new SpoolBounds(most, NEVER);
    }

    private void reopen() throws Exception {
        spool.close();
        open();
    }

    private List<Batch> batches() throws Exception {
        List<Batch> batches = new ArrayList<>();
        for (StoredBatch stored : spool.after(0, 100)) {
            batches.add(BatchCodec.parse(stored.message().toArray()));
        }
        return batches;
    }
}
