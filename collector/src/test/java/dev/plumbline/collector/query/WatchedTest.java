package dev.plumbline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.WatchResponse;
import dev.plumbline.v1.Witness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchedTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private static Cell cell(String state, String because, long round) {
        return Cell.newBuilder()
                .setSegment("wifi")
                .setTargetId("courier:5223")
                .setState(state)
                .setBecause(because)
                .setRound(round)
                .build();
    }

    private static Optional<WatchResponse> cells(Cell before, Cell after) {
        return new Watched(List.of(after), List.of()).since(new Watched(List.of(before), List.of()), AT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # state, because before | after                    | told
            OK       | in 20 ms     | OK      | in 21 ms       | false
            OK       | in 20 ms     | BLOCKED | no answer      | true
            BLOCKED  | no answer    | BLOCKED | no answer      | false
            BLOCKED  | no answer    | BLOCKED | reset          | true
            # numbers differ from round to round
            BLOCKED  | no SYN-ACK in 4.0 s | BLOCKED | no SYN-ACK in 4.1 s | false
            """)
    void aCellIsToldAgainWhenItIsOtherwise(String state, String because, String then, String reason, boolean told) {
        assertThat(cells(cell(state, because, 1), cell(then, reason, 2)).isPresent())
                .isEqualTo(told);
    }

    @Test
    void aCellThatIsGoneMakesAllNew() {
        Cell one = cell("OK", "", 1);
        Cell other = one.toBuilder().setTargetId("courier:443").build();
        WatchResponse news = new Watched(List.of(one), List.of())
                .since(new Watched(List.of(one, other), List.of()), AT)
                .orElseThrow();
        assertThat(news.getWhole()).isTrue();
        assertThat(news.getCellsList()).containsExactly(one);
    }

    @Test
    void findingsAreToldWhenTheyOpenChangeOrClose() {
        Finding finding = Finding.newBuilder()
                .setId("i1")
                .setScope("tcp/5223")
                .setSentence("dropped, as 2 agents saw")
                .build();
        Finding wider = finding.toBuilder().setScope("all").build();
        Finding seenAgain = finding.toBuilder()
                .setRound(7)
                .setSentence("dropped, as 3 agents saw")
                .addWitnesses(Witness.newBuilder().setAgent("b"))
                .build();
        Watched none = new Watched(List.of(), List.of());
        Watched open = new Watched(List.of(), List.of(finding));
        assertThat(open.since(none, AT).orElseThrow().getFindingsList()).containsExactly(finding);
        assertThat(new Watched(List.of(), List.of(seenAgain)).since(open, AT)).isEmpty();
        assertThat(new Watched(List.of(), List.of(wider))
                        .since(open, AT)
                        .orElseThrow()
                        .getFindingsList())
                .containsExactly(wider);
        assertThat(none.since(open, AT).orElseThrow().getClosedFindingIdsList()).containsExactly("i1");
    }
}
