package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.words.SegmentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many agents could be connected. Read now and then: agents that connect read the same file. */
final class EnrolmentMetrics implements MetricSource {
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final EnrolmentFile file;
    private final Supplier<Site> site;
    private final Clock clock;
    private volatile @Nullable Read latest;

    private record Read(long atNanos, Map<SegmentId, Long> expected) {}

    EnrolmentMetrics(EnrolmentFile file, Supplier<Site> site, Clock clock) {
        this.file = file;
        this.site = site;
        this.clock = clock;
    }

    @Override
    public void tell(Families families) {
        Map<SegmentId, Long> expected = expected();
        for (Segment segment : site.get().segments()) {
            families.gauge(
                    "plumbline_agents_expected",
                    "Agents of the segment that are not revoked and whose latest certificate has not ended.",
                    expected.getOrDefault(segment.id(), 0L),
                    "segment",
                    segment.id().value());
        }
    }

    private Map<SegmentId, Long> expected() {
        long now = System.nanoTime();
        Read before = latest;
        if (before == null || now - before.atNanos() > FRESH.toNanos()) {
            before = new Read(now, read());
            latest = before;
        }
        return before.expected();
    }

    private Map<SegmentId, Long> read() {
        Instant now = clock.instant();
        return file.read(EnrolmentRecords::agents).stream()
                .filter(agent -> agent.revoked().isEmpty())
                .filter(agent -> agent.certificateEnds().filter(now::isBefore).isPresent())
                .map(agent -> agent.identity().segment())
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(segment -> segment, Collectors.counting()));
    }
}
