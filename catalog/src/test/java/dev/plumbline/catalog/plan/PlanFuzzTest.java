package dev.plumbline.catalog.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans of a collector that is wrong or newer, sealed all the same: the seal says who wrote it, not that it is right. */
final class PlanFuzzTest {
    private static byte[] plan(int from, int to) {
        List<Target> targets = Catalog.builtIn().targets().subList(from, to);
        return PlanCodec.encode(
                        PlanCodec.seal(Plan.of("campus", new SegmentId("wifi"), targets, Plan.Settings.DEFAULT)))
                .toByteArray();
    }

    @Test
    void plans() {
        Fuzz.refusing(
                "plans",
                List.of(plan(0, 3), plan(20, 40), plan(100, 101)),
                bytes -> {
                    Plan read = PlanCodec.decode(sealed(dev.plumbline.v1.Plan.parseFrom(bytes)));
                    if (read.unread().isEmpty()) {
                        Plan plain = PlanCodec.seal(read);
                        assertThat(PlanCodec.decode(PlanCodec.encode(plain))).isEqualTo(plain);
                    }
                },
                InvalidProtocolBufferException.class,
                WireException.class);
    }

    private static dev.plumbline.v1.Plan sealed(dev.plumbline.v1.Plan message) {
        dev.plumbline.v1.Plan content = message.toBuilder().clearHash().build();
        return content.toBuilder()
                .setHash(Sha256.of(content.toByteArray()).hex())
                .build();
    }
}
