package dev.plumbline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Batch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches as somebody may send them who is no agent of ours: what is taken comes back as it is. */
final class WireFuzzTest {
    @Test
    void batches() {
        List<byte[]> samples = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            samples.add(BatchCodec.encode(new RandomWords(seed).batch()).toByteArray());
        }
        Fuzz.refusing(
                "batches",
                samples,
                bytes -> {
                    Batch read = BatchCodec.parse(bytes);
                    assertThat(BatchCodec.parse(BatchCodec.encode(read).toByteArray()))
                            .isEqualTo(read);
                },
                InvalidProtocolBufferException.class,
                WireException.class);
    }
}
