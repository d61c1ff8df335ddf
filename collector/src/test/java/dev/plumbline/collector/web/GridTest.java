package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.State;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which cell has which mark. */
final class GridTest {
    private static Cell cell(String segment, String target, String service, String state) {
        boolean isRequired = !state.endsWith("-");
        boolean isSoft = state.endsWith("~");
        return Cell.newBuilder()
                .setSegment(segment)
                .setTargetId(target)
                .setService(service)
                .setState(state.replaceAll("[-~]", ""))
                .setRequired(isRequired)
                .setSoft(isSoft)
                .setBecause("because of " + target)
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # targets; ~ not confirmed, - not required | sign | colour        | share | said for whoever does not see it
            OK OK OK                                   | ✓    | ok            | 3     | ' works'
            OK BLOCKED OK                              | ✕    | bad           | 1/3   | ' blocked of 3'
            BLOCKED INTERCEPTED                        | I    | bad           | 1/2   | ' intercepted of 2'
            OK BLOCKED~                                | ✕    | bad soft      | 1/2   | ' blocked of 2, not confirmed'
            OK BLOCKED~ BLOCKED                        | ✕    | bad           | 2/3   | ' blocked of 3'
            OK INSUFFICIENT                            | ?    | unknown       | 1/2   | ' not known of 2'
            OK NOT_YET_RUN                             | …    | unrun         | 1/2   | ' not yet run of 2'
            INSUFFICIENT NOT_YET_RUN                   | ?    | unknown       | 1/2   | ' not known of 2'
            OK DOWN                                    | ▼    | down          | 1/2   | ' down of 2'
            OK WAIVED                                  | W    | off           | 1/2   | ' waived of 2'
            OK BLOCKED-                                | ✓    | ok            | 1     | ' works'
            BLOCKED- BLOCKED-                          | ✕    | bad faint     | 2     | ' blocked, not required'
            OK LATER_WORD                              | ?    | unknown       | 1/2   | ' not known of 2'
            """)
    void theWorstOfWhatIsRequiredIsShown(String states, String sign, String css, String share, String words) {
        String[] each = states.split(" ", -1);
        Grid.Box box = Grid.box(IntStream.range(0, each.length)
                .mapToObj(i -> cell("wifi", "t" + i, "apns", each[i]))
                .toList());
        assertThat(box.mark().sign()).isEqualTo(sign);
        assertThat(box.css()).isEqualTo(css);
        assertThat(box.share()).isEqualTo(share);
        assertThat(box.words()).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void everyStateHasItsMark(State state) {
        assertThat(Mark.of(state.name()).name()).isEqualTo(state.name());
    }

    @Test
    void noTwoMarksOfOneColourHaveOneSignAndWorkingUnknownAndNotMeasuredAreOfDifferentColours() {
        Set<String> signs = new HashSet<>();
        assertThat(Arrays.stream(Mark.values()).map(Mark::sign)).allMatch(signs::add);
        assertThat(List.of(Mark.OK.css(), Mark.INSUFFICIENT.css(), Mark.NOT_YET_RUN.css(), Mark.BLOCKED.css()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aServiceThatIsAskedOfOneSegmentAloneIsEmptyInTheOthers() {
        Grid grid = Grid.byService(
                List.of(segment("wifi"), segment("srv")),
                List.of(cell("wifi", "courier:5223", "apns", "OK"), cell("srv", "api:443", "", "OK")));
        assertThat(grid.columns()).containsExactly("apns", "other");
        assertThat(grid.blocks()).hasSize(1);
        List<Grid.Row> rows = grid.blocks().get(0);
        assertThat(rows).extracting(Grid.Row::segment).containsExactly("wifi", "srv");
        assertThat(rows.get(0).boxes()).extracting(Grid.Box::isEmpty).containsExactly(false, true);
        assertThat(rows.get(1).boxes()).extracting(Grid.Box::isEmpty).containsExactly(true, false);
        assertThat(rows.get(0).answer()).hasValue(Answer.BROKEN);
        assertThat(grid.path(rows.get(0), 0, "")).isEqualTo("/segments/wifi?service=apns");
        assertThat(Grid.byTarget(List.of(segment("wifi")), List.of(cell("wifi", "courier:5223", "apns", "OK")), "apns")
                        .path(rows.get(0), 0, "2026-11-01T10:00:00Z"))
                .isEqualTo("/segments/wifi/targets/courier:5223?at=2026-11-01T10:00:00Z");
    }

    @Test
    void manySegmentsComeInBlocks() {
        Grid grid = Grid.byService(
                IntStream.range(0, 60).mapToObj(i -> segment("s" + i)).toList(), List.of());
        assertThat(grid.blocks()).extracting(List::size).containsExactly(25, 25, 10);
    }

    private static Segment segment(String id) {
        return Segment.newBuilder()
                .setId(id)
                .addRequirements(Requirement.newBuilder().setId("a").setVerdict("MET"))
                .addRequirements(Requirement.newBuilder().setId("b").setVerdict("BROKEN"))
                .build();
    }
}
