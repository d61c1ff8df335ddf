package dev.plumbline.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No room: of the file, of what the process may write, of the disk itself. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FullDiskTest {
    private static final String BEGAN = "the spool cannot be written";
    private static final String ENDED = "the spool can be written again";

    @TempDir
    Path folder;

    @Test
    void whatTheKernelRefusesToWriteIsCountedAndSaidOnceAndTheSpoolGoesOnAfterwards() throws Exception {
        assumeTrue(runs("prlimit", "--version"), "needs prlimit of util-linux");
        try (Writing writing = new Writing(folder)) {
            assertThat(writing.hear("written")).isTrue();
            assertThat(runs("prlimit", "--pid", "" + writing.pid(), "--fsize=200000:unlimited"))
                    .isTrue();
            assertThat(writing.hear("unwritten")).isTrue();
            assertThat(writing.hear("unwritten")).isTrue();
            assertThat(runs("prlimit", "--pid", "" + writing.pid(), "--fsize=unlimited:unlimited"))
                    .isTrue();
            assertThat(writing.hear("written")).isTrue();
            writing.order("end");
            assertThat(writing.hear("closed")).isTrue();
            assertThatWhatIsMissingIsCounted(writing);
        }
    }

    private void assertThatWhatIsMissingIsCounted(Writing writing) throws Exception {
        List<Long> unwritten = writing.numbers("unwritten");
        long last = unwritten.get(unwritten.size() - 1);
        assertThat(writing.lines().stream().filter(line -> line.contains(BEGAN)))
                .hasSize(1);
        assertThat(writing.lines().stream().filter(line -> line.contains(ENDED)))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("; " + last + " observations were not kept"));
        try (SqliteSpool spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC())) {
            List<StoredBatch> batches = spool.after(0, 100_000);
            assertThat(batches).extracting(StoredBatch::sequence).containsAll(writing.numbers("written"));
            assertThat(spool.counts().unwritten()).isEqualTo(last);
            Batch newest =
                    BatchCodec.parse(batches.get(batches.size() - 1).message().toArray());
            assertThat(newest.losses().unwritten()).isEqualTo(last);
        }
    }

    /** A disk of 3 MB in name spaces of the process's own, which many kernels give to anybody. */
    @Test
    void aFullDiskCostsWhatComesMeanwhileAndNothingElse() throws Exception {
        assumeTrue(
                runs("unshare", "-rm", "mount", "-t", "tmpfs", "none", folder.toString()),
                "needs a kernel that lets this user mount within name spaces of its own");
        String mount = "mount -t tmpfs -o size=3m none " + folder + " && exec \"$@\"";
        try (Writing writing = new Writing(folder, "unshare", "-rm", "sh", "-c", mount, "sh")) {
            assertThat(writing.hear("written")).isTrue();
            writing.order("fill");
            assertThat(writing.hear("filled 1")).isTrue();
            // Within its own file it may have room for what is new, at the cost of what is old; or it has none.
            for (int line = 0; line < 50; line++) {
                assertThat(writing.hear("")).isTrue();
            }
            writing.order("free");
            assertThat(writing.hear("written")).isTrue();
            writing.order("end");
            assertThat(writing.hear("closed")).isTrue();
            assertThat(writing.lines().stream().filter(line -> line.contains(BEGAN)))
                    .hasSameSizeAs(writing.lines().stream()
                            .filter(line -> line.contains(ENDED))
                            .toList());
            assertThat(writing.lines()).noneMatch(line -> line.contains("damaged"));
        }
    }

    /** As a memory card becomes that is worn out: an agent that starts on it measures, and counts what it cannot keep. */
    @Test
    void aReadOnlyDiskAtTheStartIsNoReasonToEnd() throws Exception {
        assumeTrue(
                runs("unshare", "-rm", "mount", "-t", "tmpfs", "none", folder.toString()),
                "needs a kernel that lets this user mount within name spaces of its own");
        String mount = "mount -t tmpfs none " + folder + " && mount -o remount,ro " + folder + " && exec \"$@\"";
        try (Writing writing = new Writing(folder, "unshare", "-rm", "sh", "-c", mount, "sh")) {
            assertThat(writing.hear("unwritten 1")).isTrue();
            assertThat(writing.hear("unwritten 2")).isTrue();
            writing.order("end");
            assertThat(writing.hear("closed")).isTrue();
            assertThat(writing.numbers("written")).isEmpty();
        }
    }

    @Test
    void aFileThatMayNotGrowGivesUpItsOldestAndTakesWhatIsNew() throws Exception {
        SpoolBounds bounds = new SpoolBounds(64 << 20, Duration.ofDays(1), 300);
        Random random = new Random(1);
        int batches = 600;
        try (SqliteSpool spool = SqliteSpool.open(folder, bounds, Clock.systemUTC())) {
            for (int i = 0; i < batches; i++) {
                byte[] content = new byte[4_200];
                random.nextBytes(content);
                spool.append("p" + i, Facts.observation(i), List.of(Evidence.x509(content)));
            }
        }
        try (SqliteSpool spool = SqliteSpool.open(folder, bounds, Clock.systemUTC())) {
            SpoolCounts counts = spool.counts();
            assertThat(counts.spooled()).isEqualTo(batches);
            assertThat(counts.dropped()).isPositive();
            assertThat(counts.unwritten()).isZero();
            assertThat(spool.newestPending()).isEqualTo(batches);
        }
        assertThat(Files.size(folder.resolve("spool.db"))).isLessThanOrEqualTo(bounds.maxPages() * 4096);
    }

    private static boolean runs(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
