package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.query.Facts.Latency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Latencies as curves. */
final class CurvesTest {
    private static Latency latency(String agent, long second, long micros) {
        return new Latency(agent, "courier:5223", Instant.ofEpochSecond(second), micros);
    }

    @Test
    void eachHasTheMedianOfItsRoundAndAGapWhereNothingWasMeasured() {
        Curves curves = Curves.byName(
                List.of(
                        latency("a", 300, 9_000),
                        latency("a", 300, 30_000),
                        latency("a", 300, 12_340),
                        latency("b", 600, 5_000)),
                Latency::agent);
        assertThat(curves.seconds()).containsExactly(300L, 600L);
        assertThat(curves.curves()).extracting(Curves.Curve::name).containsExactly("a", "b");
        assertThat(curves.curves().get(0).millis()).containsExactly(OptionalDouble.of(12.3), OptionalDouble.empty());
        assertThat(curves.curves().get(1).millis()).containsExactly(OptionalDouble.empty(), OptionalDouble.of(5.0));
    }

    @Test
    void aDayOfShortRoundsIsNoMoreThanAScreenTells() {
        List<Latency> day = new ArrayList<>();
        for (int i = 0; i < 8_640; i++) {
            day.add(latency("a", i * 10L, 9_000));
        }
        assertThat(Curves.byName(day, Latency::agent).seconds())
                .hasSizeLessThanOrEqualTo(481)
                .hasSizeGreaterThan(400);
    }

    @Test
    void ofManyThoseWithTheMostPointsAreDrawn() {
        List<Latency> all = new ArrayList<>();
        IntStream.range(0, 30)
                .forEach(i -> IntStream.rangeClosed(0, i).forEach(n -> all.add(latency("s" + i, n, 1_000))));
        assertThat(Curves.byName(all, Latency::agent).curves())
                .extracting(Curves.Curve::name)
                .hasSize(10)
                .contains("s29", "s20")
                .doesNotContain("s19");
    }

    @Test
    void nothingIsNoCurve() {
        assertThat(Curves.byName(List.of(), Latency::agent).curves()).isEmpty();
    }
}
