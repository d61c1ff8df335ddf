package dev.plumbline.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Evidence;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeenEvidenceTest {
    private final SeenEvidence seen = new SeenEvidence();

    private static List<Evidence> pieces(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(i -> Evidence.body(ByteBuffer.allocate(size).putInt(i).array()))
                .toList();
    }

    @Test
    void eachPieceIsPassedOnOnceInARound() {
        assertThat(seen.fresh(pieces(3, 100))).hasSize(3);
        assertThat(seen.fresh(pieces(4, 100))).hasSize(1);
    }

    @Test
    void ofManyPiecesAsManyAsAnObservationMayBringAndTheRestWithALaterOne() {
        List<Evidence> many = pieces(300, 100);
        assertThat(seen.fresh(many)).isEqualTo(many.subList(0, SeenEvidence.MOST_PIECES));
        assertThat(seen.fresh(many)).isEqualTo(many.subList(SeenEvidence.MOST_PIECES, 300));
    }

    @Test
    void aPieceThatNoCollectorTakesIsLeftOutAndTheOthersAreNot() {
        Evidence huge = Evidence.body(new byte[SeenEvidence.MOST_PIECE + 1]);
        Evidence small = Evidence.body(new byte[10]);
        assertThat(seen.fresh(List.of(huge, small))).containsExactly(small);
        assertThat(seen.body(huge.hash())).isEmpty();
    }

    @Test
    void theBytesOfOneObservationAreBounded() {
        assertThat(seen.fresh(pieces(40, SeenEvidence.MOST_PIECE))).hasSize(16);
    }
}
