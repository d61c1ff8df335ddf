package dev.plumbline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PoolCoverageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATELY = NOW.minus(Duration.ofHours(23));
    private static final Instant YESTERDAY = NOW.minus(Duration.ofHours(25));
    private static final Target COURIER =
            Catalog.builtIn().target(new TargetId("courier:5223")).orElseThrow();

    @Test
    void onlyWhatWasProvedWithinTheWindowCounts() {
        PoolCoverage coverage = PoolCoverage.of(
                COURIER,
                List.of(
                        sight("10-courier.push.apple.com", false, LATELY, LATELY, LATELY),
                        sight("2-courier.push.apple.com", false, LATELY, LATELY, LATELY),
                        sight("3-courier.push.apple.com", false, LATELY, LATELY, YESTERDAY),
                        sight("4-courier.push.apple.com", false, LATELY, null, null),
                        sight("17.57.144.10", true, LATELY, LATELY, LATELY),
                        sight("17.57.144.11", true, LATELY, LATELY, YESTERDAY),
                        sight("17.57.144.12", true, LATELY, null, null),
                        sight("17.57.144.13", true, YESTERDAY, YESTERDAY, YESTERDAY)),
                NOW);
        assertThat(coverage.names()).hasSize(50);
        assertThat(coverage.namesProved()).containsExactly("2-courier.push.apple.com", "10-courier.push.apple.com");
        assertThat(coverage.addresses()).containsExactly("17.57.144.10", "17.57.144.11", "17.57.144.12");
        assertThat(coverage.addressesConnected()).containsExactly("17.57.144.10", "17.57.144.11");
        assertThat(coverage.addressesProved()).containsExactly("17.57.144.10");
        assertThat(coverage.message().getNames()).isEqualTo(50);
        assertThat(coverage.message().getWindowSeconds()).isEqualTo(86_400);
    }

    private static PoolSight sight(
            String member,
            boolean address,
            Instant seen,
            @org.jspecify.annotations.Nullable Instant connected,
            @org.jspecify.annotations.Nullable Instant proved) {
        return new PoolSight(
                new SegmentId("wifi"),
                COURIER.id(),
                member,
                address,
                seen,
                Optional.ofNullable(connected),
                Optional.ofNullable(proved));
    }
}
