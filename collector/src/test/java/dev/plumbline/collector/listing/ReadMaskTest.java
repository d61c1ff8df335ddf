package dev.plumbline.collector.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.v1.Finding;
import dev.plumbline.v1.Witness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadMaskTest {
    private static final Finding FINDING = Finding.newBuilder()
            .setId("i1")
            .setPlace("guest")
            .addTargetIds("courier:5223")
            .addWitnesses(Witness.newBuilder().setSegment("guest").setSaw("nothing"))
            .build();

    private static Finding masked(String... paths) throws FieldViolation {
        return ReadMask.of(List.of(paths), Finding.getDescriptor()).of(FINDING);
    }

    @Test
    void nothingAndAStarAreEverything() throws Exception {
        assertThat(masked()).isEqualTo(FINDING);
        assertThat(masked("*")).isEqualTo(FINDING);
    }

    @Test
    void whatIsNamedIsToldAndNothingElse() throws Exception {
        assertThat(masked("id", "target_ids"))
                .isEqualTo(Finding.newBuilder()
                        .setId("i1")
                        .addTargetIds("courier:5223")
                        .build());
    }

    @Test
    void pathsGoIntoEachOfSeveral() throws Exception {
        assertThat(masked("witnesses.saw"))
                .isEqualTo(Finding.newBuilder()
                        .addWitnesses(Witness.newBuilder().setSaw("nothing"))
                        .build());
        assertThat(masked("witnesses.saw", "witnesses").getWitnesses(0)).isEqualTo(FINDING.getWitnesses(0));
    }

    @ParameterizedTest
    @CsvSource({
        "placement,     read_mask: 'placement' is no field of a Finding; it has id",
        "place.name,    read_mask: 'place.name' is no field of a Finding",
        "witnesses.who, read_mask: 'who' is no field of a Witness; it has segment",
        "'',            read_mask: '' is no field of a Finding"
    })
    void whatIsNoFieldIsRefusedWithThoseThatThereAre(String path, String said) {
        assertThatThrownBy(() -> masked(path))
                .isInstanceOf(FieldViolation.class)
                .hasMessageStartingWith(said);
    }
}
