package dev.plumbline.collector.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of points, also of more of them than there are bits in a word, and of different sizes. */
final class PointsTest {
    private static Points of(String numbers) {
        int[] all = numbers.isBlank()
                ? new int[0]
                : Arrays.stream(numbers.strip().split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray();
        Points points = new Points(IntStream.of(all).max().orElse(-1) + 1);
        IntStream.of(all).forEach(points::add);
        return points;
    }

    private static String text(Points points) {
        StringJoiner text = new StringJoiner(" ");
        for (int point = points.next(0); point >= 0; point = points.next(point + 1)) {
            text.add(Integer.toString(point));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # one     | other        | both   | either            | one without other | one holds other
            ''        | ''           | ''     | ''                | ''                | true
            ''        | 0            | ''     | 0                 | ''                | false
            0         | ''           | ''     | 0                 | 0                 | true
            0 1       | 1            | 1      | 0 1               | 0                 | true
            1         | 0 1          | 1      | 0 1               | ''                | false
            63        | 64           | ''     | 63 64             | 63                | false
            63 64     | 64           | 64     | 63 64             | 63                | true
            0 64 128  | 128          | 128    | 0 64 128          | 0 64              | true
            0 64      | 0 64 128     | 0 64   | 0 64 128          | ''                | false
            5 70 127  | 5 71 127     | 5 127  | 5 70 71 127       | 70                | false
            1 2 3     | 1 2 200      | 1 2    | 1 2 3 200         | 3                 | false
            1 2 200   | 1 2          | 1 2    | 1 2 200           | 200               | true
            """)
    void twoOfThemAreHeldAgainstEachOther(
            String one, String other, String both, String either, String without, boolean holds) {
        Points mine = of(one);
        Points theirs = of(other);
        assertThat(text(mine)).isEqualTo(one);
        assertThat(text(mine.and(theirs))).isEqualTo(both);
        assertThat(text(theirs.and(mine))).isEqualTo(both);
        assertThat(text(mine.with(theirs))).isEqualTo(either);
        assertThat(text(mine.without(theirs))).isEqualTo(without);
        assertThat(mine.holds(theirs)).isEqualTo(holds);
        assertThat(mine.meets(theirs)).isEqualTo(!both.isEmpty());
        assertThat(mine.countIn(theirs)).isEqualTo(of(both).count());
        assertThat(mine.isEmpty()).isEqualTo(one.isEmpty());
        // What was asked is as it was.
        assertThat(mine).isEqualTo(of(one)).hasSameHashCodeAs(of(one));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 1", "0, 64, 64", "0, 65, 65", "60, 70, 10", "64, 64, 0", "63, 129, 66"})
    void aRangeHasAllFromItsFirstToBeforeItsLast(int from, int to, int count) {
        Points range = Points.between(from, to);
        assertThat(range.count()).isEqualTo(count);
        assertThat(range.room()).isGreaterThanOrEqualTo(to).isLessThan(to + 64);
        assertThat(IntStream.range(0, 200).filter(range::has).toArray())
                .isEqualTo(IntStream.range(from, to).toArray());
        assertThat(range.next(to)).isNegative();
    }

    @Test
    void anotherOneIsAnotherOne() {
        assertThat(of("1 64")).isNotEqualTo(of("1 65")).isNotEqualTo(of("1"));
        assertThat(of("3").hashCode()).isNotEqualTo(of("4").hashCode());
    }
}
