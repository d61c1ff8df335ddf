package dev.plumbline.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches as somebody may send them who is no agent of ours. */
final class WireFuzzTest {
    @Test
    void batches() {
        List<byte[]> samples = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            samples.add(BatchCodec.encode(new RandomWords(seed).batch()).toByteArray());
        }
        Fuzz.refusing("batches", samples, BatchCodec::parse, InvalidProtocolBufferException.class, WireException.class);
    }
}
