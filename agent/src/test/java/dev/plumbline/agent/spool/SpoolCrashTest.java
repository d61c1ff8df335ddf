package dev.plumbline.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Batch;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed with SIGKILL while it writes, again and again, over one spool. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SpoolCrashTest {
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    @Test
    void aBatchIsInTheSpoolExactlyWhenItWasSaidToBe() throws Exception {
        Random random = new Random(7);
        Set<Long> said = new HashSet<>();
        int unsaid = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Writing writing = new Writing(folder)) {
                // Every fifth is killed before it has said anything.
                for (int batches = kill % 5 == 4 ? 0 : random.nextInt(40); batches > 0; batches--) {
                    assertThat(writing.hear("written")).isTrue();
                }
                writing.kill();
                said.addAll(writing.numbers("written"));
            }
            try (SqliteSpool spool = SqliteSpool.open(folder, SpoolBounds.STANDARD, Clock.systemUTC())) {
                Set<Long> there = new HashSet<>();
                for (StoredBatch stored : spool.after(0, 100_000)) {
                    Batch batch = BatchCodec.parse(stored.message().toArray());
                    assertThat(batch.sequence()).isEqualTo(stored.sequence());
                    assertThat(batch.incarnation()).isEqualTo(spool.incarnation());
                    assertThat(batch.observations()).hasSize(1);
                    there.add(stored.sequence());
                }
                int kept = there.size();
                assertThat(there).containsAll(said);
                // At most one was written and could not be said any more.
                there.removeAll(said);
                assertThat(there.size() - unsaid).isBetween(0, 1);
                unsaid = there.size();
                SpoolCounts counts = spool.counts();
                assertThat(counts.pending()).isEqualTo(kept).isEqualTo(counts.spooled());
                assertThat(List.of(counts.lost(), counts.damagedFiles(), counts.unwritten()))
                        .containsOnly(0L);
            }
        }
        assertThat(said).hasSizeGreaterThan(KILLS);
    }
}
