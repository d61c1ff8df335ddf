package dev.plumbline.deploy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.plumbline.v1.Batch;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Evidence;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EveryFieldTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void aBatchWithSomethingInEveryFieldIsTakenAsItIs() throws Exception {
        Batch whole = whole();
        Batch again = BatchCodec.encode(BatchCodec.decode(whole));
        assertThat(EveryField.texts(again)).isEqualTo(EveryField.texts(whole)).isGreaterThan(60);
        assertThat(again.getSummaries(0)
                        .getEnvironment()
                        .getSurroundings()
                        .getProxySettings(0)
                        .getValue())
                .isEqualTo("text");
    }

    @Test
    void eachTextIsReplacedOnceAndAlone() {
        Batch whole = whole();
        Set<Message> changed = new HashSet<>();
        for (int at = 0; at < EveryField.texts(whole); at++) {
            Message one = EveryField.replaced(whole, at, "ANOTHER");
            assertThat(one.toString().split("ANOTHER", -1)).hasSize(2);
            changed.add(one);
        }
        assertThat(changed).hasSize(EveryField.texts(whole));
    }

    private static Batch whole() {
        return new EveryField(AT, AT.toEpochMilli())
                .fill(Batch.newBuilder()
                        .setIncarnation(Fields.uuid(new UUID(1, 2)))
                        .addEvidence(BatchCodec.encode(Evidence.body(new byte[] {1}))))
                .build();
    }
}
