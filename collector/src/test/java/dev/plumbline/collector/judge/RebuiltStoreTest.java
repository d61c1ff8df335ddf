package dev.plumbline.collector.judge;

import static dev.plumbline.collector.Samples.journalled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.ConnectedAgents;
import dev.plumbline.collector.Pipeline;
import dev.plumbline.collector.Samples;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.round.RoundListener;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.sqlite.DatabaseCopy;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.collector.store.StoreContent;
import dev.plumbline.collector.store.StoreTable;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.SegmentId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector's judge with faults that come and go, restarts, kills and late facts; then another process makes its store
 * anew.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RebuiltStoreTest {
    static final Set<String> SEGMENTS = Set.of("wifi", "lab");
    static final RoundTiming TIMING =
            new RoundTiming(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(4), 1);
    private static final AgentId WIFI = new AgentId(new SegmentId("wifi"), "wifi-1");
    private static final AgentId LAB = new AgentId(new SegmentId("lab"), "lab-1");

    private static TestPki pki;
    private static Scene scene;
    private static final Map<Character, Map<AgentId, Batch>> DRAWN = new HashMap<>();

    @TempDir
    Path folder;

    private final UUID incarnation = new UUID(7, 7);
    private final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
    private final SetClock clock = SetClock.at(Instant.ofEpochMilli(Scene.ROUND));
    private final ConnectedAgents connected = new ConnectedAgents(WIFI, LAB);
    private SqliteJournal journal;
    private SqliteStore store;
    private Pipeline pipeline;
    private char latest;
    private long round = Scene.ROUND;
    private long sequence;
    private int copies;

    @BeforeAll
    static void draw() {
        pki = new TestPki();
        Map<Character, String> faults = Map.of(
                '+', "",
                'r', "wifi:reset tcp/5223",
                's', "wifi:silent tcp/443",
                'h', "wifi:silent name:valid.apple.com",
                'o', "wifi:seen-once name:valid.apple.com",
                'f', "wifi:foreign tcp/443",
                'e', "everywhere:reset tcp/5223");
        faults.forEach((word, fault) -> DRAWN.put(word, new Scene(pki, SEGMENTS, Scene.Fault.all(fault)).batches()));
        scene = new Scene(pki, SEGMENTS, List.of());
    }

    @BeforeEach
    void begin() throws Exception {
        SceneJudges.write(pki, folder);
        start();
    }

    @AfterEach
    void end() throws Exception {
        stop();
    }

    private void start() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        store = SqliteStore.open(folder.resolve("store.db"));
        pipeline = new Pipeline(
                journal, SceneJudges.read(scene.site(), folder), store, Samples.BASIS, connected, TIMING, clock);
        pipeline.listen(new RoundListener() {
            @Override
            public void closed(long ended, Optional<RoundVerdict> verdict) {
                verdict.ifPresent(v -> closed.add(ended));
            }

            @Override
            public void failed(long ended) {
                throw new AssertionError("the judge fails on round " + ended);
            }
        });
        pipeline.start();
    }

    private void stop() throws Exception {
        pipeline.close();
        store.close();
        journal.close();
    }

    /**
     * A letter is a round as it was drawn, a capital one in which the wireless network alone speaks; a dot lets the other
     * one speak late of the round before. A bar is a restart, an exclamation mark a round whose closing is in the journal
     * when the collector is killed before the store has it; a c keeps a copy of the store beside a restart, k without one.
     */
    private void play(String script) throws Exception {
        for (char step : script.replace(" ", "").toCharArray()) {
            switch (step) {
                case '|' -> {
                    stop();
                    start();
                }
                case 'c' -> {
                    stop();
                    copy();
                    start();
                }
                case 'k' -> copy();
                case '!' -> killed();
                case '.' -> {
                    journal(LAB, latest);
                    awaitClosed();
                }
                default -> {
                    next(Character.toLowerCase(step), Character.isUpperCase(step));
                    awaitClosed();
                }
            }
        }
        pipeline.close();
    }

    private void next(char word, boolean isAlone) {
        latest = word;
        round += TIMING.every().toMillis();
        // Before the time: a slot that begins asks who is connected.
        connected.become(isAlone ? new AgentId[] {WIFI} : new AgentId[] {WIFI, LAB});
        clock.set(Instant.ofEpochMilli(round).plusSeconds(9));
        journal(WIFI, word);
        if (!isAlone) {
            journal(LAB, word);
        }
    }

    /** The store is taken away, as a kill would, between the two. */
    private void killed() throws Exception {
        long before = journal.lastClosing();
        store.close();
        next('r', false);
        while (journal.lastClosing() == before) {
            Thread.sleep(5);
        }
        pipeline.close();
        journal.close();
        closed.clear();
        start();
        awaitClosed();
    }

    private void copy() throws Exception {
        copies++;
        DatabaseCopy.make(folder.resolve("store.db"), folder.resolve("copy" + copies + ".db"));
    }

    private void awaitClosed() throws InterruptedException {
        assertThat(closed.poll(120, TimeUnit.SECONDS)).as("a round closes").isEqualTo(round);
    }

    /** What certificates the answers cite comes with the third batch only: at first nobody knows them. */
    private void journal(AgentId agent, char word) {
        sequence++;
        Batch drawn = Rehearsed.inRound(
                Objects.requireNonNull(Objects.requireNonNull(DRAWN.get(word)).get(agent)), round);
        Batch batch = new Batch(
                incarnation, sequence, drawn.planHash(), drawn.observations(), drawn.summaries(), drawn.evidence());
        journal.append(journalled(agent, clock.instant(), batch), sequence == 3 ? certificates() : List.of())
                .join();
    }

    private static List<Evidence> certificates() {
        return pki.certificates().values().stream()
                .map(c -> {
                    try {
                        return Evidence.x509(c.getEncoded());
                    } catch (java.security.cert.CertificateEncodingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    /** What the other process says: whether it began where a judge began. */
    private String rebuiltElsewhere(String name) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Objects.requireNonNull(System.getProperty("java.class.path")),
                        RebuildingProcess.class.getName(),
                        folder.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return said.substring(said.lastIndexOf('\n') + 1);
    }

    private List<String> differences(String name) throws Exception {
        List<String> differences = new ArrayList<>();
        try (StoreContent one = StoreContent.open(folder.resolve("store.db"));
                StoreContent other = StoreContent.open(folder.resolve(name))) {
            for (StoreTable table : one.tables()) {
                one.firstDifference(other, table.name()).ifPresent(said -> differences.add(table.name() + ": " + said));
            }
            assertThat(one.tables().equals(other.tables())).isEqualTo(differences.isEmpty());
        }
        return differences;
    }

    @Test
    void aStoreMadeAnewHasTheSameRowsWhateverHappenedMeanwhile() throws Exception {
        play("+ + r r | + r c + R . ! s s | h h h ! h + o o | o + F . f + | e e + r + r + ! + S + . r");
        assertThat(store.incidents())
                .as("faults came and went")
                .hasSizeGreaterThan(2)
                .anyMatch(i -> !i.isOpen())
                .anyMatch(i -> i.history().changes().stream().anyMatch(c -> c.kind() == Change.Kind.REOPENED));
        assertThat(store.incidents()).anyMatch(Incident::isOpen);
        assertThat(rebuiltElsewhere("rebuilt.db")).isEqualTo("true");
        assertThat(differences("rebuilt.db")).isEmpty();
        assertThat(rebuiltElsewhere("copy1.db")).as("a copy at a restart").isEqualTo("true");
        assertThat(differences("copy1.db")).isEmpty();
    }

    @Test
    void aCopyMadeWhileAJudgeWasAtWorkIsToldApart() throws Exception {
        play("+ h h k h +");
        assertThat(rebuiltElsewhere("copy1.db")).isEqualTo("false");
    }

    @Test
    void aStoreThatWasPutBackIsMadeAnewAsItWasBroughtOn() throws Exception {
        play("+ r h c h h +");
        stop();
        java.nio.file.Files.move(
                folder.resolve("copy1.db"),
                folder.resolve("store.db"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        closed.clear();
        start();
        for (int i = 0; i < 3; i++) {
            assertThat(closed.poll(120, TimeUnit.SECONDS))
                    .as("it is judged once more")
                    .isNotNull();
        }
        play("s s");
        assertThat(rebuiltElsewhere("rebuilt.db")).isEqualTo("true");
        assertThat(differences("rebuilt.db")).isEmpty();
    }
}
