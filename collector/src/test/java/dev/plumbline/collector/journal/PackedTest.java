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
        assertThat(Packed.readings(Packed.pack(alike)).get(0)).isEqualTo(alike);
        assertThat(Packed.readings(Packed.pack(drawn)).get(0)).isEqualTo(drawn);
        assertThat(Packed.pack(drawn)).hasSizeLessThanOrEqualTo(length);
        assertThat(Packed.pack(alike).length).isLessThanOrEqualTo(Math.max(length / 5, 25));
    }

    @Test
    void whatBeginsLikeAPackedOneIsPacked() {
        byte[] plain = {0x78, 1, 2};
        assertThat(Packed.pack(plain)).hasSizeGreaterThan(3);
        assertThat(Packed.readings(Packed.pack(plain)).get(0)).isEqualTo(plain);
    }

    @Test
    void whatARowClaimsIsNotBelieved() {
        byte[] zeros = Packed.pack(new byte[40 << 20]);
        assertThat(Packed.readings(zeros))
                .as("unpacked it would be larger than any batch")
                .containsExactly(zeros);
        assertThat(Packed.readings(new byte[40 << 20])).isEmpty();
    }

    @Test
    void whatIsNotAsItWasWrittenIsNoBatch() {
        byte[] packed = Packed.pack("a batch ".repeat(100).getBytes(StandardCharsets.US_ASCII));
        byte[] cut = java.util.Arrays.copyOf(packed, packed.length - 5);
        assertThat(Packed.readings(cut))
                .as("at most what a program before this one wrote")
                .containsExactly(cut);
        packed[packed.length / 2] ^= 1;
        assertThat(Packed.readings(packed)).containsExactly(packed);
    }
}
