package dev.plumbline.collector.judge;

import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.journalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.collector.cli.RejudgeText;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.rejudge.EditionChanges;
import dev.plumbline.collector.rejudge.EditionChanges.Tally;
import dev.plumbline.collector.rejudge.Rejudge;
import dev.plumbline.collector.round.JournalReader;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.words.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Journals of one round, judged under an edition of 2019 that did not know some of today's hosts. */
final class RejudgeTest {
    private static final Set<String> SEGMENTS = Set.of("srv", "wifi", "guest", "lab", "out");
    private static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(4), 1);
    private static final Instant ALWAYS = Instant.MIN;
    private static TestPki pki;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    private EditionChanges rejudge(String fault, Instant since) throws JournalException {
        Scene scene = new Scene(pki, SEGMENTS, List.of(Scene.Fault.parse(fault)));
        Path file = folder.resolve("journal.db");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            scene.batches()
                    .forEach((agent, batch) -> journal.append(
                                    journalled(
                                            agent,
                                            Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9),
                                            batch),
                                    List.of())
                            .join());
            // The collector still has it open.
            try (JournalReading reading = JournalReading.open(file)) {
                return new Rejudge(
                                scene.site(), "ht210060-2019", Catalog.builtIn().targets(), scene::judge, TIMING, since)
                        .run(new JournalReader(reading), position -> {});
            }
        }
    }

    /** The collector deletes between the first page and the second. */
    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void whatIsDeletedBeforeItWasReadIsSaid(int deletedTo, boolean isWhole) throws Exception {
        Scene scene = new Scene(pki, SEGMENTS, List.of());
        Batch batch = scene.batches().values().iterator().next();
        Path file = folder.resolve("journal.db");
        try (SqliteJournal journal = SqliteJournal.open(file)) {
            for (int sequence = 1; sequence <= 300; sequence++) {
                journal.append(
                        journalled(
                                WIFI_A,
                                Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9),
                                new Batch(batch.incarnation(), sequence, "", List.of(), List.of(), List.of())),
                        List.of());
            }
            journal.await(299, Duration.ofMinutes(1));
            try (JournalReading reading = JournalReading.open(file)) {
                Rejudge rejudge = new Rejudge(
                        scene.site(), "ht210060-2019", Catalog.builtIn().targets(), scene::judge, TIMING, ALWAYS);
                LongConsumer deleting = position ->
                        journal.delete(0, deletedTo, List.of(), 1_000).join();
                if (isWhole) {
                    assertThat(rejudge.run(new JournalReader(reading), deleting).rounds())
                            .isZero();
                } else {
                    assertThatThrownBy(() -> rejudge.run(new JournalReader(reading), deleting))
                            .isInstanceOf(JournalException.class)
                            .hasMessageContaining(
                                    "up to position 257 were deleted by its retention while those after 256")
                            .hasMessageEndingWith("run it again");
                }
            }
        }
    }

    @Test
    void aHostThatTheEditionDidNotKnowBreaksNothingUnderIt() throws JournalException {
        EditionChanges changes = rejudge("wifi:silent name:valid.apple.com", ALWAYS);
        assertThat(changes.rounds()).isEqualTo(1);
        assertThat(changes.requirements()).singleElement().satisfies(change -> {
            assertThat(change.segment().value()).isEqualTo("wifi");
            assertThat(change.requirement()).isEqualTo("certificate-validation");
            assertThat(change.inForce()).isEqualTo(new Tally(0, 1, 0));
            assertThat(change.other()).isEqualTo(new Tally(1, 0, 0));
        });
        assertThat(changes.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.mechanism().id()).isEqualTo("tcp.drop");
            assertThat(cause.inForce()).isEqualTo(1);
            assertThat(cause.other()).isZero();
        });
        assertThat(RejudgeText.lines(changes, Terminal.PLAIN))
                .anySatisfy(line -> assertThat(line)
                        .containsSubsequence("wifi", "certificate-validation", "0 / 1 / 0", "1 / 0 / 0"));
    }

    @Test
    void whatEveryEditionDemandsStaysBroken() throws JournalException {
        EditionChanges changes = rejudge("wifi:silent tcp/5223", ALWAYS);
        assertThat(changes.rounds()).isEqualTo(1);
        assertThat(changes.isNone()).isTrue();
        assertThat(RejudgeText.lines(changes, Terminal.PLAIN)).contains("Nothing would have been told otherwise.");
    }

    @Test
    void earlierRoundsAreLeftOut() throws JournalException {
        EditionChanges changes = rejudge("wifi:silent name:valid.apple.com", Instant.ofEpochMilli(Scene.ROUND + 1));
        assertThat(changes.rounds()).isZero();
        assertThat(changes.leftOut()).isZero();
        assertThat(RejudgeText.lines(changes, Terminal.PLAIN).get(0)).startsWith("No round");
    }
}
