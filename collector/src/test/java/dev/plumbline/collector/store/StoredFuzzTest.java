package dev.plumbline.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.Samples;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Recent;
import dev.plumbline.collector.finding.State;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Verdicts as they lie in the store's file, when a disk or a stranger's hand changed them. */
final class StoredFuzzTest {
    @Test
    void cells() {
        byte[] right = VerdictMessages.message(Samples.cell(Samples.WIFI, Samples.COURIER, State.BLOCKED, 7_000)
                        .with(new Recent(
                                List.of(new Recent.Look(6_000, false), new Recent.Look(7_000, true)),
                                true,
                                OptionalLong.of(7_000))))
                .toByteArray();
        Fuzz.refusing(
                "stored cells",
                List.of(right),
                bytes -> {
                    Cell read = VerdictMessages.cell(ExplainTargetResponse.parseFrom(bytes));
                    assertThat(VerdictMessages.cell(VerdictMessages.message(read)))
                            .isEqualTo(read);
                },
                InvalidProtocolBufferException.class,
                IllegalArgumentException.class);
    }

    @Test
    void incidents() {
        Incident incident = new Incident(
                "17",
                Samples.drop(Samples.WIFI),
                Samples.T0,
                Optional.of(Samples.T0.plusSeconds(60)),
                7_000,
                1,
                Optional.of(Samples.T0.plusSeconds(30)),
                true,
                new History(List.of(new Change(Change.Kind.REOPENED, 7_000, Samples.T0, "tcp/5223")), 3));
        Fuzz.refusing(
                "stored findings",
                List.of(VerdictMessages.message(incident).toByteArray()),
                bytes -> {
                    Incident read = VerdictMessages.incident(Finding.parseFrom(bytes));
                    assertThat(VerdictMessages.incident(VerdictMessages.message(read)))
                            .isEqualTo(read);
                },
                InvalidProtocolBufferException.class,
                IllegalArgumentException.class);
    }
}
