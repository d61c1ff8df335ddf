package dev.plumbline.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches on the disk. */
final class PackedTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 25, 4_000, 1_000_000})
    void whatIsUnpackedIsWhatWasPacked(int length) {
        byte[] alike =
                "17.57.144.4 ".repeat(length / 12 + 1).substring(0, length).getBytes(StandardCharsets.US_ASCII);
        byte[] drawn = new byte[length];
        new Random(length).nextBytes(drawn);
        assertThat(Packed.unpack(Packed.pack(alike))).hasValue(alike);
        assertThat(Packed.unpack(Packed.pack(drawn))).hasValue(drawn);
        assertThat(Packed.pack(drawn)).hasSizeLessThanOrEqualTo(length);
        assertThat(Packed.pack(alike).length).isLessThanOrEqualTo(Math.max(length / 5, 25));
    }

    @Test
    void whatBeginsLikeAPackedOneIsPacked() {
        byte[] plain = {0x78, 1, 2};
        assertThat(Packed.pack(plain)).hasSizeGreaterThan(3);
        assertThat(Packed.unpack(Packed.pack(plain))).hasValue(plain);
    }

    @Test
    void whatIsNotAsItWasWrittenIsNoBatch() {
        byte[] packed = Packed.pack("a batch ".repeat(100).getBytes(StandardCharsets.US_ASCII));
        byte[] cut = java.util.Arrays.copyOf(packed, packed.length - 5);
        assertThat(Packed.unpack(cut)).isEmpty();
        packed[packed.length / 2] ^= 1;
        assertThat(Packed.unpack(packed)).isEmpty();
    }
}
