package dev.plumbline.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches as a disk gives them back: whatever lies there is read in bounded memory, and what was packed is among the readings. */
final class PackedFuzzTest {
    @Test
    void rows() {
        byte[] much = new byte[100_000];
        Fuzz.total("packed batches", List.of(Packed.pack(much), Packed.pack(new byte[] {0x78, 1, 2}), much), all -> {
            // What unpacks to a thousand times as much stays below what is unpacked at all.
            byte[] bytes = Arrays.copyOf(all, Math.min(all.length, 16 << 10));
            assertThat(Packed.readings(bytes)).hasSizeLessThanOrEqualTo(2);
            assertThat(Packed.readings(Packed.pack(bytes))).contains(bytes);
        });
    }
}
